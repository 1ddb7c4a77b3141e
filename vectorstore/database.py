"""SQLite files beside the index: shared by threads, and read where they cannot be written."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from geungeo.vectorstore.errors import StoreError, in_one_line

_PATIENCE = 30.0  # seconds
# What a reader of SQLite's needs beside a database, and an ingest of one small file.
_ROOM = 256 * 1024
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_OF_THE_DISK = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
}  # fmt: skip
_FAMILY = 0xFF


def why_not_writable(folder: Path) -> str:
    """Why nothing can be written in a folder, in the system's words; empty where it can be."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_ROOM))
            probe.flush()
    except OSError as error:
        return in_one_line(error)
    return ""


def connect(file: Path, schema: str, why_read_only: str = "") -> sqlite3.Connection:
    """A connection for several threads to a database that is made where there is none; where
    nothing can be written, to what there is.

    Raises ``sqlite3.Error``.
    """
    connection = _reading(file) if why_read_only else _connected(str(file))
    if not why_read_only or not file.exists():
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            with connection:
                connection.executescript(schema)
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def _connected(address: str) -> sqlite3.Connection:
    is_uri = address.startswith("file:")
    return sqlite3.connect(address, check_same_thread=False, timeout=_PATIENCE, uri=is_uri)


def _reading(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing beside a file."""
    if not file.exists():
        return _connected(":memory:")
    address = f"file:{quote(str(file.absolute()))}"
    connection = _connected(f"{address}?mode=ro")
    try:
        return _tried(connection)
    except sqlite3.OperationalError:
        # Nobody has it open, and the log's index cannot be made here.
        log = file.with_name(f"{file.name}-wal")
        if not log.exists() or not log.stat().st_size:
            return _tried(_connected(f"{address}?immutable=1"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        shutil.copyfile(log, copy.with_name(log.name))
        return _tried(_connected(str(copy)))


def _tried(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class Database:
    """One connection that several threads take in turns.

    What the disk or damage does to it is a ``StoreError``, whose message ends with ``remedy``
    where the file is damaged.
    """

    def __init__(self, file: Path, schema: str, remedy: str) -> None:
        """Open a database, or make it; its folder is there.

        Raises:
            StoreError: it is damaged or cannot be opened.
        """
        self.file = file
        self._remedy = remedy
        self._lock = threading.RLock()
        with self._told():
            self.why_read_only = why_not_writable(file.parent)
            self._connection = connect(file, schema, self.why_read_only)

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
            family = getattr(error, "sqlite_errorcode", 0) & _FAMILY
            if family in _DAMAGED:
                said = f"{self.file}: the file is damaged ({error}). {self._remedy}"
            elif family in _OF_THE_DISK:
                said = f"{self.file}: {error}"
            else:
                raise
            raise StoreError(said) from error
        except OSError as error:
            raise StoreError(f"{self.file}: {in_one_line(error)}") from error
