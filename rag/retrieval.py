"""Both stages of retrieval, and the sentences of what they find."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.matching import Candidate, match
from rag.reranker import CrossEncoderReranker
from rag.scoring import gate_features, passage_features, sentence_features
from rag.weights import Model, Weights, probability
from vectorstore import Filter, Hit, Query, Store

# Passages of the first stage that the second looks at.
SECOND_STAGE = 20
# A heading repeats the question's words and says nothing of them; the sets on which the
# weights are fitted have none.
_HEADING_PENALTY = 2.0


@dataclass(frozen=True)
class Evidence:
    """One sentence of a hit.

    ``score`` orders the sentences of one question and has no unit; ``fit`` is the same
    against the other sentences, from 0 to 1.
    """

    hit: Hit
    index: int
    score: float
    fit: float

    @property
    def text(self) -> str:
        return self.hit.passage.sentence_text(self.index)

    @property
    def span(self) -> tuple[int, int]:
        return self.hit.passage.sentences[self.index]


@dataclass(frozen=True)
class Retrieved:
    """What was found for a question: hits and their sentences, best first.

    ``confidence`` is the probability, from 0 to 1, that they answer it.
    """

    query: Query
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True)
class Retriever:
    """Finds passages in a store and ranks them with fitted weights."""

    store: Store
    weights: Weights
    reranker: CrossEncoderReranker | None = None

    def search(self, question: str, k: int, only: Filter | None = None) -> list[Hit]:
        """The ``k`` best passages for a question, best first; scores lie in [0, 1]."""
        query = self.store.analyse(question)
        hits = self.store.search(query, max(k, SECOND_STAGE), only)
        ranked = self._rank(query, hits, self.weights.choose(query, hits))
        rest = (replace(hit, score=0.0) for hit in hits[SECOND_STAGE:])
        return [*(one.hit for one in ranked), *rest][:k]

    def retrieve(self, question: str, k: int, only: Filter | None = None) -> Retrieved:
        """The ``k`` best passages with their sentences scored against the question;
        ``k`` is ``SECOND_STAGE`` at most."""
        query = self.store.analyse(question)
        found = self.store.search(query, SECOND_STAGE, only)
        if not found:
            return Retrieved(query, (), (), 0.0)
        model = self.weights.choose(query, found)
        best = self._rank(query, found, model)[:k]
        return weigh(query, best, model)

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


def weigh(query: Query, best: Sequence[Candidate], model: Model) -> Retrieved:
    """Ranked candidates with their sentences and the probability that they answer."""
    evidence = score_sentences(query, best, model)
    odds = model.gate(gate_features(query, best, [found.score for found in evidence]))
    return Retrieved(query, tuple(one.hit for one in best), tuple(evidence), probability(odds))


def score_sentences(query: Query, candidates: Sequence[Candidate], model: Model) -> list[Evidence]:
    """Every sentence of the candidates, best first."""
    found = [
        (one.hit, index, model.sentence(row) - _HEADING_PENALTY * _is_heading(one.hit, index))
        for one in candidates
        for index, row in enumerate(sentence_features(query, one, candidates[0].hit.score))
    ]
    fits = _softmax([score for _, _, score in found])
    evidence = [Evidence(*one, fit) for one, fit in zip(found, fits, strict=True)]
    return sorted(evidence, key=lambda e: (-e.score, e.hit.passage.id, e.index))


def _is_heading(hit: Hit, index: int) -> bool:
    passage = hit.passage
    text = " ".join(passage.sentence_text(index).split()).strip("<>[]")
    return text == passage.title or text in passage.section.split(" › ")


def _softmax(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    greatest = max(values)
    powers = [math.exp(value - greatest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
