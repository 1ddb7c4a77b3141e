"""Indexed documents under names for programs, which tell nothing of where the files lie."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geungeo.rag.answer.answer import Citation
from geungeo.rag.pipeline import Pipeline
from geungeo.ui.named import has_words
from geungeo.ui.server.errors import InvalidRequestError
from geungeo.vectorstore import DocumentSummary, Filter, Store

_LONGEST_ID = 16
_NOT_FOUND = 404


def id_of(path: str) -> str:
    """The name of the document of a path; it stays when the document is read again."""
    return hashlib.sha256(path.encode()).hexdigest()[:_LONGEST_ID]


def place_of(citation: Citation) -> str:
    """Where a quote stands, below the address of the documents: the text of its document, and
    the characters of it (RFC 5147)."""
    return f"{id_of(citation.passage.path)}/text#char={citation.start},{citation.end}"


def described(one: DocumentSummary) -> Mapping[str, Any]:
    """What is known of a document, under the keys that programs read."""
    return {
        "id": id_of(one.path), "document": one.name, "title": one.title, "date": one.date,
        "type": one.type, "organisation": one.organisation, "author": one.author,
        "code": one.code, "language": one.language, "pages": one.pages,
    }  # fmt: skip


@dataclass(frozen=True)
class Documents:
    """The documents of a store."""

    store: Store

    @classmethod
    def of(cls, chain: Pipeline) -> Documents:
        """Those that a chain answers from."""
        return cls(chain.retriever.store)

    def listed(self, only: Filter | None = None, words: str = "") -> list[DocumentSummary]:
        """What a filter lets through and is found by each of some words, as on the page."""
        return [one for one in self.store.documents(only) if has_words(one, words)]

    def find(self, name: str) -> DocumentSummary:
        """The document of an id or, where no other has it, of a file's name.

        Raises:
            InvalidRequestError: there is none, or more than one.
        """
        found = [one for one in self.store.documents() if name in (id_of(one.path), one.name)]
        if not found:
            raise InvalidRequestError(f"no document is {name!r}", "document", status=_NOT_FOUND)
        if len(found) > 1:
            ids = ", ".join(id_of(one.path) for one in found)
            raise InvalidRequestError(f"several documents are {name!r}: {ids}", "document")
        return found[0]

    def text(self, one: DocumentSummary) -> str:
        """The text of a document as it was read."""
        return self.store.text(one.path) or ""
