"""The catalogue's statements in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from filelock import FileLock

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.backend import Values


class SqliteBackend:
    """See ``Backend``."""

    def __init__(self, database: Database) -> None:
        """``database`` is one that was opened with the schema of ``compiled.read``; it is closed
        with the backend."""
        self._database = database
        self._statements = compiled.read()
        self.where = str(database.file)
        self.why_read_only = database.why_read_only
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(database.file.with_name("write.lock"))

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def reading(self) -> Iterator[SqliteConnection]:
        with self._database.reading() as connection:
            yield SqliteConnection(connection, self._statements)

    @contextmanager
    def changing(self) -> Iterator[SqliteConnection]:
        with self._database.changing() as connection:
            yield SqliteConnection(connection, self._statements)

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self.why_read_only:
            # So there are no writers.
            yield
            return
        with self._writing:
            yield

    def version(self) -> int:
        with self._database.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])


class SqliteConnection:
    """See ``Connection``."""

    def __init__(self, connection: sqlite3.Connection, statements: Mapping[str, str]) -> None:
        self._connection = connection
        self._statements = statements

    def rows(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        return self._connection.execute(self._statements[statement], _bound(values)).fetchall()

    def run(self, statement: str, values: Values) -> None:
        self._connection.execute(self._statements[statement], _bound(values))

    def add(self, statement: str, rows: Sequence[Values]) -> list[int]:
        text = self._statements[statement]
        ids: list[int] = []
        for row in rows:
            ids.extend(int(key) for (key,) in self._connection.execute(text, row))
        return ids


def _bound(values: Values) -> dict[str, Any]:
    return {
        name: json.dumps(value) if isinstance(value, list) else value
        for name, value in values.items()
    }
