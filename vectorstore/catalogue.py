"""The store's book of documents and passages, in SQLite.

It alone decides what is indexed: an entry of Chroma or of the lexical index that it does
not know is ignored, so an ingest that was cut off leaves nothing visible behind.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from geungeo.lang.glossary import Form
from geungeo.vectorstore.database import Database
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.records import (
    Chunk,
    Document,
    DocumentSummary,
    Filter,
    Passage,
    Terms,
)

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
CREATE TABLE IF NOT EXISTS vocabulary (term TEXT PRIMARY KEY, vector BLOB NOT NULL);
"""
_REMEDY = (
    "Remove catalogue.sqlite* and the folders lexical and chroma in {} and ingest the documents "
    "again; uploads, conversations and opinions stay"
)
_PASSAGE_COLUMNS = """
    p.id, d.name, d.path, d.title, d.date, d.organisation, d.type, d.language,
    p.section, p.page, p.first, p.last, p.text, p.sentences, d.author, d.code, p.recognised, p.kinds
"""
_FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")
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
        """Open a catalogue, or make one.

        Raises:
            StoreError: it cannot be opened. So does whatever reads or writes a file that is
                damaged, or a disk that is full.
        """
        self._database = Database(file, _SCHEMA, _REMEDY.format(file.parent))

    def close(self) -> None:
        self._database.close()

    def version(self) -> int:
        """A number that changes when another process has written."""
        with self._database.reading() as connection:
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def begin(
        self, document: Document, entries: Sequence[Entry], glosses: Sequence[Sequence[Form]]
    ) -> tuple[int, list[int]]:
        """Write a document that is not visible yet, with the names that it explains; returns
        its id and its passages' ids."""
        with self._database.changing() as connection:
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
            ids = []
            for entry in entries:
                chunk = entry.chunk
                cursor = connection.execute(
                    "INSERT INTO passages (document, section, page, recognised, first, last,"
                    " text, sentences, kinds, terms, vectors)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        key, chunk.section, chunk.page, chunk.recognised, chunk.start, chunk.end,
                        document.text[chunk.start : chunk.end], json.dumps(chunk.sentences),
                        " ".join(chunk.kinds),
                        "\n".join(" ".join(own) for own in entry.terms),
                        _pack(entry.vectors),
                    ),
                )  # fmt: skip
                ids.append(int(cursor.lastrowid or 0))
            connection.executemany(
                "INSERT INTO glosses VALUES (?, ?)",
                [(key, json.dumps(forms, ensure_ascii=False)) for forms in glosses],
            )
            return key, ids

    def publish(self, key: int, path: str) -> None:
        """Make a written document the one of its path, in one step."""
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE path = ? AND state = 'ready'", (path,)
            )
            connection.execute("UPDATE documents SET state = 'ready' WHERE id = ?", (key,))

    def withdraw(self, path: str) -> None:
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE documents SET state = 'removed' WHERE path = ? AND state = 'ready'", (path,)
            )

    def rename(self, path: str, new_path: str, name: str) -> None:
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE documents SET path = ?, name = ? WHERE path = ? AND state = 'ready'",
                (new_path, name, path),
            )

    def leftovers(self) -> list[int]:
        """Ids of documents that are no longer, or were never, visible."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id FROM documents WHERE state <> 'ready'")
            return [int(key) for (key,) in rows]

    def terms(self, keys: Sequence[int]) -> set[str]:
        """The terms of documents, visible or not."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for key in keys:
                rows = connection.execute("SELECT terms FROM passages WHERE document = ?", (key,))
                found.update(term for (terms,) in rows for term in terms.split())
        return found

    def purge(self, keys: Sequence[int]) -> None:
        with self._database.changing() as connection:
            for key in keys:
                connection.execute("DELETE FROM glosses WHERE document = ?", (key,))
                connection.execute("DELETE FROM passages WHERE document = ?", (key,))
                connection.execute("DELETE FROM documents WHERE id = ?", (key,))

    def documents(self, only: Filter) -> list[DocumentSummary]:
        ids = self.matching(only)
        marks = ",".join("?" * len(ids))
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT d.path, d.name, d.sha256, d.title, d.date, d.organisation, d.type,"
                " d.language, d.pages, d.author, d.code,"
                " (SELECT count(*) FROM passages p WHERE p.document = d.id)"
                f" FROM documents d WHERE d.state = 'ready' AND d.id IN ({marks}) ORDER BY d.path",
                ids,
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
        exact = (("name", only.documents), ("language", only.languages), ("type", only.types))
        for column, given in exact:
            # Names are kept composed now, and were kept as on disk.
            wanted = {unicodedata.normalize(form, one) for one in given for form in _FORMS}
            if wanted:
                conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
                values.extend(wanted)
        if only.organisations:
            any_of = " OR ".join("instr(organisation, ?) > 0" for _ in only.organisations)
            conditions.append(f"({any_of})")
            values.extend(only.organisations)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id FROM documents WHERE {' AND '.join(conditions)}", values
            ).fetchall()
        return [int(key) for (key,) in rows]

    def text(self, path: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT text FROM documents WHERE path = ? AND state = 'ready'", (path,)
            ).fetchone()
        return None if row is None else str(row[0])

    def count_passages(self) -> int:
        """How many passages are visible."""
        return sum(self.passages_by_language().values())

    def visible(self, dimension: int) -> Iterator[tuple[int, list[tuple[int, str, Vectors]]]]:
        """Every visible document's id, and of each of its passages the id, the terms and the
        vector of shape (dimension,): all that the indexes hold."""
        for key in self.matching(Filter()):
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT id, terms, vectors FROM passages WHERE document = ?", (key,)
                ).fetchall()
            yield key, [(i, terms, _unpack(blob, dimension)[0]) for i, terms, blob in rows]

    def passages_by_language(self) -> dict[str, int]:
        """How many visible passages belong to documents in each language."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT d.language, count(*) {_READY_PASSAGES} GROUP BY d.language"
            ).fetchall()
        return dict(rows)

    def vectors(self, ids: Sequence[int], dimension: int) -> tuple[list[int], list[int], Vectors]:
        """The vectors of those passages that are visible.

        Returns their ids in no order, the number of rows of each, and all rows in one matrix
        of shape (rows, dimension): the whole passage's first, then its sentences'.
        """
        marks = ",".join("?" * len(ids))
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT p.id, p.vectors {_READY_PASSAGES} AND p.id IN ({marks})", list(ids)
            ).fetchall()
        return (
            [key for key, _ in rows],
            [len(blob) // dimension for _, blob in rows],
            _unpack(b"".join(blob for _, blob in rows), dimension),
        )

    def passages(self, ids: Sequence[int]) -> dict[int, tuple[Passage, Terms]]:
        """Visible passages with their terms, by id."""
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
        """The passages of a visible document in their order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_PASSAGE_COLUMNS} {_READY_PASSAGES} AND d.path = ? ORDER BY p.first",
                (path,),
            ).fetchall()
        return [_passage(row) for row in rows]

    def glosses(self) -> list[tuple[Form, ...]]:
        """The names that the visible documents explain, each with its forms."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT g.forms FROM glosses g JOIN documents d ON d.id = g.document"
                " WHERE d.state = 'ready'"
            ).fetchall()
        return [tuple(map(tuple, json.loads(forms))) for (forms,) in rows]

    def vocabulary_terms(self) -> list[str]:
        """Saved terms, in the order of ``vocabulary``."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT term FROM vocabulary ORDER BY rowid")
            return [term for (term,) in rows]

    def vocabulary(self, dimension: int) -> tuple[list[str], Vectors]:
        """Saved terms with their vectors, of shape (terms, dimension)."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT term, vector FROM vocabulary ORDER BY rowid"
            ).fetchall()
        return [term for term, _ in rows], _unpack(b"".join(blob for _, blob in rows), dimension)

    def add_vocabulary(self, terms: Sequence[str], vectors: Vectors) -> None:
        rows = zip(terms, map(_pack, vectors), strict=True)
        with self._database.changing() as connection:
            connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?)", rows)

    def forget_vocabulary(self, terms: Iterable[str]) -> None:
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM vocabulary WHERE term = ?", [(term,) for term in terms]
            )


def _passage(columns: Sequence[Any]) -> Passage:
    *before, spans, author, code, recognised, kinds = columns
    sentences = tuple((start, end) for start, end in json.loads(spans))
    known = *before, sentences, author, code, bool(recognised), tuple(kinds.split())
    return Passage(*known)


def _pack(vectors: Vectors) -> bytes:
    """Rows of length 1 in a byte per number, which moves a cosine by less than 0.002."""
    greatest = np.abs(vectors).max(axis=-1, keepdims=True)
    return bytes(np.rint(vectors * (127 / greatest)).astype(np.int8).tobytes())


def _unpack(packed: bytes, dimension: int) -> Vectors:
    """The rows that were packed, of shape (rows, dimension), each of length 1."""
    rows = np.frombuffer(packed, np.int8).reshape(-1, dimension).astype(np.float32)
    return np.asarray(rows / np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None])
