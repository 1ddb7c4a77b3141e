"""What became of every file that an ingest has seen, in SQLite beside the store."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Status = Literal["added", "updated", "unchanged", "removed", "failed", "skipped"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    chunks INTEGER NOT NULL
)
"""


@dataclass(frozen=True)
class LedgerEntry:
    """The last word on one file. ``size`` is in bytes, ``modified_ns`` as stat gives it."""

    path: str
    status: Status
    reason: str = ""
    sha256: str = ""
    size: int = 0
    modified_ns: int = 0
    pages: int = 0
    chunks: int = 0

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
            self._connection.execute(_SCHEMA)

    def close(self) -> None:
        self._connection.close()

    def entries(self) -> dict[str, LedgerEntry]:
        """Every file that is still there, by path."""
        with self._lock:
            rows = self._connection.execute("SELECT * FROM files ORDER BY path").fetchall()
        return {row[0]: LedgerEntry(*row) for row in rows}

    def left_out(self) -> list[LedgerEntry]:
        """The files that are not in the index."""
        return [entry for entry in self.entries().values() if not entry.is_indexed]

    def write(self, entry: LedgerEntry) -> None:
        row = (
            entry.path, entry.status, entry.reason, entry.sha256,
            entry.size, entry.modified_ns, entry.pages, entry.chunks,
        )  # fmt: skip
        with self._lock, self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row
            )

    def forget(self, path: str) -> None:
        with self._lock, self._connection:
            self._connection.execute("DELETE FROM files WHERE path = ?", (path,))
