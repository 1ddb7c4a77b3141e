"""What the catalogue asks of a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Values = Mapping[str, Any]
"""By the names of a statement's parameters; a list is given as a list."""


class Connection(Protocol):
    """Runs statements, named as in ``statements.py``."""

    def rows(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        """All that a statement selects."""
        ...

    def run(self, statement: str, values: Values) -> None: ...

    def add(self, statement: str, rows: Sequence[Values]) -> list[int]:
        """Insert rows; returns their ids in their order, none where a table has no ids."""
        ...


class Backend(Protocol):
    """A database with the tables of the catalogue; safe to use from several threads.

    What the disk, the server or damage does to it is a ``StoreError``.
    """

    where: str
    """What a reader knows it by: a file, or a setting."""
    why_read_only: str

    def reading(self) -> AbstractContextManager[Connection]: ...

    def changing(self) -> AbstractContextManager[Connection]:
        """One transaction: all that is done within, or nothing of it."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """As ``Catalogue.alone``."""
        ...

    def version(self) -> int:
        """As ``Catalogue.version``."""
        ...

    def close(self) -> None: ...
