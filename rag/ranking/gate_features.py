"""Numbers that tell whether the passages that were found answer a question.

Forty others told nothing beside these of sources that were left out of the fit
(docs/fitting.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geungeo.lang.detect import language_of
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import HELD, Demands, Lack
from geungeo.rag.ranking.evidence import Evidence
from geungeo.rag.ranking.matching import Candidate, Floats, coverage
from geungeo.vectorstore import Query

_OF_SENTENCES = (
    "passage_probability",
    "sentence_score",
    "score_gap_to_other_passage",
    "own_cosine",
    "window_coverage",
    "own_content",
    "window_content",
    "length",
)
_OF_DEMANDS = (
    "names_lacking",
    "value_given",
    "words_absent",
    "number_lacks",
    "value_lacks",
    "meets_demands",
    "score_of_meeting",
)
_OF_QUESTION = ("same_language", "words", "value_wanted", "reason_asked")
GATE_FEATURES = (*_OF_SENTENCES, *_OF_DEMANDS, *_OF_QUESTION)
_FAR = 10.0


def gate_features(
    demands: Demands,
    candidates: Sequence[Candidate],
    ranked: Sequence[Evidence],
    lacks: Sequence[Sequence[Lack]],
) -> list[float]:
    """One number for each of ``GATE_FEATURES``; candidates and sentences are best first, and
    ``lacks`` says of each candidate what it lacks."""
    found = _Found(demands, candidates, ranked, lacks)
    return [*found.sentences(), *found.demanded(), *found.question()]


@dataclass(frozen=True)
class _Found:
    demands: Demands
    candidates: Sequence[Candidate]
    ranked: Sequence[Evidence]
    lacks: Sequence[Sequence[Lack]]

    @property
    def _question(self) -> Question:
        return self.demands.question

    @property
    def _query(self) -> Query:
        return self.demands.question.query

    @cached_property
    def _place(self) -> int:
        """That of the candidate with the best sentence."""
        best = self.ranked[0].hit
        return next(place for place, one in enumerate(self.candidates) if one.hit is best)

    @cached_property
    def _share_of_content(self) -> Floats:
        content = self.demands.content
        return np.asarray(content / (float(content.sum()) or 1.0))

    def sentences(self) -> list[float]:
        """Of the best passage and the best sentence, with those around it and the headings."""
        best = self.ranked[0]
        one, i = self.candidates[self._place], best.index
        own = one.held[1 + i]
        window = one.held[max(1, i) : i + 3].max(axis=0)
        headed = np.maximum(window, one.held[0])
        share = self._share_of_content
        others = (r.score for r in self.ranked if r.hit is not one.hit)
        return [
            self.candidates[0].hit.score,
            best.score,
            best.score - next(others, best.score - _FAR),
            one.hit.sentence_scores[i],
            float(coverage(self._query, headed[None])[0]),
            float(share @ own),
            float(share @ headed),
            min(len(one.hit.passage.sentence_text(i)), 400) / 100,
        ]

    def demanded(self) -> list[float]:
        demands = self.demands
        held = demands.held(self.candidates[self._place])
        kinds = [lack.kind for lack in self.lacks[self._place]]
        meeting = [
            one.hit.score for one, lack in zip(self.candidates, self.lacks, strict=True) if not lack
        ]
        is_wanted = bool(self._question.wanted.kind)
        return [
            float(sum(held[i] < HELD for i in self._query.names)),
            float(is_wanted and demands.gives_value([self.ranked[0].nearby])),
            float(demands.absent),
            float(kinds.count("number")),
            float(kinds.count("value")),
            float(bool(meeting)),
            max(meeting, default=0.0),
        ]

    def question(self) -> list[float]:
        question = self._question
        passage = self.candidates[0].hit.passage
        return [
            float(question.written_in == language_of(passage.text)),
            float(min(20, (self.demands.content > 0).sum())),
            float(bool(question.wanted.kind)),
            float(question.form == "reason"),
        ]
