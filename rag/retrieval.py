"""Both stages of retrieval, and the sentences of what they find."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.demands import Demands, Lack
from rag.matching import Candidate, match
from rag.reranker import CrossEncoderReranker
from rag.scoring import Ranked, gate_features, passage_features, sentence_features
from rag.twins import joined
from rag.weights import Linear, Model, Weights, probability
from vectorstore import Filter, Hit, Query, Store

# Passages of the first stage that the second looks at.
SECOND_STAGE = 20
# A heading repeats the question's words and says nothing of them; the sets on which the
# weights are fitted have none.
_HEADING_PENALTY = 2.0
# Sentences of a passage, with their neighbours, in which the wanted value is looked for.
_WINDOWS = 3
# The greatest log-odds where no passage has what the question names and wants.
MOST_UNSUPPORTED = -2.0


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

    ``confidence`` is the probability, from 0 to 1, that they answer it, and ``lacking`` what
    the question names or wants and the best hit has not; ``missing``
    is the part of a question asked one by one that no hit answers.
    """

    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    confidence: float
    lacking: tuple[Lack, ...] = ()
    missing: tuple[Lack, ...] = ()


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


def weigh(query: Query, best: Sequence[Candidate], model: Model, gate: Linear) -> Retrieved:
    """Ranked candidates with their sentences and the probability that they answer."""
    weighed = Weighed.of(query, best, model)
    odds = gate(weighed.features)
    if not weighed.is_supported:
        odds = min(odds, MOST_UNSUPPORTED)
    fits = _softmax([one.score for one in weighed.ranked])
    evidence = tuple(
        Evidence(one.candidate.hit, one.index, one.score, fit)
        for one, fit in zip(weighed.ranked, fits, strict=True)
    )
    hits = tuple(one.hit for one in best)
    found = weighed.lacking, weighed.missing
    return Retrieved(query, hits, evidence, probability(odds), *found)


@dataclass(frozen=True)
class Weighed:
    """The sentences of those candidates that have what the question demands, best first, or
    of all where none has it (``is_supported``); ``lacking`` is what the best candidate lacks,
    ``missing`` what none of them has of a question that they answer in part, and ``features``
    is what the gate decides by."""

    ranked: tuple[Ranked, ...]
    is_supported: bool
    lacking: tuple[Lack, ...]
    missing: tuple[Lack, ...]
    features: tuple[float, ...]

    @classmethod
    def of(cls, query: Query, best: Sequence[Candidate], model: Model) -> Weighed:
        demands = Demands(query)
        ranked = rank_sentences(query, best, model, demands)
        lacks = []
        for candidate in best:
            own = (one.text for one in ranked if one.candidate is candidate)
            held = demands.held(candidate)
            lacks.append(demands.lacks(candidate, held, list(islice(own, _WINDOWS))))
        supporting = [one for one, lack in zip(best, lacks, strict=True) if not lack]
        if supporting:
            ranked = [one for one in ranked if any(one.candidate is s for s in supporting)]
        features = gate_features(query, supporting or best, ranked, demands)
        missing = demands.missing(supporting)
        return cls(tuple(ranked), bool(supporting), lacks[0], missing, tuple(features))


def rank_sentences(
    query: Query, candidates: Sequence[Candidate], model: Model, demands: Demands
) -> list[Ranked]:
    """Every sentence of the candidates, best first."""
    # Asked about by its code, a document answers with its title.
    title = -_HEADING_PENALTY if demands.codes and not demands.wanted.kind else _HEADING_PENALTY
    found = [
        Ranked(one, index, model.sentence(row) - title * _is_heading(one.hit, index))
        for one in candidates
        for index, row in enumerate(sentence_features(query, one, candidates[0].hit.score, demands))
    ]
    return sorted(found, key=lambda r: (-r.score, r.candidate.hit.passage.id, r.index))


def _is_heading(hit: Hit, index: int) -> bool:
    passage = hit.passage
    text = " ".join(passage.sentence_text(index).split()).strip("<>[]")
    return (
        text == passage.title
        or text in passage.section.split(" › ")
        or text.removeprefix("제목 : ") == passage.title
    )


def _softmax(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    greatest = max(values)
    powers = [math.exp(value - greatest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
