"""Both stages of retrieval, and the sentences of what they find."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from geungeo.rag.ranking.demands import Demands, Lack
from geungeo.rag.ranking.gate_features import gate_features
from geungeo.rag.ranking.matching import Candidate, match
from geungeo.rag.ranking.reranker import CrossEncoderReranker
from geungeo.rag.ranking.scoring import passage_features
from geungeo.rag.ranking.sentence_features import Ranked, sentence_features
from geungeo.rag.ranking.twins import joined
from geungeo.rag.ranking.weights import Gate, Model, Weights
from geungeo.vectorstore import Filter, Hit, Query, Store

# Passages of the first stage that the second looks at.
SECOND_STAGE = 20
# Sentences of a passage, with their neighbours, in which the wanted value is looked for.
_WINDOWS = 3


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
    fit: float
    run: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        return self.hit.passage.sentence_text(self.index)

    @property
    def span(self) -> tuple[int, int]:
        return self.hit.passage.sentences[self.index]

    @property
    def quoted_span(self) -> tuple[int, int]:
        """From where to where in the document it is quoted with what stands around it."""
        first, last = self.run or (self.index, self.index)
        return self.hit.passage.sentences[first][0], self.hit.passage.sentences[last][1]

    @property
    def quote(self) -> str:
        start, end = (place - self.hit.passage.start for place in self.quoted_span)
        return self.hit.passage.text[start:end]


@dataclass(frozen=True)
class Retrieved:
    """What was found for a question: hits and their sentences, best first.

    ``confidence`` is the probability, from 0 to 1, that they answer it, by the ``features`` that
    ``GATE_FEATURES`` names. ``lacks`` is what the question names or wants and each hit has not,
    ``lacking`` that of the hit with the best sentence; ``missing`` is the part of a question
    asked one by one that no hit answers.
    """

    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    confidence: float
    lacking: tuple[Lack, ...] = ()
    missing: tuple[Lack, ...] = ()
    lacks: tuple[tuple[Lack, ...], ...] = ()
    features: tuple[float, ...] = ()


@dataclass(frozen=True)
class Retriever:
    """Finds passages in a store and ranks them with fitted weights."""

    store: Store
    weights: Weights
    reranker: CrossEncoderReranker | None = None

    def search(self, question: str, k: int, only: Filter | None = None) -> list[Hit]:
        """The ``k`` best passages for a question, best first; scores lie in [0, 1]."""
        query = self.store.analyse(question)
        hits = joined(self.store.search(query, max(k, SECOND_STAGE), only))
        ranked = self._rank(query, hits, self.weights.choose(query, hits))
        rest = (replace(hit, score=0.0) for hit in hits[SECOND_STAGE:])
        return [*(one.hit for one in ranked), *rest][:k]

    def retrieve(self, question: str, k: int, only: Filter | None = None) -> Retrieved:
        """The ``k`` best passages with their sentences scored against the question;
        ``k`` is ``SECOND_STAGE`` at most."""
        query = self.store.analyse(question)
        found = joined(self.store.search(query, SECOND_STAGE, only))
        if not found:
            return Retrieved(query, (), (), 0.0)
        model = self.weights.choose(query, found)
        best = self._rank(query, found, model)[:k]
        return weigh(query, best, model, self.weights.gate)

    def _rank(self, query: Query, hits: Sequence[Hit], model: Model) -> list[Candidate]:
        ranked = rank(query, hits, model)
        if self.reranker is None:
            return ranked
        texts = [one.hit.passage.text for one in ranked]
        return _by_share(ranked, _softmax(self.reranker.scores(query.text, texts)))


def rank(query: Query, hits: Sequence[Hit], model: Model) -> list[Candidate]:
    """The first ``SECOND_STAGE`` hits in their new order.

    A hit's score becomes the probability that it is the one among them that answers.
    """
    candidates = [match(query, hit) for hit in hits[:SECOND_STAGE]]
    return rank_rows(candidates, passage_features(query, candidates), model)


def rank_rows(
    candidates: Sequence[Candidate], rows: Sequence[Sequence[float]], model: Model
) -> list[Candidate]:
    """``rank`` for features that are known already, one row for each candidate."""
    return _by_share(candidates, _softmax([model.passage(row) for row in rows]))


def _by_share(candidates: Sequence[Candidate], shares: Sequence[float]) -> list[Candidate]:
    ranked = [
        replace(one, hit=replace(one.hit, score=share))
        for one, share in zip(candidates, shares, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.hit.score, one.hit.passage.id))


def weigh(query: Query, best: Sequence[Candidate], model: Model, gate: Gate) -> Retrieved:
    """Ranked candidates with their sentences and the probability that they answer."""
    weighed = Weighed.of(query, best, model)
    fits = _softmax([one.score for one in weighed.ranked])
    evidence = tuple(
        Evidence(one.candidate.hit, one.index, one.score, fit)
        for one, fit in zip(weighed.ranked, fits, strict=True)
    )
    hits = tuple(one.hit for one in best)
    return Retrieved(
        query,
        hits,
        evidence,
        gate.probability(weighed.features),
        weighed.lacking,
        weighed.missing,
        weighed.lacks,
        weighed.features,
    )


@dataclass(frozen=True)
class Weighed:
    """The sentences of some candidates, best first; ``lacking`` is what the passage of the best
    one lacks of the question's demands, ``missing`` what no candidate has of a question that they
    answer in part, and ``features`` is what the gate decides by."""

    ranked: tuple[Ranked, ...]
    lacking: tuple[Lack, ...]
    missing: tuple[Lack, ...]
    lacks: tuple[tuple[Lack, ...], ...]
    features: tuple[float, ...]

    @classmethod
    def of(cls, query: Query, best: Sequence[Candidate], model: Model) -> Weighed:
        demands = Demands(query)
        first = best[0].hit.score
        rows = [sentence_features(query, one, first, demands) for one in best]
        return cls.of_rows(query, best, rows, model, demands)

    @classmethod
    def of_rows(
        cls,
        query: Query,
        best: Sequence[Candidate],
        rows: Sequence[Sequence[Sequence[float]]],
        model: Model,
        demands: Demands,
    ) -> Weighed:
        """``of`` for features that are known already, for each candidate a row a sentence."""
        ranked = [
            Ranked(one, index, model.sentence(row))
            for one, own in zip(best, rows, strict=True)
            for index, row in enumerate(own)
        ]
        ranked.sort(key=lambda r: (-r.score, r.candidate.hit.passage.id, r.index))
        lacks = []
        for candidate in best:
            own = (one.text for one in ranked if one.candidate is candidate)
            held = demands.held(candidate)
            lacks.append(demands.lacks(candidate, held, list(islice(own, _WINDOWS))))
        features = gate_features(query, best, ranked, demands, lacks)
        meeting = [one for one, lack in zip(best, lacks, strict=True) if not lack]
        told = next(n for n, one in enumerate(best) if one is ranked[0].candidate)
        missing = demands.missing(meeting)
        return cls(tuple(ranked), lacks[told], missing, tuple(lacks), tuple(features))


def _softmax(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    greatest = max(values)
    powers = [math.exp(value - greatest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
