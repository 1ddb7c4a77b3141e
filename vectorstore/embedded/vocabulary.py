"""The words of an index with their vectors, in SQLite and in memory.

An ingest needs only the words, so the vectors are read when a question first asks for them.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Sequence

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.neighbours import Neighbours
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.packing import pack

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
        # The words whose rows were read, in the order of these.
        self._held: list[str] = []
        self._rows: Neighbours | None = None

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

    def forget(self, words: Collection[str]) -> None:
        with self._lock:
            with self._database.changing() as connection:
                connection.executemany(
                    "DELETE FROM vocabulary WHERE term = ?", [(word,) for word in words]
                )
            self._words = None

    def reload(self) -> None:
        """See what others have written at its next use."""
        with self._lock:
            self._words = None

    def near(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        """The nearest words of each row with their cosines, as ``Words.near_words`` says."""
        if not len(vectors):
            return []
        with self._lock:
            words, rows = self._read()
        if rows is None:
            return [{} for _ in vectors]
        return [
            {words[place]: cosine for place, cosine in nearest}
            for nearest in rows.nearest(vectors, most, least)
        ]

    def _ensure(self) -> list[str]:
        words = self._words
        if words is None:
            with self._database.reading() as connection:
                # The index of the terms has all of this, the vectors are passed over.
                found = connection.execute("SELECT rowid, term FROM vocabulary ORDER BY term")
                words = [word for _, word in sorted(found)]
            self._words, self._known = words, set(words)
        return words

    def _read(self) -> tuple[list[str], Neighbours | None]:
        """The words with a row for each, in some order; no rows where there are no words. What has
        been read before is not read again."""
        words, held, rows = self._ensure(), self._held, self._rows
        missing = words[len(held) :]
        if held != words[: len(held)]:
            places = {word: place for place, word in enumerate(held)}
            missing = [word for word in words if word not in places]
            held = [word for word in words if word in places]
            rows = rows.taken([places[word] for word in held]) if rows and held else None
        if missing:
            found = self._vectors(missing if rows else None)
            more = [word for word in missing if word in found]
            packed = b"".join(found[word] for word in more)
            rows = _joined(rows, packed, len(packed) // max(len(more), 1))
            held = [*held, *more]
        self._held, self._rows = held, rows
        return held, rows

    def _vectors(self, words: Sequence[str] | None) -> dict[str, bytes]:
        """The vectors of those of some words that are there, or of all."""
        one_of = "" if words is None else "WHERE term IN (SELECT value FROM json_each(:words))"
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT term, vector FROM vocabulary {one_of}", {"words": json.dumps(words)}
            )
            return dict(rows.fetchall())


def _joined(rows: Neighbours | None, packed: bytes, dimension: int) -> Neighbours | None:
    if not packed:
        return rows
    return rows.with_more(packed) if rows else Neighbours.of(packed, dimension)
