"""What an answer is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from geungeo.lang.detect import Language
from geungeo.rag.ranking.thresholds import Outcome
from geungeo.rag.routes.router import Route
from geungeo.vectorstore import Filter, Passage

Verdict = Literal["quoted", "checked"]
"""How a sentence is known to hold: it is the document's own, or was compared with it by value,
name, negation and content. One that fails is not shown."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer with the numbers of the citations that hold it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Citation:
    """A numbered quote: ``quote`` is the document's text from ``start`` to ``end``.

    ``score`` lies in [0, 1]: how well the sentence within it that answers, ``telling``, fits
    the question. ``also`` names other documents in which the same passage stands.
    """

    n: int
    quote: str
    start: int
    end: int
    score: float
    passage: Passage
    also: tuple[str, ...] = ()
    telling: str = ""

    def to_json(self) -> dict[str, Any]:
        passage = self.passage
        return {
            "n": self.n,
            "document": passage.document,
            "title": passage.title,
            "page": passage.page,
            "section": passage.section,
            "quote": self.quote,
            "score": round(self.score, 4),
        }

    def provenance(self) -> dict[str, Any]:
        """Where else the quote stands, and whether it was read by OCR."""
        return {"n": self.n, "also": list(self.also), "recognised": self.passage.recognised}


@dataclass(frozen=True)
class Seconds:
    retrieve: float = 0.0
    generate: float = 0.0
    total: float = 0.0


@dataclass(frozen=True)
class Answer:
    """An answer with its citations, or a refusal whose citations are the nearest passages, as
    are those of an answer that is still empty while it is being written.

    ``standalone`` is the question as it was looked up: a follow-up with the words of the
    conversation that it leans on. ``lacking`` holds the words of a refused question that
    no passage near it has. ``names`` are those of the quotes that the reader's language writes
    otherwise, each followed by its other forms. ``only`` is what the search was narrowed to, and
    ``close`` marks a refusal whose passages come close to an answer. ``dropped`` are sentences
    that a model has written and that the sources do not hold; ``elsewhere`` are titles of
    documents that answer a refused question and lie outside what the search was narrowed to.
    """

    question: str
    answer: str
    refused: bool
    language: Language
    answerer: str
    citations: tuple[Citation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    confidence: float = 0.0
    seconds: Seconds = field(default_factory=Seconds)
    standalone: str = ""
    searched_documents: int = 0
    lacking: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    dropped: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    only: Filter = field(default_factory=Filter)
    close: bool = False
    kind: Route = "passages"

    @property
    def outcome(self) -> Outcome:
        if self.refused:
            return "close" if self.close else "refused"
        return "answers"

    def to_json(self, identifier: str = "") -> dict[str, Any]:
        """The answer under the keys that other tools read."""
        return {
            "id": identifier,
            "question": self.question,
            "standalone": self.standalone,
            "answer": self.answer,
            "refused": self.refused,
            "language": self.language,
            "answerer": self.answerer,
            "kind": self.kind,
            "citations": [citation.to_json() for citation in self.citations],
            "provenance": [citation.provenance() for citation in self.citations],
            "sentences": [asdict(sentence) for sentence in self.sentences],
            "lacking": list(self.lacking),
            "names": [list(forms) for forms in self.names],
            "dropped": list(self.dropped),
            "elsewhere": list(self.elsewhere),
            "confidence": round(self.confidence, 4),
            "seconds": {name: round(value, 4) for name, value in asdict(self.seconds).items()},
        }
