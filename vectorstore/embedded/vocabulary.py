"""The words of an index with their vectors, in SQLite and in memory.

An ingest needs only the words, so the vectors are read when a question first asks for them.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence

import numpy as np

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.packing import pack, unpack

SCHEMA = """
CREATE TABLE IF NOT EXISTS vocabulary (term TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""


class Vocabulary:
    """Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        """``database`` is one that was opened with ``SCHEMA``."""
        self._database = database
        self._lock = threading.Lock()
        # None where they are to be read again.
        self._words: list[str] | None = None
        self._known: set[str] = set()
        self._vectors: Vectors | None = None

    def words(self) -> list[str]:
        with self._lock:
            return list(self._ensure())

    def unlearned(self, words: Collection[str]) -> set[str]:
        with self._lock:
            self._ensure()
            return set(words) - self._known

    def learn(self, words: Sequence[str], vectors: Vectors) -> None:
        """Save new words with their vectors, of shape (words, dimension)."""
        rows = zip(words, map(pack, vectors), strict=True)
        with self._lock:
            known = self._ensure()
            with self._database.changing() as connection:
                connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?)", rows)
            new = [word for word in dict.fromkeys(words) if word not in self._known]
            known.extend(new)
            self._known.update(new)
            self._vectors = None

    def forget(self, words: Collection[str]) -> None:
        with self._lock:
            with self._database.changing() as connection:
                connection.executemany(
                    "DELETE FROM vocabulary WHERE term = ?", [(word,) for word in words]
                )
            self._words = self._vectors = None

    def reload(self) -> None:
        """Read the vocabulary anew at its next use."""
        with self._lock:
            self._words = self._vectors = None

    def near(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        """The nearest words of each row with their cosines, as ``Words.near_words`` says."""
        if not len(vectors):
            return []
        with self._lock:
            words, matrix = self._matrix()
        if not words:
            return [{} for _ in vectors]
        found = []
        for row in vectors @ matrix.T:
            near = np.flatnonzero(row >= least)
            nearest = near[np.argsort(-row[near])[:most]]
            found.append({words[place]: float(row[place]) for place in nearest})
        return found

    def _ensure(self) -> list[str]:
        words = self._words
        if words is None:
            with self._database.reading() as connection:
                rows = connection.execute("SELECT term FROM vocabulary ORDER BY rowid")
                words = [word for (word,) in rows]
            self._words, self._known = words, set(words)
        return words

    def _matrix(self) -> tuple[list[str], Vectors]:
        """The words, of which there may be more by now, with a row for each."""
        if self._vectors is None:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT term, vector FROM vocabulary ORDER BY rowid"
                ).fetchall()
            words = [word for word, _ in rows]
            self._words, self._known = words, set(words)
            dimension = len(rows[0][1]) if rows else 1
            self._vectors = unpack(b"".join(blob for _, blob in rows), dimension)
        return self._ensure(), self._vectors
