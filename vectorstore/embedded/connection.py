"""SQLite files that may lie where nothing can be written."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from geungeo.vectorstore.errors import in_one_line

_PATIENCE, _PAUSE = 30.0, 0.01  # seconds
# What a reader of SQLite's needs beside a database, and an ingest of one small file.
_ROOM = 256 * 1024


def why_not_writable(folder: Path) -> str:
    """Why nothing can be written in a folder, in the system's words; empty where it can be."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(_ROOM))
            probe.flush()
    except OSError as error:
        return in_one_line(error)
    return ""


def family(error: sqlite3.Error) -> int:
    """The kind of an error, whatever brought it about; 0 where SQLite gives none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def connect(file: Path, schema: str, why_read_only: str = "") -> sqlite3.Connection:
    """A connection for several threads to a database that is made where there is none; where
    nothing can be written, to what there is.

    Raises ``sqlite3.Error``.
    """
    connection = _reading(file) if why_read_only else _connected(str(file))
    if not why_read_only or not file.exists():
        try:
            _write_ahead(connection)
            with connection:
                connection.executescript(schema)
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Have changes written to a log first, so that nobody who reads waits for who writes. SQLite
    itself waits for nobody here: several that open a new file at once would fail."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if family(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


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
