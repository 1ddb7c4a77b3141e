"""Small tables that readers add to, kept beside the index in SQLite."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from geungeo.vectorstore import connect, why_not_writable

_log = logging.getLogger(__name__)


class Notes:
    """A database with one table; safe to use from several threads and processes.

    Where nothing can be written, what is added is kept until the program ends.
    """

    def __init__(self, file: Path, schema: str) -> None:
        """``schema`` makes the table where it is not there yet."""
        self.file = file
        self._schema = schema
        self._lock = threading.Lock()
        self._in_memory: sqlite3.Connection | None = None

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction."""
        with self._lock:
            if self._in_memory is None and (why := why_not_writable(self.file.parent)):
                _log.warning("%s: not kept beyond this run: %s", self.file, why)
                self._in_memory = self._copied(why)
            if self._in_memory is not None:
                with self._in_memory as connection:
                    yield connection
                return
            with closing(connect(self.file, self._schema)) as connection, connection:
                yield connection

    def _copied(self, why: str) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(connect(self.file, self._schema, why)) as kept:
            kept.backup(copy)
        copy.executescript(self._schema)
        return copy
