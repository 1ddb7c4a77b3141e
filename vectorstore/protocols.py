"""The two doors behind which a store's parts stand, whatever they are made of.

The catalogue is the book: documents, passages with their terms and vectors, and what of them is
visible. The index is derived from it: it finds passages by words and by vectors, may hold
passages that nobody sees yet or any more, and can be made anew from the catalogue. Both are
used by several threads at once, by one writer at a time and any number of readers.

``tests/contract`` holds what every implementation has to do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, Self

from geungeo.lang.forms import Form
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.records import (
    Correction,
    Description,
    Document,
    DocumentSummary,
    Entry,
    Filter,
    Passage,
    TermGroup,
    Terms,
)
from geungeo.vectorstore.sql.backend import Tables


@dataclass(frozen=True)
class IndexRecord:
    """What is indexed of a passage: its id and its document's in the catalogue, its terms with
    their repetitions, and its vector of shape (dimension,) and length 1."""

    passage: int
    document: int
    terms: Sequence[str]
    vector: Vectors

    @classmethod
    def of(cls, passage: int, document: int, entry: Entry) -> Self:
        """What is indexed of a passage that is catalogued as ``entry``."""
        return cls(passage, document, list(chain.from_iterable(entry.terms)), entry.vectors[0])


@dataclass(frozen=True)
class TermStatistics:
    """``known`` tells whether a passage of the index has a term; ``idf`` is BM25's inverse
    document frequency, log(1 + (N - n + 0.5) / (n + 0.5)), greatest for an unknown term, with n
    the ``passages`` that have the term. These may count ones that were removed for as long as the
    index has not been tidied."""

    known: bool
    idf: float
    passages: int


class Words(Protocol):
    """The words of an index: its vocabulary, which an encoder has read."""

    def words(self) -> list[str]:
        """The words that have been learned, in that order."""
        ...

    def look_up(self, terms: Collection[str]) -> dict[str, TermStatistics]:
        """How the index knows each of some terms, words or not. What a question asks for comes
        in a few calls of many terms."""
        ...

    def near_words(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        """For each row of vectors, of shape (rows, dimension), the nearest words with their
        cosines: ``most`` of them, none under ``least``, the nearest first."""
        ...


class Finder(Words, Protocol):
    """Finds passages by words and by vectors.

    All methods raise ``StoreError`` for what the disk, the server or damage does to them.
    """

    def search_lexical(
        self, question: Sequence[TermGroup], most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        """The passages that words fit best, best first: passage -> score in [0, 1).

        The score is Okapi BM25 (k1 = 1.2, b = 0.75) divided by the greatest that a passage could
        reach, the sum of (k1 + 1) * idf over the words of the question. Of a group's terms the
        one counts that gives most; a word that the index does not know counts in the divisor.
        A passage without any of the terms is not found. ``documents`` narrows the search to the
        passages of some documents, or of none.
        """
        ...

    def score_lexical(
        self, question: Sequence[TermGroup], passages: Collection[int]
    ) -> dict[int, float]:
        """``search_lexical``'s scores of given passages; those without any term are left out."""
        ...

    def search_dense(
        self, vector: Vectors, most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        """The passages nearest to a vector of shape (dimension,), nearest first: passage ->
        cosine. ``documents`` narrows the search as in ``search_lexical``."""
        ...


class Index(Finder, Protocol):
    """A finder that is written; its methods raise as those of a finder."""

    def add(self, records: Sequence[IndexRecord]) -> None:
        """Write passages that are new. A search finds them when this returns."""
        ...

    def remove(self, documents: Collection[int]) -> None:
        """Forget the passages of documents; an unknown document changes nothing."""
        ...

    def unlearned(self, words: Collection[str]) -> set[str]:
        """Those of some words that the vocabulary has not."""
        ...

    def learn(self, words: Sequence[str], vectors: Vectors) -> None:
        """Add words with their vectors, of shape (words, dimension), to the vocabulary; a word
        that it has stays as it is."""
        ...

    def forget(self, words: Collection[str]) -> None:
        """Take words out of the vocabulary; an unknown one changes nothing."""
        ...

    def lacking(self, passages: int) -> list[str]:
        """The names of those parts that hold fewer than so many passages, as they do when they
        were lost; ``passages`` is how many are visible."""
        ...

    def mend(self, parts: Collection[str], records: Sequence[IndexRecord]) -> None:
        """Write into some parts, named by ``lacking``, what they lack of whole documents, all
        passages of which are given."""
        ...

    def refresh(self) -> None:
        """See what other processes have written."""
        ...

    def close(self) -> None: ...


class Catalogue(Protocol):
    """The book of documents and passages. It alone decides what is visible.

    All methods raise ``StoreError`` for what the disk, the server or damage does to them; where
    ``why_read_only`` says something, what changes the catalogue does too.
    """

    why_read_only: str
    """Why nothing can be written, in the system's words; empty where it can be."""
    shared: Tables | None
    """What is kept beside the catalogue, where several machines share it; closed with it."""

    def without(self, hidden: Collection[str]) -> Catalogue:
        """The same catalogue as it is for who may not see the documents of some folders, or within
        some files: nothing that is read of what is visible tells of them. It is only read, and
        lasts as long as this one."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers out, in this process and in others, as long as it is entered."""
        ...

    def ingesting(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        """Keep other ingests waiting as long as it is entered: those of all processes, and where
        the catalogue is shared of all machines. ``waits`` is called where another is there first.
        A process that dies keeps nobody waiting."""
        ...

    def version(self) -> int:
        """A number that changes when another process has written; own writes need not count."""
        ...

    # Writing: add, and once the index has the passages, publish.

    def add(
        self, document: Document, entries: Sequence[Entry], names: Sequence[Sequence[Form]]
    ) -> tuple[int, list[int]]:
        """Write a document that nobody sees yet, with the forms of the names that it explains,
        in one transaction. Returns its id and those of its passages; no id is ever given again.
        """
        ...

    def publish(self, document: int) -> None:
        """Make a written document the one of its path in one transaction: a reader sees the old
        one or the new one, never both and never none."""
        ...

    def withdraw(self, path: str) -> None:
        """Hide the document of a path; an unknown path changes nothing."""
        ...

    def rename(self, path: str, new_path: str, name: str) -> None:
        """Give a visible document another path and name; an unknown path changes nothing."""
        ...

    def correct(self, path: str, correction: Correction) -> None:
        """Show the document of a path otherwise than it was read, in place of what was corrected
        of it before; an unknown path changes nothing.

        A correction stays with what is read anew at its path and goes with a document that is
        renamed. Where one is withdrawn, it waits for the same content to be published there, and
        is forgotten for another.
        """
        ...

    def correction_of(self, path: str, sha256: str) -> Correction:
        """What is, or will be, shown in place of what is read of some content, once that is
        published at a path."""
        ...

    def leftovers(self) -> list[int]:
        """The documents that nobody sees: withdrawn, replaced, or never published."""
        ...

    def terms(self, documents: Collection[int]) -> set[str]:
        """The terms of documents, visible or not."""
        ...

    def holders(self, terms: Collection[str], documents: Collection[int]) -> Mapping[str, int]:
        """In how many passages of documents, visible or not, each of some terms stands; those
        that stand in none are left out."""
        ...

    def purge(self, documents: Collection[int]) -> None:
        """Forget documents that nobody sees, in one transaction."""
        ...

    # Reading what is visible: documents and passages as they were corrected

    def documents(self, only: Filter) -> list[DocumentSummary]:
        """The documents that a filter lets through, by path."""
        ...

    def matching(self, only: Filter) -> list[int]:
        """The ids of the documents that a filter lets through."""
        ...

    def text(self, path: str) -> str | None:
        """A document's text as loaded; None for an unknown path."""
        ...

    def as_read(self, path: str) -> Description | None:
        """What was read of a document, whatever was corrected; None for an unknown path."""
        ...

    def corrections(self) -> dict[str, Correction]:
        """What is corrected, by the paths of documents."""
        ...

    def passages_of(self, path: str) -> list[Passage]:
        """The passages of a document in their order; none for an unknown path."""
        ...

    def passages(self, ids: Collection[int]) -> dict[int, tuple[Passage, Terms]]:
        """Those of some passages that are visible, with their terms."""
        ...

    def vectors(self, ids: Collection[int]) -> dict[int, Vectors]:
        """The vectors of those of some passages that are visible, each of shape
        (1 + sentences, dimension) with rows of length 1, the whole passage's first. They may be
        rounded so that a cosine moves by less than 0.002."""
        ...

    def passages_by_language(self) -> Mapping[str, int]:
        """How many passages belong to documents in each language."""
        ...

    def names(self) -> list[tuple[Form, ...]]:
        """The names that documents explain, each with its forms, each once."""
        ...

    def records(self) -> Iterator[Sequence[IndexRecord]]:
        """All that an index holds, a document at a time."""
        ...

    def close(self) -> None: ...


class Vocabulary(Words, Protocol):
    """What the expansion of a question asks of a collection."""

    def revision(self) -> int:
        """A number that changes whenever, by whomever, something has been written; what was
        asked for at one number holds until it is another. Sees what other processes wrote."""
        ...

    def passages_by_language(self) -> Mapping[str, int]:
        """How many passages belong to documents in each language."""
        ...

    def names(self) -> list[tuple[Form, ...]]:
        """The names that documents explain, each with the index terms of its forms."""
        ...
