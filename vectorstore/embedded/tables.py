"""Statements in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.backend import Values


class SqliteTables:
    """See ``Tables``."""

    def __init__(self, database: Database) -> None:
        """``database`` is one that was opened with a schema of ``compiled.read``; it is closed
        with its tables."""
        self._database = database
        self._statements = compiled.read()
        self.where = str(database.file)
        self.why_read_only = database.why_read_only

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


class SqliteConnection:
    """See ``Connection``."""

    def __init__(self, connection: sqlite3.Connection, statements: Mapping[str, str]) -> None:
        self._connection = connection
        self._statements = statements

    def rows(self, statement: str, values: Values) -> list[tuple[Any, ...]]:
        return self._connection.execute(self._statements[statement], _bound(values)).fetchall()

    def every(self, statement: str) -> list[Values]:
        found = self._connection.execute(self._statements[statement])
        names = [name for name, *_ in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

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
