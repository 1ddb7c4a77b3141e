"""What became of every file that an ingest has seen, in SQLite beside the store."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

import numpy as np

from geungeo.ingest.sketch import Sketch
from geungeo.vectorstore import Database

_log = logging.getLogger(__name__)

WITHIN = "!/"
"""Between the path of a file and that of a file within it."""

Status = Literal["added", "updated", "unchanged", "removed", "failed", "skipped"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS seen_files (
    path TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    recognised INTEGER NOT NULL,
    empty INTEGER NOT NULL,
    loader TEXT NOT NULL,
    seconds REAL NOT NULL,
    twin TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS sketches (path TEXT PRIMARY KEY, sketch BLOB NOT NULL);
"""
_ADD_NOTES = "ALTER TABLE seen_files ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'"


@dataclass(frozen=True)
class LedgerEntry:
    """The last word on one file. ``size`` is in bytes, ``modified_ns`` as stat gives it.

    Of its ``pages``, ``recognised`` have their text from OCR and ``empty`` have none;
    ``loader`` names the library that read it, in so many ``seconds``, and ``twin`` is the path
    of a document with nearly the same text. ``notes`` say what of a file that was read was not:
    charts, hidden text, pages without text.
    """

    path: str
    status: Status
    reason: str = ""
    sha256: str = ""
    size: int = 0
    modified_ns: int = 0
    pages: int = 0
    chunks: int = 0
    characters: int = 0
    recognised: int = 0
    empty: int = 0
    loader: str = ""
    seconds: float = 0.0
    twin: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_indexed(self) -> bool:
        return self.status in ("added", "updated", "unchanged")


class Ledger:
    """A table of files; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        """Open a ledger, or make one; one of an older version gets what it lacks.

        Raises:
            StoreError: it cannot be opened. So does whatever reads or writes a file that is
                damaged, or a disk that is full.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = Database(
            file, _SCHEMA, f"Remove {file.name}* in {file.parent} and ingest the documents again"
        )
        self._columns = [field.name for field in fields(LedgerEntry)]
        with self._database.reading() as connection:
            is_old = "notes" not in _columns(connection)
        if is_old and self._database.why_read_only:
            self._columns.remove("notes")
        elif is_old:
            with self._database.changing() as connection:
                # Another process may be doing the same.
                connection.execute("BEGIN IMMEDIATE")
                if "notes" not in _columns(connection):
                    connection.execute(_ADD_NOTES)

    def close(self) -> None:
        self._database.close()

    def entries(self) -> dict[str, LedgerEntry]:
        """Every file that is still there, by path."""
        names = ", ".join(self._columns)
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {names} FROM seen_files ORDER BY path").fetchall()
        return {row[0]: _entry(dict(zip(self._columns, row, strict=True))) for row in rows}

    def left_out(self) -> list[LedgerEntry]:
        """The files that are not in the index."""
        return [entry for entry in self.entries().values() if not entry.is_indexed]

    def write(self, entry: LedgerEntry) -> None:
        row = {**asdict(entry), "notes": json.dumps(entry.notes, ensure_ascii=False)}
        marks = ", ".join(f":{name}" for name in row)
        with self._database.changing() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO seen_files ({', '.join(row)}) VALUES ({marks})", row
            )
        _log.info(
            "%s: %s, %d chunks, read in %.2f s%s", entry.path, entry.status, entry.chunks,
            entry.seconds, f": {entry.reason}" if entry.reason else "",
        )  # fmt: skip

    def forget(self, path: str) -> None:
        with self._database.changing() as connection:
            connection.execute("DELETE FROM seen_files WHERE path = ?", (path,))
            connection.execute("DELETE FROM sketches WHERE path = ?", (path,))
            connection.execute("UPDATE seen_files SET twin = '' WHERE twin = ?", (path,))
        _log.info("%s: forgotten", path)

    def move(self, path: str, new_path: str) -> None:
        """What is known of a file is known of it elsewhere."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM seen_files WHERE path = ?", (path,))
            for change in (
                "UPDATE seen_files SET twin = ? WHERE twin = ?",
                "UPDATE OR REPLACE sketches SET path = ? WHERE path = ?",
            ):
                connection.execute(change, (new_path, path))

    def sketches(self) -> dict[str, Sketch]:
        """The sketches of the documents' texts, by path."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT path, sketch FROM sketches").fetchall()
        return {path: np.frombuffer(sketch, np.uint64) for path, sketch in rows}

    def keep_sketch(self, path: str, sketch: Sketch) -> None:
        with self._database.changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?)", (path, sketch.tobytes())
            )


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {row[1] for row in connection.execute("PRAGMA table_info(seen_files)")}


def _entry(row: Mapping[str, Any]) -> LedgerEntry:
    return LedgerEntry(**{**row, "notes": tuple(json.loads(row.get("notes", "[]")))})
