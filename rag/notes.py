"""Small tables that readers add to, kept beside the index in SQLite."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 30.0  # seconds


class Notes:
    """A database with one table; safe to use from several threads and processes."""

    def __init__(self, file: Path, schema: str) -> None:
        """``schema`` makes the table where it is not there yet."""
        self.file = file
        self._schema = schema
        self._lock = threading.Lock()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction."""
        with self._lock:
            connection = sqlite3.connect(self.file, timeout=_PATIENCE)
            try:
                connection.execute(self._schema)
                with connection:
                    yield connection
            finally:
                connection.close()
