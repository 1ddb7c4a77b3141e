"""Numbers that say how well a sentence of a passage fits a question.

Twenty-six others told nothing beside these of sources that were left out of the fit
(docs/fitting.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geungeo.lang.documents.labels import TITLE_LABEL
from geungeo.lang.ends import is_question
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import HELD, Demands
from geungeo.rag.ranking.matching import Candidate, Floats, coverage
from geungeo.vectorstore import Hit, Query

SENTENCE_FEATURES = (
    "own",
    "near",
    "cosine",
    "before_best",
    "value_given",
    "value_lacking",
    "length",
    "echo",
    "asks",
    "heading",
    "content_held",
    "passage_lacks",
    "passage_gap",
)


def sentence_features(demands: Demands, one: Candidate, best_score: float) -> list[list[float]]:
    """A row for each sentence of a ranked candidate, in the order of ``SENTENCE_FEATURES``.

    ``best_score`` is the score of the question's best candidate.
    """
    return with_gap(ungapped_features(demands, one), passage_gap(best_score, one.hit.score))


def ungapped_features(demands: Demands, one: Candidate) -> list[list[float]]:
    """``sentence_features`` without the last, which depends on how passages are ranked."""
    return _Sentences(demands, one).rows()


def with_gap(rows: Sequence[Sequence[float]], gap: float) -> list[list[float]]:
    return [[*row, gap] for row in rows]


def passage_gap(best_score: float, score: float) -> float:
    """How far a passage lies behind the best one, in powers of e, cut at 10."""
    return min(10.0, math.log(best_score / score)) if score > 0 else 10.0


@dataclass(frozen=True)
class _Sentences:
    """The sentences of a candidate, beside each other and against the question."""

    demands: Demands
    one: Candidate

    @property
    def _question(self) -> Question:
        return self.demands.question

    @property
    def _query(self) -> Query:
        return self.demands.question.query

    def rows(self) -> list[list[float]]:
        passage = self.one.hit.passage
        texts = [passage.sentence_text(i) for i in range(len(self.one.new))]
        whole = self._of_passage()
        return [
            [
                self._own[i],
                float(coverage(self._query, self._near(i)[None])[0]),
                self.one.hit.sentence_scores[i],
                self._is_before_best(i),
                *self._value(text),
                math.log1p(len(text)) / 5,
                float(self.one.new[i] == 0),
                float(is_question(text)),
                self._is_mere_heading(i),
                *whole,
            ]
            for i, text in enumerate(texts)
        ]

    @cached_property
    def _own(self) -> list[float]:
        return [float(share) for share in coverage(self._query, self.one.held[1:])]

    def _near(self, i: int) -> Floats:
        """The weights of the words in a sentence with its neighbours and the headings."""
        around = self.one.held[1:][max(0, i - 1) : i + 2]
        return np.asarray(np.maximum(self.one.held[0], around.max(axis=0)))

    def _is_before_best(self, i: int) -> float:
        """Whether the next sentence has more of the question's words than any other."""
        after = self._own[i + 1] if i + 1 < len(self._own) else 0.0
        return float(0 < max(self._own) == after > self._own[i])

    def _value(self, text: str) -> list[float]:
        """Whether a value such as is asked for is given, and whether it is not."""
        wanted = bool(self._question.wanted.kind)
        given = wanted and self.demands.gives_value([text])
        return [float(given), float(wanted and not given)]

    def _is_mere_heading(self, i: int) -> float:
        """A heading repeats the question's words and says nothing of them; asked about by its
        code, though, a document answers with its title."""
        by_code = bool(self.demands.codes) and not self._question.wanted.kind
        return float(is_heading(self.one.hit, i) and not by_code)

    def _of_passage(self) -> list[float]:
        """The shares of the words that the passage has, and that it lacks."""
        held = self.demands.held(self.one)
        content = self.demands.content
        share = content / (float(content.sum()) or 1.0)
        return [float(share @ held), float(share @ (held < HELD))]


def is_heading(hit: Hit, index: int) -> bool:
    """Whether a sentence is the title of its document or a heading over its passage."""
    passage = hit.passage
    text = " ".join(passage.sentence_text(index).split()).strip("<>[]")
    return (
        text == passage.title
        or text in passage.section.split(" › ")
        or text.removeprefix(TITLE_LABEL) == passage.title
    )
