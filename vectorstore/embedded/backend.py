"""The catalogue's statements in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.tables import SqliteTables
from geungeo.vectorstore.sql.backend import Tables


class SqliteBackend(SqliteTables):
    """See ``Backend``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.shared: Tables | None = None
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(database.file.with_name("write.lock"))

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self.why_read_only:
            # So there are no writers.
            yield
            return
        with self._writing:
            yield

    def version(self) -> int:
        with self._database.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
