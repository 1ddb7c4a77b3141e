"""Numbers that tell whether the passages that were found answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geungeo.lang.detect import language_of
from geungeo.lang.ends import is_whole
from geungeo.rag.question.asked import can_be_given, gives
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import HELD, Demands, Lack
from geungeo.rag.ranking.evidence import Evidence
from geungeo.rag.ranking.matching import Candidate, Floats, coverage
from geungeo.vectorstore import Hit, Query, QueryTerm

_OF_PASSAGES = (
    "fused",
    "lexical",
    "dense",
    "best_coverage",
    "best_sentence_coverage",
    "best_window_coverage",
    "sentence_cosine",
    "sentence_cosine_stands_out",
    "dense_stands_out",
    "lexical_stands_out",
    "known_share",
    "margin",
    "passage_probability",
    "probability_gap",
    "rare_words_held",
    "names_known",
    "names_held",
    "passages_with_names",
)
_OF_SENTENCES = (
    "sentence_score",
    "sentence_fit",
    "score_gap",
    "score_gap_to_other_passage",
    "own_cosine",
    "own_coverage",
    "window_coverage",
    "own_content",
    "window_content",
    "window_words",
    "rarest_missing",
    "rank_of_passage",
    "kind_in_sentence",
    "kind_in_window",
    "ends_as_sentence",
    "length",
)
_OF_DEMANDS = (
    "content_held",
    "best_content_held",
    "word_lacking",
    "words_unknown",
    "words_nowhere",
    "names_lacking",
    "value_given",
    "words_absent",
    "name_lacks",
    "number_lacks",
    "subject_lacks",
    "value_lacks",
    "meets_demands",
    "share_meeting_demands",
    "score_of_meeting",
)
_OF_QUESTION = (
    "same_language",
    "words",
    "names",
    "value_wanted",
    "number_asked",
    "time_asked",
    "reason_asked",
    "person_asked",
    "place_asked",
    "yes_or_no_asked",
)
GATE_FEATURES = (*_OF_PASSAGES, *_OF_SENTENCES, *_OF_DEMANDS, *_OF_QUESTION)
_LOOKED_AT = 5
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
    return [*found.passages(), *found.sentences(), *found.demanded(), *found.question()]


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
    def _hits(self) -> list[Hit]:
        return [one.hit for one in self.candidates]

    @cached_property
    def _wholes(self) -> Floats:
        return np.stack([one.whole for one in self.candidates[:_LOOKED_AT]])

    @cached_property
    def _share_of_content(self) -> Floats:
        content = self.demands.content
        return np.asarray(content / (float(content.sum()) or 1.0))

    def passages(self) -> list[float]:
        query, hits, wholes = self._query, self._hits, self._wholes
        best = max(hits, key=lambda hit: hit.fused)
        looked_at = self.candidates[:_LOOKED_AT]
        sentences = np.concatenate([one.held[1:] for one in looked_at])
        windows = np.concatenate([_windows(one.held[1:]) for one in looked_at])
        cosines = [max(hit.sentence_scores, default=0.0) for hit in hits]
        rarest = np.argsort(-query.idf, kind="stable")[:3]
        known = sum(term.idf for term in query.terms if term.known)
        names = query.names
        return [
            best.fused,
            max(hit.lexical for hit in hits),
            max(hit.dense for hit in hits),
            float(coverage(query, wholes).max()),
            float(coverage(query, sentences).max(initial=0.0)),
            float(coverage(query, windows).max(initial=0.0)),
            max(cosines),
            _standing_out(cosines),
            _standing_out([hit.dense for hit in hits]),
            _standing_out([hit.lexical for hit in hits]),
            known / (query.rarity or 1.0),
            best.fused - min(hit.fused for hit in hits),
            hits[0].score,
            hits[0].score - (hits[1].score if len(hits) > 1 else 0.0),
            float(wholes[:, rarest].mean(axis=1).max()) if len(rarest) else 0.0,
            min((_strength(query.terms[i]) for i in names), default=1.0),
            float(wholes[:, names].min(axis=1).max()) if names else 1.0,
            float((wholes[:, names].min(axis=1) >= HELD).mean()) if names else 1.0,
        ]

    def sentences(self) -> list[float]:
        best, query = self.ranked[0], self._query
        one, i = self.candidates[self._place], best.index
        own = one.held[1 + i]
        window = one.held[max(1, i) : i + 3].max(axis=0)
        headed = np.maximum(window, one.held[0])
        share = self._share_of_content
        content = self.demands.content
        scores = np.array([r.score for r in self.ranked])
        others = (r.score for r in self.ranked if r.hit is not one.hit)
        asked = self._question.form
        told = can_be_given(asked)
        text = one.hit.passage.sentence_text(i)
        return [
            best.score,
            float(1 / np.exp(scores - best.score).sum()),
            best.score - float(scores[1]) if len(scores) > 1 else _FAR,
            best.score - next(others, best.score - _FAR),
            one.hit.sentence_scores[i],
            float(coverage(query, own[None])[0]),
            float(coverage(query, headed[None])[0]),
            float(share @ own),
            float(share @ headed),
            float((headed[content > 0] >= HELD).mean()) if (content > 0).any() else 1.0,
            float((content * (headed < HELD)).max(initial=0.0)),
            float(self._place),
            float(told and gives(asked, text)),
            float(told and gives(asked, best.nearby)),
            float(is_whole(text)),
            min(len(text), 400) / 100,
        ]

    def demanded(self) -> list[float]:
        demands, wanted = self.demands, self._question.wanted
        held = demands.held(self.candidates[self._place])
        content = demands.content
        total = float(content.sum()) or 1.0
        weighing = content[content > 0]
        lacking = content * (held < HELD)
        terms = self._query.terms
        unknown = np.array([not term.known and _strength(term) < HELD for term in terms])
        nowhere = np.array([not term.known and not term.explained for term in terms])
        kinds = [lack.kind for lack in self.lacks[self._place]]
        meeting = [hit for hit, lack in zip(self._hits, self.lacks, strict=True) if not lack]
        best_held = max(float(content @ demands.held(one)) for one in self.candidates)
        return [
            float(content @ held) / total,
            best_held / total,
            float(lacking.max(initial=0.0)) / (float(weighing.mean()) if len(weighing) else 1.0),
            float(lacking @ unknown) / total if len(lacking) else 0.0,
            float(lacking @ nowhere) / total if len(lacking) else 0.0,
            float(sum(held[i] < HELD for i in self._query.names)),
            float(bool(wanted.kind) and demands.gives_value([self.ranked[0].nearby])),
            float(demands.absent),
            *(float(kinds.count(kind)) for kind in ("name", "number", "subject", "value")),
            float(bool(meeting)),
            len(meeting) / len(self._hits),
            max((hit.score for hit in meeting), default=0.0),
        ]

    def question(self) -> list[float]:
        question = self._question
        forms = ("number", "time", "reason", "person", "place", "yes or no")
        passage = self._hits[0].passage
        return [
            float(question.written_in == language_of(passage.text)),
            float(min(20, (self.demands.content > 0).sum())),
            float(len(question.query.names)),
            float(bool(question.wanted.kind)),
            *(float(question.form == one) for one in forms),
        ]


def _windows(sentences: Floats) -> Floats:
    """The weights in neighbouring sentences taken together."""
    pairs = np.maximum(sentences[:-1], sentences[1:])
    return np.asarray(pairs if len(pairs) else sentences)


def _standing_out(values: Sequence[float]) -> float:
    """By how many standard deviations the greatest of some values lies above their mean."""
    spread = float(np.std(values))
    return (max(values) - float(np.mean(values))) / spread if spread > 1e-6 else 0.0


def _strength(term: QueryTerm) -> float:
    """How surely the index has a word: 1 if it knows it, else the weight of what is nearest.

    A word that stands for nothing but itself has the weight 1 too.
    """
    nearest = (weight for weight in term.alternatives.values() if weight < 1)
    return 1.0 if term.known else max(nearest, default=0.0)
