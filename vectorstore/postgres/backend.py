"""The catalogue's statements on a PostgreSQL server."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy

from geungeo.vectorstore.postgres.server import Server
from geungeo.vectorstore.sql.backend import Values
from geungeo.vectorstore.sql.statements import STATEMENTS
from geungeo.vectorstore.sql.tables import IDENTITY

_WRITTEN = sqlalchemy.update(IDENTITY).values(writes=IDENTITY.c.writes + 1)
_WRITES = sqlalchemy.select(IDENTITY.c.writes)
# PostgreSQL keeps no such character in a text; offsets stay.
_NUL, _IN_ITS_PLACE = "\0", "�"


class PostgresBackend:
    """See ``Backend``."""

    def __init__(self, server: Server, why_read_only: str) -> None:
        """``server`` has the tables of this version; it is closed with the backend."""
        self._server = server
        self.where = server.where
        self.why_read_only = why_read_only
        # By thread: the connection that holds the lock.
        self._held = threading.local()

    def close(self) -> None:
        self._server.close()

    @contextmanager
    def reading(self) -> Iterator[PostgresConnection]:
        with self._server.reading() as connection:
            yield PostgresConnection(connection)

    @contextmanager
    def changing(self) -> Iterator[PostgresConnection]:
        held = getattr(self._held, "connection", None)
        with self._server.changing(held) as connection:
            connection.execute(_WRITTEN)
            yield PostgresConnection(connection)

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self.why_read_only:
            yield
            return
        with self._server.alone() as connection:
            self._held.connection = connection
            try:
                yield
            finally:
                del self._held.connection

    def version(self) -> int:
        with self._server.reading() as connection:
            return int(connection.scalar(_WRITES) or 0)


class PostgresConnection:
    """See ``Connection``."""

    def __init__(self, connection: sqlalchemy.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        return self._connection.execute(STATEMENTS[statement], _without_nul(values)).all()

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
