"""The catalogue in a database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from typing import Any

import numpy as np

from geungeo.lang.forms import Form
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.packing import pack, unpack
from geungeo.vectorstore.protocols import IndexRecord
from geungeo.vectorstore.records import (
    Correction,
    Description,
    Document,
    DocumentSummary,
    Entry,
    Filter,
    Passage,
    Terms,
)
from geungeo.vectorstore.sql.backend import Backend, Connection, Values
from geungeo.vectorstore.sql.filters import folders, values

# Documents whose terms are counted at a time.
_COUNTED = 500


class SqlCatalogue:
    """Safe to use from several threads; see ``Catalogue``."""

    def __init__(self, backend: Backend) -> None:
        """``backend`` is closed with the catalogue."""
        self._backend = backend
        self.why_read_only = backend.why_read_only
        self.shared = backend.shared
        # Folders whose documents are not seen; None where all are.
        self._hidden: list[str] | None = None

    def without(self, hidden: Collection[str]) -> SqlCatalogue:
        seen = copy(self)
        seen._hidden = folders(hidden)
        seen.why_read_only = self.why_read_only or "some of its documents are hidden"
        return seen

    def close(self) -> None:
        self._backend.close()

    def alone(self) -> AbstractContextManager[None]:
        return self._backend.alone()

    def ingesting(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        return self._backend.ingesting(waits)

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        if self.why_read_only:
            raise StoreError(f"{self._backend.where}: cannot be changed: {self.why_read_only}")
        with self._backend.changing() as connection:
            yield connection

    def version(self) -> int:
        return self._backend.version()

    def add(
        self, document: Document, entries: Sequence[Entry], names: Sequence[Sequence[Form]]
    ) -> tuple[int, list[int]]:
        with self._changing() as connection:
            (key,) = connection.add("add_document", [vars(document)])
            ids = connection.add("add_passage", [_row(key, document, one) for one in entries])
            forms = [json.dumps(one, ensure_ascii=False) for one in names]
            connection.add("add_gloss", [{"document": key, "forms": one} for one in forms])
            return key, ids

    def publish(self, document: int) -> None:
        with self._changing() as connection:
            connection.run("replace", {"key": document})
            connection.run("show", {"key": document})
            connection.run("outdate_correction", {"key": document})
            connection.run("take_up_correction", {"key": document})

    def withdraw(self, path: str) -> None:
        with self._changing() as connection:
            connection.run("leave_correction", {"old_path": path})
            connection.run("withdraw", {"old_path": path})

    def rename(self, path: str, new_path: str, name: str) -> None:
        with self._changing() as connection:
            found = {"old_path": path, "new_path": new_path, "new_name": name}
            connection.run("replace_correction", {"old_path": path, "new_path": new_path})
            connection.run("move_correction", {"old_path": path, "new_path": new_path})
            connection.run("rename", found)

    def correct(self, path: str, correction: Correction) -> None:
        with self._changing() as connection:
            if not connection.rows("as_read", {"path": path, "hidden": self._hidden}):
                return
            connection.run("forget_correction", {"path": path})
            if correction.names:
                connection.add("add_correction", [{"path": path, **vars(correction)}])

    def correction_of(self, path: str, sha256: str) -> Correction:
        found = self._rows("correction_of", path=path, content=sha256)
        return Correction(*found[0]) if found else Correction()

    def leftovers(self) -> list[int]:
        return [int(key) for (key,) in self._rows("leftovers")]

    def terms(self, documents: Collection[int]) -> set[str]:
        rows = self._rows("terms", documents=list(documents))
        return {term for (terms,) in rows for term in terms.split()}

    def holders(self, terms: Collection[str], documents: Collection[int]) -> Counter[str]:
        held: Counter[str] = Counter()
        sought = frozenset(terms)
        keys = [*documents] if terms else []
        for start in range(0, len(keys), _COUNTED):
            for (own,) in self._rows("terms", documents=keys[start : start + _COUNTED]):
                held.update(sought.intersection(own.split()))
        return held

    def purge(self, documents: Collection[int]) -> None:
        with self._changing() as connection:
            for table in ("glosses", "passages", "documents"):
                connection.run(f"purge_{table}", {"documents": list(documents)})

    def documents(self, only: Filter) -> list[DocumentSummary]:
        return [DocumentSummary(*row) for row in self._shown("documents", **values(only))]

    def matching(self, only: Filter) -> list[int]:
        return [int(key) for (key,) in self._shown("matching", **values(only))]

    def text(self, path: str) -> str | None:
        for (text,) in self._shown("text", path=path):
            return str(text)
        return None

    def as_read(self, path: str) -> Description | None:
        for row in self._shown("as_read", path=path):
            return Description(*row)
        return None

    def corrections(self) -> dict[str, Correction]:
        return {str(path): Correction(*row) for path, *row in self._shown("corrections")}

    def passages_by_language(self) -> dict[str, int]:
        return {str(language): int(held) for language, held in self._shown("languages")}

    def vectors(self, ids: Collection[int]) -> dict[int, Vectors]:
        rows = self._shown("vectors", ids=list(ids))
        if not rows:
            return {}
        _, first, count = rows[0]
        # All at once, which is faster.
        whole = unpack(b"".join(blob for _, blob, _ in rows), len(first) // count)
        parts = np.split(whole, np.cumsum([count for *_, count in rows])[:-1])
        return {key: own for (key, *_), own in zip(rows, parts, strict=True)}

    def passages(self, ids: Collection[int]) -> dict[int, tuple[Passage, Terms]]:
        found = {}
        for *columns, lines in self._shown("passages", ids=list(ids)):
            passage = _passage(columns)
            terms = tuple(tuple(line.split()) for line in lines.split("\n"))
            found[passage.id] = (passage, terms)
        return found

    def passages_of(self, path: str) -> list[Passage]:
        return [_passage(row) for row in self._shown("passages_of", path=path)]

    def names(self) -> list[tuple[Form, ...]]:
        return [tuple(map(tuple, json.loads(forms))) for (forms,) in self._shown("names")]

    def records(self) -> Iterator[list[IndexRecord]]:
        for key in self.matching(Filter()):
            yield [
                IndexRecord(passage, key, terms.split(), unpack(blob, len(blob) // count)[0])
                for passage, terms, blob, count in self._rows("records", document=key)
            ]

    def _shown(self, statement: str, **given: Any) -> Sequence[Sequence[Any]]:
        return self._rows(statement, hidden=self._hidden, **given)

    def _rows(self, statement: str, **given: Any) -> Sequence[Sequence[Any]]:
        with self._backend.reading() as connection:
            return connection.rows(statement, given)


def _row(key: int, document: Document, entry: Entry) -> Values:
    chunk = entry.chunk
    return {
        "document": key, "section": chunk.section, "page": chunk.page,
        "recognised": int(chunk.recognised), "first": chunk.start, "last": chunk.end,
        "text": document.text[chunk.start : chunk.end],
        "sentences": json.dumps(chunk.sentences), "kinds": " ".join(chunk.kinds),
        "terms": "\n".join(" ".join(own) for own in entry.terms), "vectors": pack(entry.vectors),
    }  # fmt: skip


def _passage(columns: Sequence[Any]) -> Passage:
    *before, spans, author, code, recognised, kinds = columns
    sentences = tuple((start, end) for start, end in json.loads(spans))
    known = *before, sentences, author, code, bool(recognised), tuple(kinds.split())
    return Passage(*known)
