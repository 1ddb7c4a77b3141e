"""What the catalogue, and what is kept beside it, ask of a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

Values = Mapping[str, Any]
"""By the names of a statement's parameters; a list is given as a list."""


Kind = Literal["conversations", "remarks", "ledger", "accounts", "runs"]
"""What is kept beside the catalogue: what readers asked and were told, what they think of it, what
became of each file, who may do what, and runs of the evals."""


class Connection(Protocol):
    """Runs statements, named as in ``statements.py``."""

    def rows(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        """All that a statement selects."""
        ...

    def every(self, statement: str) -> Sequence[Values]:
        """All that a statement without parameters selects, by the names of the columns."""
        ...

    def run(self, statement: str, values: Values) -> None: ...

    def add(self, statement: str, rows: Sequence[Values]) -> list[int]:
        """Insert rows; returns their ids in their order, none where a table has no ids."""
        ...


class Tables(Protocol):
    """Tables in a database; safe to use from several threads.

    What the disk, the server or damage does to them is a ``StoreError``.
    """

    where: str
    """What a reader knows them by: a file, or a setting."""
    why_read_only: str
    """Why nothing can be written, in the system's words; empty where it can be."""

    def reading(self) -> AbstractContextManager[Connection]: ...

    def changing(self) -> AbstractContextManager[Connection]:
        """One transaction: all that is done within, or nothing of it."""
        ...

    def close(self) -> None: ...


class Backend(Tables, Protocol):
    """A database with the tables of the catalogue."""

    shared: Tables | None
    """As ``Catalogue.shared``."""

    def alone(self) -> AbstractContextManager[None]:
        """As ``Catalogue.alone``."""
        ...

    def ingesting(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        """As ``Catalogue.ingesting``."""
        ...

    def version(self) -> int:
        """As ``Catalogue.version``."""
        ...
