"""What readers add to a store, and may be asked for again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from geungeo.vectorstore import Connection, Kind, Tables, copy_tables, open_tables, tables_in_memory

_log = logging.getLogger(__name__)


class Notes:
    """Tables of one kind, in a file or in a database that is shared; safe to use from several
    threads and processes.

    Where nothing can be written, what is added is kept until the program ends.
    """

    def __init__(self, file: Path, kind: Kind, shared: Tables | None) -> None:
        """``file`` is where they lie without a ``shared`` database; reading makes none."""
        self._file = file
        self._kind = kind
        self._lock = threading.Lock()
        # Those that stay open: of a database, or in memory.
        self._open = shared

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which every statement stands by itself."""
        with self._readable() as tables, tables.reading() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A connection for one transaction."""
        with self._writable() as tables, tables.changing() as connection:
            yield connection

    @contextmanager
    def _readable(self) -> Iterator[Tables]:
        with self._lock:
            if self._open is None:
                is_there = self._file.exists()
                tables = self._in_file() if is_there else tables_in_memory(self._kind)
                with closing(tables):
                    yield tables
                return
        yield self._open

    @contextmanager
    def _writable(self) -> Iterator[Tables]:
        with self._lock:
            if self._open is None:
                with closing(self._in_file()) as tables:
                    if not tables.why_read_only:
                        yield tables
                        return
                    self._open = self._copied(tables)
            elif self._open.why_read_only:
                self._open = self._copied(self._open)
        yield self._open

    def _in_file(self) -> Tables:
        return open_tables(self._file, self._kind)

    def _copied(self, kept: Tables) -> Tables:
        _log.warning("%s: not kept beyond this run: %s", kept.where, kept.why_read_only)
        memory = tables_in_memory(self._kind)
        with kept.reading() as source, memory.changing() as target:
            copy_tables(self._kind, source, target)
        return memory
