"""The catalogue in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from filelock import FileLock

from geungeo.lang.forms import Form
from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.filters import condition
from geungeo.vectorstore.embedded.packing import pack, unpack
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.protocols import IndexRecord
from geungeo.vectorstore.records import (
    Document,
    DocumentSummary,
    Entry,
    Filter,
    Passage,
    Terms,
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    organisation TEXT NOT NULL,
    type TEXT NOT NULL,
    language TEXT NOT NULL,
    pages INTEGER NOT NULL,
    author TEXT NOT NULL,
    code TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('writing', 'ready', 'removed'))
);
CREATE INDEX IF NOT EXISTS documents_by_path ON documents (path, state);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    section TEXT NOT NULL,
    page INTEGER NOT NULL,
    recognised INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences TEXT NOT NULL,
    kinds TEXT NOT NULL,
    terms TEXT NOT NULL,
    vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document);
CREATE TABLE IF NOT EXISTS glosses (document INTEGER NOT NULL, forms TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS glosses_by_document ON glosses (document);
"""

_PASSAGE_COLUMNS = """
    p.id, d.name, d.path, d.title, d.date, d.organisation, d.type, d.language,
    p.section, p.page, p.first, p.last, p.text, p.sentences, d.author, d.code, p.recognised, p.kinds
"""
# How many vectors a passage has: its own, then its sentences'.
_ROWS = "1 + json_array_length(p.sentences)"
_READY_PASSAGES = "FROM passages p JOIN documents d ON d.id = p.document WHERE d.state = 'ready'"


class SqliteCatalogue:
    """Safe to use from several threads; see ``Catalogue``."""

    def __init__(self, database: Database) -> None:
        """``database`` is one that was opened with ``SCHEMA``; it is closed with the catalogue."""
        self._database = database
        self.why_read_only = database.why_read_only
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(database.file.with_name("write.lock"))

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        if self.why_read_only:
            # So there are no writers.
            yield
            return
        with self._writing:
            yield

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        if self.why_read_only:
            raise StoreError(f"{self._database.file}: cannot be changed: {self.why_read_only}")
        with self._database.changing() as connection:
            yield connection

    def version(self) -> int:
        with self._database.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def add(
        self, document: Document, entries: Sequence[Entry], names: Sequence[Sequence[Form]]
    ) -> tuple[int, list[int]]:
        with self._changing() as connection:
            cursor = connection.execute(
                "INSERT INTO documents (path, name, sha256, text, title, date, organisation,"
                " type, language, pages, author, code, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'writing')",
                (
                    document.path, document.name, document.sha256, document.text, document.title,
                    document.date, document.organisation, document.type, document.language,
                    document.pages, document.author, document.code,
                ),
            )  # fmt: skip
            key = int(cursor.lastrowid or 0)
            ids = [_insert(connection, key, document, entry) for entry in entries]
            connection.executemany(
                "INSERT INTO glosses VALUES (?, ?)",
                [(key, json.dumps(forms, ensure_ascii=False)) for forms in names],
            )
            return key, ids

    def publish(self, document: int) -> None:
        with self._changing() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE state = 'ready' AND id <> ?"
                " AND path = (SELECT path FROM documents WHERE id = ?)",
                (document, document),
            )
            connection.execute("UPDATE documents SET state = 'ready' WHERE id = ?", (document,))

    def withdraw(self, path: str) -> None:
        with self._changing() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE path = ? AND state = 'ready'", (path,)
            )

    def rename(self, path: str, new_path: str, name: str) -> None:
        with self._changing() as connection:
            connection.execute(
                "UPDATE documents SET path = ?, name = ? WHERE path = ? AND state = 'ready'",
                (new_path, name, path),
            )

    def leftovers(self) -> list[int]:
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id FROM documents WHERE state <> 'ready'")
            return [int(key) for (key,) in rows]

    def terms(self, documents: Collection[int]) -> set[str]:
        found: set[str] = set()
        with self._database.reading() as connection:
            for key in documents:
                rows = connection.execute("SELECT terms FROM passages WHERE document = ?", (key,))
                found.update(term for (terms,) in rows for term in terms.split())
        return found

    def purge(self, documents: Collection[int]) -> None:
        with self._changing() as connection:
            for key in documents:
                connection.execute("DELETE FROM glosses WHERE document = ?", (key,))
                connection.execute("DELETE FROM passages WHERE document = ?", (key,))
                connection.execute("DELETE FROM documents WHERE id = ?", (key,))

    def documents(self, only: Filter) -> list[DocumentSummary]:
        conditions, values = condition(only)
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT d.path, d.name, d.sha256, d.title, d.date, d.organisation, d.type,"
                " d.language, d.pages, d.author, d.code,"
                " (SELECT count(*) FROM passages p WHERE p.document = d.id)"
                f" FROM documents d WHERE {conditions} ORDER BY d.path",
                values,
            ).fetchall()
        return [DocumentSummary(*row) for row in rows]

    def matching(self, only: Filter) -> list[int]:
        conditions, values = condition(only)
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT id FROM documents WHERE {conditions}", values)
            return [int(key) for (key,) in rows]

    def text(self, path: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT text FROM documents WHERE path = ? AND state = 'ready'", (path,)
            ).fetchone()
        return None if row is None else str(row[0])

    def passages_by_language(self) -> dict[str, int]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT d.language, count(*) {_READY_PASSAGES} GROUP BY d.language"
            ).fetchall()
        return dict(rows)

    def vectors(self, ids: Collection[int]) -> dict[int, Vectors]:
        marks = ",".join("?" * len(ids))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT p.id, p.vectors, {_ROWS} {_READY_PASSAGES} AND p.id IN ({marks})",
                list(ids),
            ).fetchall()
        if not rows:
            return {}
        _, first, count = rows[0]
        # All at once, which is faster.
        whole = unpack(b"".join(blob for _, blob, _ in rows), len(first) // count)
        parts = np.split(whole, np.cumsum([count for *_, count in rows])[:-1])
        return {key: own for (key, *_), own in zip(rows, parts, strict=True)}

    def passages(self, ids: Collection[int]) -> dict[int, tuple[Passage, Terms]]:
        marks = ",".join("?" * len(ids))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_PASSAGE_COLUMNS}, p.terms {_READY_PASSAGES} AND p.id IN ({marks})",
                list(ids),
            ).fetchall()
        found = {}
        for *columns, lines in rows:
            passage = _passage(columns)
            terms = tuple(tuple(line.split()) for line in lines.split("\n"))
            found[passage.id] = (passage, terms)
        return found

    def passages_of(self, path: str) -> list[Passage]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_PASSAGE_COLUMNS} {_READY_PASSAGES} AND d.path = ? ORDER BY p.first",
                (path,),
            ).fetchall()
        return [_passage(row) for row in rows]

    def names(self) -> list[tuple[Form, ...]]:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT g.forms FROM glosses g JOIN documents d ON d.id = g.document"
                " WHERE d.state = 'ready'"
            ).fetchall()
        return [tuple(map(tuple, json.loads(forms))) for (forms,) in rows]

    def records(self) -> Iterator[list[IndexRecord]]:
        for key in self.matching(Filter()):
            with self._database.reading() as connection:
                rows = connection.execute(
                    f"SELECT p.id, p.terms, p.vectors, {_ROWS} FROM passages p WHERE document = ?",
                    (key,),
                ).fetchall()
            yield [
                IndexRecord(passage, key, terms.split(), unpack(blob, len(blob) // count)[0])
                for passage, terms, blob, count in rows
            ]


def _insert(connection: sqlite3.Connection, key: int, document: Document, entry: Entry) -> int:
    chunk = entry.chunk
    cursor = connection.execute(
        "INSERT INTO passages (document, section, page, recognised, first, last, text, sentences,"
        " kinds, terms, vectors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, chunk.section, chunk.page, chunk.recognised, chunk.start, chunk.end,
            document.text[chunk.start : chunk.end], json.dumps(chunk.sentences),
            " ".join(chunk.kinds), "\n".join(" ".join(own) for own in entry.terms),
            pack(entry.vectors),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def _passage(columns: Sequence[Any]) -> Passage:
    *before, spans, author, code, recognised, kinds = columns
    sentences = tuple((start, end) for start, end in json.loads(spans))
    known = *before, sentences, author, code, bool(recognised), tuple(kinds.split())
    return Passage(*known)
