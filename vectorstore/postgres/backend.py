"""The catalogue's statements on a PostgreSQL server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import sqlalchemy

from geungeo.vectorstore.postgres.server import Server
from geungeo.vectorstore.postgres.tables import PostgresConnection, PostgresTables
from geungeo.vectorstore.sql.backend import Tables
from geungeo.vectorstore.sql.tables import IDENTITY

_WRITTEN = sqlalchemy.update(IDENTITY).values(writes=IDENTITY.c.writes + 1)
_WRITES = sqlalchemy.select(IDENTITY.c.writes)


class PostgresBackend(PostgresTables):
    """See ``Backend``."""

    def __init__(self, server: Server, why_read_only: str, shared: Tables) -> None:
        """``server`` has the tables of this version; it is closed with the backend. ``shared``
        uses it too."""
        super().__init__(server, why_read_only)
        self.shared: Tables | None = shared
        # By thread: the connection that holds the lock.
        self._held = threading.local()

    def close(self) -> None:
        self._server.close()

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

    def ingesting(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        return self._server.ingesting(waits)

    def version(self) -> int:
        with self._server.reading() as connection:
            return int(connection.scalar(_WRITES) or 0)
