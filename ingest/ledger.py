"""What became of every file that an ingest has seen, in SQLite beside the store."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from ingest.sketch import Sketch

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
    twin TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sketches (path TEXT PRIMARY KEY, sketch BLOB NOT NULL);
"""


@dataclass(frozen=True)
class LedgerEntry:
    """The last word on one file. ``size`` is in bytes, ``modified_ns`` as stat gives it.

    Of its ``pages``, ``recognised`` have their text from OCR and ``empty`` have none;
    ``loader`` names the library that read it, in so many ``seconds``, and ``twin`` is the path
    of a document with nearly the same text.
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

    @property
    def is_indexed(self) -> bool:
        return self.status in ("added", "updated", "unchanged")


class Ledger:
    """A table of files; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file, check_same_thread=False, timeout=30)
        self._lock = threading.Lock()
        with self._lock, self._connection:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        self._connection.close()

    def entries(self) -> dict[str, LedgerEntry]:
        """Every file that is still there, by path."""
        with self._lock:
            rows = self._connection.execute("SELECT * FROM seen_files ORDER BY path").fetchall()
        return {row[0]: LedgerEntry(*row) for row in rows}

    def left_out(self) -> list[LedgerEntry]:
        """The files that are not in the index."""
        return [entry for entry in self.entries().values() if not entry.is_indexed]

    def write(self, entry: LedgerEntry) -> None:
        row = astuple(entry)
        marks = ", ".join("?" * len(row))
        with self._lock, self._connection:
            self._connection.execute(f"INSERT OR REPLACE INTO seen_files VALUES ({marks})", row)

    def forget(self, path: str) -> None:
        with self._lock, self._connection:
            self._connection.execute("DELETE FROM seen_files WHERE path = ?", (path,))
            self._connection.execute("DELETE FROM sketches WHERE path = ?", (path,))
            self._connection.execute("UPDATE seen_files SET twin = '' WHERE twin = ?", (path,))

    def move(self, path: str, new_path: str) -> None:
        """What is known of a file is known of it elsewhere."""
        with self._lock, self._connection:
            self._connection.execute("DELETE FROM seen_files WHERE path = ?", (path,))
            for change in (
                "UPDATE seen_files SET twin = ? WHERE twin = ?",
                "UPDATE OR REPLACE sketches SET path = ? WHERE path = ?",
            ):
                self._connection.execute(change, (new_path, path))

    def sketches(self) -> dict[str, Sketch]:
        """The sketches of the documents' texts, by path."""
        with self._lock:
            rows = self._connection.execute("SELECT path, sketch FROM sketches").fetchall()
        return {path: np.frombuffer(sketch, np.uint64) for path, sketch in rows}

    def keep_sketch(self, path: str, sketch: Sketch) -> None:
        with self._lock, self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO sketches VALUES (?, ?)", (path, sketch.tobytes())
            )
