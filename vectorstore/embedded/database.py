"""One SQLite file that several threads take in turns."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geungeo.vectorstore.embedded.connection import connect, family, why_not_writable
from geungeo.vectorstore.errors import StoreError, in_one_line

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_OF_THE_DISK = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
}  # fmt: skip


class Database:
    """One connection that several threads take in turns.

    What the disk or damage does to it is a ``StoreError``, whose message ends with ``remedy``
    where the file is damaged.
    """

    def __init__(self, file: Path | None, schema: str, remedy: str) -> None:
        """Open a database, or make it; its folder is there. Without a file it is one in memory,
        until it is closed.

        Raises:
            StoreError: it is damaged or cannot be opened.
        """
        self.file = file or Path(":memory:")
        self._remedy = remedy
        self._lock = threading.RLock()
        with self._told():
            self.why_read_only = why_not_writable(file.parent) if file else ""
            self._connection = connect(self.file, schema, self.why_read_only)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._told(), self._lock:
            yield self._connection

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that is done within, or nothing of it."""
        with self._told(), self._lock, self._connection:
            yield self._connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            kind = family(error)
            if kind in _DAMAGED:
                said = f"{self.file}: the file is damaged ({error}). {self._remedy}"
            elif kind in _OF_THE_DISK:
                said = f"{self.file}: {error}"
            else:
                raise
            raise StoreError(said) from error
        except OSError as error:
            raise StoreError(f"{self.file}: {in_one_line(error)}") from error
