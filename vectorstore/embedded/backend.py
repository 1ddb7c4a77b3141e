"""The catalogue's statements in one SQLite file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.tables import SqliteTables
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.sql.backend import Tables


class SqliteBackend(SqliteTables):
    """See ``Backend``."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.shared: Tables | None = None
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(database.file.with_name("write.lock"))
        self._folder = database.file.parent

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self.why_read_only:
            # So there are no writers.
            yield
            return
        with self._writing:
            yield

    @contextmanager
    def ingesting(self, waits: Callable[[], None]) -> Iterator[None]:
        # A lock of its own, which an ingest of another thread waits for too.
        lock = FileLock(self._folder / "ingest.lock")
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                waits()
                lock.acquire()
        except OSError as error:
            # A timeout is one of these, and caught before.
            said = in_one_line(error)
            raise StoreError(f"{self._folder}: nothing can be ingested: {said}") from error
        try:
            yield
        finally:
            lock.release()

    def version(self) -> int:
        with self._database.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
