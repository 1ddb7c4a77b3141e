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
from pathlib import Path

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.records import Chunk, Document, DocumentSummary, Passage

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

    def begin(
        self, document: Document, chunks: Sequence[Chunk], vectors: Sequence[Vectors]
    ) -> tuple[int, list[int]]:
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
            for chunk, matrix in zip(chunks, vectors, strict=True):
                cursor = connection.execute(
                    "INSERT INTO passages (document, section, page, first, last, text, sentences,"
                    " vectors) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        key, chunk.section, chunk.page, chunk.start, chunk.end,
                        document.text[chunk.start : chunk.end], json.dumps(chunk.sentences),
                        matrix.astype(np.float16).tobytes(),
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

    def text(self, path: str) -> str | None:
        with self._lock:
            row = self._connection.execute(
                "SELECT text FROM documents WHERE path = ? AND state = 'ready'", (path,)
            ).fetchone()
        return None if row is None else str(row[0])

    def count_passages(self) -> int:
        with self._lock:
            return int(self._connection.execute(f"SELECT count(*) {_READY_PASSAGES}").fetchone()[0])

    def passages(self, ids: Sequence[int], dimension: int) -> dict[int, tuple[Passage, Vectors]]:
        """Visible passages with their vectors, of shape (1 + sentences, dimension)."""
        marks = ",".join("?" * len(ids))
        with self._lock:
            rows = self._connection.execute(
                f"SELECT {_PASSAGE_COLUMNS}, p.vectors {_READY_PASSAGES} AND p.id IN ({marks})",
                list(ids),
            ).fetchall()
        found = {}
        for *columns, spans, blob in rows:
            sentences = tuple((start, end) for start, end in json.loads(spans))
            passage = Passage(*columns, sentences)  # type: ignore[call-arg]
            vectors = np.frombuffer(blob, np.float16).reshape(-1, dimension).astype(np.float32)
            found[passage.id] = (passage, vectors)
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
