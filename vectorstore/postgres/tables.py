"""Statements on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy

from geungeo.vectorstore.postgres.server import Server
from geungeo.vectorstore.sql.backend import Values
from geungeo.vectorstore.sql.statements import STATEMENTS

# PostgreSQL keeps no such character in a text; offsets stay.
_NUL, _IN_ITS_PLACE = "\0", "�"


class PostgresTables:
    """What is kept beside the catalogue; see ``Tables``."""

    def __init__(self, server: Server, why_read_only: str) -> None:
        """``server`` has the tables of this version, and is closed by whom it belongs to."""
        self._server = server
        self.where = server.where
        self.why_read_only = why_read_only

    def close(self) -> None:
        """Nothing is its own."""

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        with self._server.reading() as connection:
            yield PostgresConnection(connection)

    @contextmanager
    def changing(self) -> Iterator[PostgresConnection]:
        with self._server.changing() as connection:
            yield PostgresConnection(connection)


class OwnTables(PostgresTables):
    """Those of a server that is closed with them."""

    def close(self) -> None:
        self._server.close()


class PostgresConnection:
    """See ``Connection``."""

    def __init__(self, connection: sqlalchemy.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        return self._connection.execute(STATEMENTS[statement], _without_nul(values)).all()

    def every(self, statement: str) -> Sequence[Values]:
        return [dict(row) for row in self._connection.execute(STATEMENTS[statement]).mappings()]

    def run(self, statement: str, values: Values) -> None:
        self._connection.execute(STATEMENTS[statement], _without_nul(values))

    def add(self, statement: str, rows: Sequence[Values]) -> list[int]:
        if not rows:
            return []
        done = self._connection.execute(STATEMENTS[statement], list(map(_without_nul, rows)))
        return [int(key) for (key,) in done] if done.returns_rows else []


def _without_nul(values: Values) -> dict[str, Any]:
    return {name: _clean(value) for name, value in values.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(_NUL, _IN_ITS_PLACE)
    return [_clean(one) for one in value] if isinstance(value, list) else value
