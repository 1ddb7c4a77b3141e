"""What was found for a question, down to the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import Lack
from geungeo.vectorstore import Hit


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit.

    ``score`` orders the sentences of one question and has no unit; ``fit`` is the same
    against the other sentences, from 0 to 1. ``run`` are the first and the last of the
    sentences that are quoted with it, itself among them.
    """

    hit: Hit
    index: int
    score: float
    fit: float = 0.0
    run: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return self.hit.passage.sentence_text(self.index)

    @property
    def nearby(self) -> str:
        """The sentence with the one before and the one after it in its passage."""
        last = min(self.index + 1, len(self.hit.passage.sentences) - 1)
        return self._between(max(0, self.index - 1), last)

    @property
    def quoted_span(self) -> tuple[int, int]:
        """From where to where in the document it is quoted with what stands around it."""
        first, last = self.sentences
        return self.hit.passage.sentences[first][0], self.hit.passage.sentences[last][1]

    @property
    def quote(self) -> str:
        return self._between(*self.sentences)

    @property
    def sentences(self) -> tuple[int, int]:
        """The first and the last sentence of what is quoted."""
        return self.run or (self.index, self.index)

    def _between(self, first: int, last: int) -> str:
        passage = self.hit.passage
        start, end = passage.sentences[first][0], passage.sentences[last][1]
        return passage.text[start - passage.start : end - passage.start]


@dataclass(frozen=True)
class Retrieved:
    """What was found for a question: hits and their sentences, best first.

    ``confidence`` is the probability, from 0 to 1, that they answer it, by the ``features`` that
    ``GATE_FEATURES`` names and, where there is a reader, by its word too: ``read``, as
    ``rag.reading.weighing.GATE`` names it. ``lacks`` is what the
    question names or wants and each hit has not; ``missing`` is the part of a question asked one
    by one that no hit answers. ``parts`` is what was found for each of several questions that
    it asks, none where it asks one.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    lacks: tuple[tuple[Lack, ...], ...] = ()
    missing: tuple[Lack, ...] = ()
    features: tuple[float, ...] = ()
    read: tuple[float, ...] = ()
    parts: tuple[Retrieved, ...] = ()

    @property
    def lacking(self) -> tuple[Lack, ...]:
        """What the hit with the best sentence lacks."""
        if not self.evidence:
            return ()
        best = self.evidence[0].hit
        return next(own for hit, own in zip(self.hits, self.lacks, strict=True) if hit is best)
