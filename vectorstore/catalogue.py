"""The store's book of documents and passages, in SQLite.

It alone decides what is indexed: an entry of Chroma or of the lexical index that it does
not know is ignored, so an ingest that was cut off leaves nothing visible behind.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.records import Chunk, Document, DocumentSummary, Filter, Passage, Terms

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    organisation TEXT NOT NULL,
    language TEXT NOT NULL,
    pages INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('writing', 'ready', 'removed'))
);
CREATE INDEX IF NOT EXISTS documents_by_path ON documents (path, state);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    section TEXT NOT NULL,
    page INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text TEXT NOT NULL,
    sentences TEXT NOT NULL,
    terms TEXT NOT NULL,
    vectors BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document);
CREATE TABLE IF NOT EXISTS vocabulary (term TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""
_PASSAGE_COLUMNS = """
    p.id, d.name, d.path, d.title, d.date, d.organisation, d.language,
    p.section, p.page, p.first, p.last, p.text, p.sentences
"""
_READY_PASSAGES = "FROM passages p JOIN documents d ON d.id = p.document WHERE d.state = 'ready'"


@dataclass(frozen=True)
class Entry:
    """A chunk with its terms, and its vectors of shape (1 + sentences, dimension), the
    whole chunk's first."""

    chunk: Chunk
    terms: Terms
    vectors: Vectors


class Catalogue:
    """Documents and passages; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False, timeout=30)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._lock = threading.RLock()
        with self._transaction() as connection:
            connection.executescript(_SCHEMA)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:
            yield self._connection

    def version(self) -> int:
        """A number that changes when another process has written."""
        with self._lock:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def begin(self, document: Document, entries: Sequence[Entry]) -> tuple[int, list[int]]:
        """Write a document that is not visible yet; returns its id and its passages' ids."""
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO documents (path, name, sha256, text, title, date, organisation,"
                " language, pages, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'writing')",
                (
                    document.path, document.name, document.sha256, document.text, document.title,
                    document.date, document.organisation, document.language, document.pages,
                ),
            )  # fmt: skip
            key = int(cursor.lastrowid or 0)
            ids = []
            for entry in entries:
                chunk = entry.chunk
                cursor = connection.execute(
                    "INSERT INTO passages (document, section, page, first, last, text, sentences,"
                    " terms, vectors) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        key, chunk.section, chunk.page, chunk.start, chunk.end,
                        document.text[chunk.start : chunk.end], json.dumps(chunk.sentences),
                        "\n".join(" ".join(own) for own in entry.terms),
                        entry.vectors.astype(np.float16).tobytes(),
                    ),
                )  # fmt: skip
                ids.append(int(cursor.lastrowid or 0))
            return key, ids

    def publish(self, key: int, path: str) -> None:
        """Make a written document the one of its path, in one step."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE path = ? AND state = 'ready'", (path,)
            )
            connection.execute("UPDATE documents SET state = 'ready' WHERE id = ?", (key,))

    def withdraw(self, path: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE path = ? AND state = 'ready'", (path,)
            )

    def rename(self, path: str, new_path: str, name: str) -> None:
        with self._transaction() as connection:
            connection.execute(
                "UPDATE documents SET path = ?, name = ? WHERE path = ? AND state = 'ready'",
                (new_path, name, path),
            )

    def leftovers(self) -> list[int]:
        """Ids of documents that are no longer, or were never, visible."""
        with self._lock:
            rows = self._connection.execute("SELECT id FROM documents WHERE state <> 'ready'")
            return [int(key) for (key,) in rows]

    def purge(self, keys: Sequence[int]) -> None:
        with self._transaction() as connection:
            for key in keys:
                connection.execute("DELETE FROM passages WHERE document = ?", (key,))
                connection.execute("DELETE FROM documents WHERE id = ?", (key,))

    def documents(self) -> list[DocumentSummary]:
        with self._lock:
            rows = self._connection.execute(
                "SELECT d.path, d.name, d.sha256, d.title, d.date, d.organisation, d.language,"
                " d.pages, (SELECT count(*) FROM passages p WHERE p.document = d.id)"
                " FROM documents d WHERE d.state = 'ready' ORDER BY d.path"
            ).fetchall()
        return [DocumentSummary(*row) for row in rows]

    def matching(self, only: Filter) -> list[int]:
        """Ids of the visible documents that a filter lets through."""
        conditions = ["state = 'ready'"]
        values: list[str] = []
        if only.since:
            conditions.append("date <> '' AND date >= ?")
            values.append(only.since)
        if only.until:
            # "~" sorts after every digit and dash: 2024 takes in all of 2024.
            conditions.append("date <> '' AND date <= ?")
            values.append(only.until + "~")
        for column, wanted in (("name", only.documents), ("language", only.languages)):
            if wanted:
                conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
                values.extend(wanted)
        if only.organisations:
            any_of = " OR ".join("instr(organisation, ?) > 0" for _ in only.organisations)
            conditions.append(f"({any_of})")
            values.extend(only.organisations)
        with self._lock:
            rows = self._connection.execute(
                f"SELECT id FROM documents WHERE {' AND '.join(conditions)}", values
            ).fetchall()
        return [int(key) for (key,) in rows]

    def text(self, path: str) -> str | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT text FROM documents WHERE path = ? AND state = 'ready'", (path,)
            ).fetchone()
        return None if row is None else str(row[0])

    def is_empty(self) -> bool:
        """Whether no passage is visible."""
        with self._lock:
            row = self._connection.execute(f"SELECT EXISTS (SELECT 1 {_READY_PASSAGES})")
            return not row.fetchone()[0]

    def share_in(self, language: str) -> float:
        """The share of the visible passages that belong to documents in a language."""
        with self._lock:
            own, every = self._connection.execute(
                f"SELECT sum(d.language = ?), count(*) {_READY_PASSAGES}", (language,)
            ).fetchone()
        return float(own or 0) / every if every else 0.0

    def vectors(self, ids: Sequence[int], dimension: int) -> list[tuple[int, Vectors]]:
        """The ids of those passages that are visible, in no order, with their vectors of
        shape (1 + sentences, dimension), the whole passage's first."""
        marks = ",".join("?" * len(ids))
        with self._lock:
            rows = self._connection.execute(
                f"SELECT p.id, p.vectors {_READY_PASSAGES} AND p.id IN ({marks})", list(ids)
            ).fetchall()
        return [
            (key, np.frombuffer(blob, np.float16).reshape(-1, dimension).astype(np.float32))
            for key, blob in rows
        ]

    def passages(self, ids: Sequence[int]) -> dict[int, tuple[Passage, Terms]]:
        """Visible passages with their terms, by id."""
        marks = ",".join("?" * len(ids))
        with self._lock:
            rows = self._connection.execute(
                f"SELECT {_PASSAGE_COLUMNS}, p.terms {_READY_PASSAGES} AND p.id IN ({marks})",
                list(ids),
            ).fetchall()
        found = {}
        for *columns, spans, lines in rows:
            sentences = tuple((start, end) for start, end in json.loads(spans))
            passage = Passage(*columns, sentences)  # type: ignore[call-arg]
            terms = tuple(tuple(line.split()) for line in lines.split("\n"))
            found[passage.id] = (passage, terms)
        return found

    def vocabulary(self, dimension: int) -> tuple[list[str], Vectors]:
        """Saved terms with their vectors, of shape (terms, dimension)."""
        with self._lock:
            rows = self._connection.execute("SELECT term, vector FROM vocabulary").fetchall()
        matrix = np.frombuffer(b"".join(blob for _, blob in rows), np.float16)
        return [term for term, _ in rows], matrix.reshape(-1, dimension).astype(np.float32)

    def add_vocabulary(self, terms: Sequence[str], vectors: Vectors) -> None:
        rows = zip(terms, (row.tobytes() for row in vectors.astype(np.float16)), strict=True)
        with self._transaction() as connection:
            connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?)", rows)
