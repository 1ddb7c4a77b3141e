"""Numbers that say how well a sentence of a passage fits a question."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geungeo.lang.documents.labels import TITLE_LABEL
from geungeo.lang.documents.lists import leads_in
from geungeo.lang.ends import ends_like_statement, is_question
from geungeo.rag.question.asked import can_be_given, gives
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import HELD, Demands
from geungeo.rag.ranking.matching import Candidate, Floats, coverage
from geungeo.vectorstore import Hit, Query

SENTENCE_FEATURES = (
    "own",
    "own_new_kind",
    "near",
    "passage",
    "cosine",
    "cosine_rank",
    "cosine_before",
    "cosine_after",
    "own_before",
    "own_after",
    "after_best",
    "before_best",
    "kind_wanted",
    "kind_lacking",
    "reason_wanted",
    "reason_lacking",
    "value_given",
    "value_lacking",
    "name_like",
    "person_asked_name_like",
    "length",
    "short",
    "title_like",
    "echo",
    "new_words",
    "first",
    "position",
    "asks",
    "leads_in",
    "after_lead_in",
    "heading",
    "heading_of_code",
    "content_held",
    "content_own",
    "content_near",
    "passage_lacks",
    "names_lacking",
    "subject_lacking",
    "passage_gap",
)
_QUOTES = re.compile(r"[‘'“\"(《「]")
_MANY_NEW_WORDS = 12
_SHORT = 15


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
        leads = [leads_in(text) for text in texts]
        whole = self._of_passage()
        return [
            [
                *self._words(i),
                *self._cosines(i),
                *self._neighbours(i),
                *self._kinds(text),
                *self._shape(i, text),
                float(is_question(text)),
                float(leads[i]),
                float(i > 0 and leads[i - 1]),
                *self._heading(i),
                whole[0],
                self._content[i],
                self._content_near[i],
                *whole[1:],
            ]
            for i, text in enumerate(texts)
        ]

    @cached_property
    def _near(self) -> Floats:
        """The weights of the words in each sentence with its neighbours and the headings."""
        heading, sentences = self.one.held[0], self.one.held[1:]
        rows = [
            np.maximum(heading, sentences[max(0, i - 1) : i + 2].max(axis=0))
            for i in range(len(sentences))
        ]
        return np.stack(rows) if rows else np.zeros((0, len(self._query.terms)))

    @cached_property
    def _own(self) -> list[float]:
        return [float(share) for share in coverage(self._query, self.one.held[1:])]

    @cached_property
    def _nearby(self) -> list[float]:
        return [float(share) for share in coverage(self._query, self._near)]

    @cached_property
    def _share_of_content(self) -> Floats:
        content = self.demands.content
        return np.asarray(content / (float(content.sum()) or 1.0))

    @cached_property
    def _content(self) -> list[float]:
        return [float(share) for share in self.one.held[1:] @ self._share_of_content]

    @cached_property
    def _content_near(self) -> list[float]:
        return [float(share) for share in self._near @ self._share_of_content]

    @cached_property
    def _whole(self) -> float:
        return float(coverage(self._query, self.one.whole))

    def _words(self, i: int) -> list[float]:
        new = self.one.new[i]
        return [self._own[i], self._own[i] * min(new, 6) / 6, self._nearby[i], self._whole]

    def _cosines(self, i: int) -> list[float]:
        cosines = self.one.hit.sentence_scores
        order = sorted(cosines, reverse=True)
        return [
            cosines[i],
            1 / (1 + order.index(cosines[i])),
            cosines[i - 1] if i else cosines[i],
            cosines[i + 1] if i + 1 < len(cosines) else cosines[i],
        ]

    def _neighbours(self, i: int) -> list[float]:
        own = self._own
        best = max(own)
        before = own[i - 1] if i else 0.0
        after = own[i + 1] if i + 1 < len(own) else 0.0
        return [
            before,
            after,
            float(0 < best == before and own[i] < best),
            float(0 < best == after and own[i] < best),
        ]

    def _kinds(self, text: str) -> list[float]:
        asked = self._question.form
        valued, reason = asked in ("time", "number"), asked == "reason"
        given = can_be_given(asked) and gives(asked, text)
        wanted = bool(self._question.wanted.kind)
        has_value = wanted and self.demands.gives_value([text])
        quoted = bool(_QUOTES.search(text))
        return [
            float(valued and given),
            float(valued and not given),
            float(reason and given),
            float(reason and not given),
            float(has_value),
            float(wanted and not has_value),
            float(not valued and quoted),
            float(asked == "person" and quoted),
        ]

    def _shape(self, i: int, text: str) -> list[float]:
        new, count = self.one.new[i], len(self.one.new)
        return [
            math.log1p(len(text)) / 5,
            float(len(text) < _SHORT),
            float(not ends_like_statement(text)),
            float(new == 0),
            min(new, _MANY_NEW_WORDS) / _MANY_NEW_WORDS,
            float(i == 0),
            i / max(1, count - 1),
        ]

    def _heading(self, i: int) -> list[float]:
        """A heading repeats the question's words and says nothing of them; asked about by its
        code, though, a document answers with its title."""
        heading = is_heading(self.one.hit, i)
        by_code = bool(self.demands.codes) and not self._question.wanted.kind
        return [float(heading and not by_code), float(heading and by_code)]

    def _of_passage(self) -> list[float]:
        held = self.demands.held(self.one)
        share = self._share_of_content
        subject = self.demands.subject
        return [
            float(share @ held),
            float(share @ (held < HELD)),
            float(min(3, len(self.demands.unnamed(self.one)))),
            float(bool(subject) and max(held[i] for i in subject) < HELD),
        ]


def is_heading(hit: Hit, index: int) -> bool:
    """Whether a sentence is the title of its document or a heading over its passage."""
    passage = hit.passage
    text = " ".join(passage.sentence_text(index).split()).strip("<>[]")
    return (
        text == passage.title
        or text in passage.section.split(" › ")
        or text.removeprefix(TITLE_LABEL) == passage.title
    )
