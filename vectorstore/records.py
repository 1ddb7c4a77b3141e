"""What the store keeps and returns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from geungeo.vectorstore.embedding import Vectors

Terms = tuple[tuple[str, ...], ...]
"""The index terms of a passage: those of its headings first, then those of each sentence."""

TermGroup = Mapping[str, float]
"""The ways in which one word of a question can stand in a passage, each with its weight."""

SentenceKind = Literal["sentence", "heading", "item", "row", "caption", "note"]
"""What a stretch of a passage is: a sentence of a paragraph, a heading, an item of a list, a row
of a table, a caption, or a note at the foot of a page."""


@dataclass(frozen=True)
class Document:
    """One ingested file. ``text`` is the text as loaded; all offsets point into it. ``code``
    is the number of a report, as 2024-PR-27."""

    path: str
    name: str
    sha256: str
    text: str
    title: str = ""
    date: str = ""
    organisation: str = ""
    type: str = ""
    language: str = ""
    pages: int = 1
    author: str = ""
    code: str = ""


@dataclass(frozen=True)
class Chunk:
    """A stretch ``[start, end)`` of a document's text, with its sentences as spans and the kind
    of each (none given: all are sentences); ``recognised`` where it was read from a picture of
    its page."""

    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    section: str = ""
    page: int = 1
    recognised: bool = False
    kinds: tuple[SentenceKind, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A chunk with its terms, and its vectors of shape (1 + sentences, dimension), the
    whole chunk's first."""

    chunk: Chunk
    terms: Terms
    vectors: Vectors


@dataclass(frozen=True)
class Passage:
    """A chunk as it was indexed. ``sentences`` are character spans of the document's text."""

    id: int
    document: str
    path: str
    title: str
    date: str
    organisation: str
    type: str
    language: str
    section: str
    page: int
    start: int
    end: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    author: str = ""
    code: str = ""
    recognised: bool = False
    kinds: tuple[SentenceKind, ...] = ()

    def kind(self, index: int) -> SentenceKind:
        return self.kinds[index] if self.kinds else "sentence"

    def sentence_text(self, index: int) -> str:
        start, end = self.sentences[index]
        return self.text[start - self.start : end - self.start]


@dataclass(frozen=True)
class Filter:
    """Which documents are searched; what is empty does not narrow.

    Dates are ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD), both ends included; a document
    without a date lies outside every period. ``documents`` holds file names, ``languages``
    ``ko``, ``zh`` or ``en``, ``types`` kinds of documents such as ``press release``, and an
    organisation matches when it contains one of ``organisations``.
    """

    since: str = ""
    until: str = ""
    documents: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self == Filter()


@dataclass(frozen=True)
class QueryTerm:
    """A word of a question: the terms of the index that can stand for it, with weights.

    ``idf`` is the word's rarity in the index. ``known`` is false for a word that stands
    there only by neighbours that the encoder found, or not at all. ``is_name`` marks a part
    of a name, ``explained`` a word whose forms in other languages the glossary has. In
    ``spellings`` are the ways in which a text may write it, within a longer word perhaps.
    """

    word: str
    alternatives: TermGroup
    idf: float
    known: bool
    is_name: bool = False
    explained: bool = False
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A question as the store understands it.

    ``phrases`` are names of several words that the glossary has, each in all its forms, the
    question's first.
    """

    text: str
    terms: tuple[QueryTerm, ...]
    vector: Vectors
    phrases: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def places(self) -> dict[str, list[tuple[int, float]]]:
        """For every alternative the words that it can stand for, by index, with its weight."""
        found: dict[str, list[tuple[int, float]]] = {}
        for index, term in enumerate(self.terms):
            for alternative, weight in term.alternatives.items():
                found.setdefault(alternative, []).append((index, weight))
        return found

    @cached_property
    def idf(self) -> npt.NDArray[np.float64]:
        """The words' idf, of shape (words,)."""
        return np.array([term.idf for term in self.terms])

    @cached_property
    def names(self) -> list[int]:
        """The words that are parts of names, by index."""
        return [index for index, term in enumerate(self.terms) if term.is_name]

    @property
    def rarity(self) -> float:
        """The sum of the words' idf."""
        return float(self.idf.sum())

    @property
    def known_share(self) -> float:
        return sum(term.known for term in self.terms) / len(self.terms) if self.terms else 1.0


@dataclass(frozen=True)
class Hit:
    """A retrieved passage.

    ``lexical`` is BM25 divided by the question's greatest possible BM25 and lies in [0, 1);
    ``dense`` is a cosine; ``fused`` is their convex combination, and ``score``, by which hits
    are sorted, is the same until a later stage changes it. ``sentence_scores`` holds the
    cosine of each sentence with the question, and ``also`` the names of other documents that
    have the same passage.
    """

    passage: Passage
    score: float
    lexical: float
    dense: float
    fused: float
    sentence_scores: tuple[float, ...] = ()
    terms: Terms = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentSummary:
    """A line of the list of documents."""

    path: str
    name: str
    sha256: str
    title: str
    date: str
    organisation: str
    type: str
    language: str
    pages: int
    author: str
    code: str
    passages: int


@dataclass(frozen=True)
class Description:
    """What of a document can be corrected; ``date`` is ISO 8601, as far as it is known."""

    title: str
    date: str = ""
    organisation: str = ""
    type: str = ""


@dataclass(frozen=True)
class Correction:
    """What is shown of a document in place of what was read of it; ``None`` leaves that as it
    is."""

    title: str | None = None
    date: str | None = None
    organisation: str | None = None
    type: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What is corrected."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) is not None)


@dataclass(frozen=True)
class IndexSettings:
    """What shaped an index. Two indexes can be read alike only if all of it is the same."""

    embedding: str
    analyzer: str
    chunker: str


def lies_within(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of some folders or lies in one, or in a file with others within;
    however the letters of either are composed."""
    own = unicodedata.normalize("NFC", path)
    return any(
        own == folder or own.startswith((f"{folder}/", f"{folder}!/"))
        for folder in (unicodedata.normalize("NFC", one) for one in folders)
    )


def name_of(path: str) -> str:
    """A file's name, its letters composed, by which it is found whatever disk it lies on."""
    return unicodedata.normalize("NFC", Path(path).name)
