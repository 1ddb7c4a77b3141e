"""Numbers that say how well a passage fits a question."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from geungeo.rag.question.asked import gives
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.matching import Candidate, coverage
from geungeo.vectorstore import Query

PASSAGE_FEATURES = (
    "lexical",
    "dense",
    "best_sentence_cosine",
    "coverage",
    "best_sentence_coverage",
    "best_pair_coverage",
    "adjacent_words",
    "rare_word",
    "kind_with_words",
    "gap",
    "length",
    "distinctive_words",
    "distinctive_pairs",
    "pairs_of_best_sentence",
    "saturated_words",
    "rank_dense",
    "rank_lexical",
    "question_cosine_gap",
)


def passage_features(question: Question, candidates: Sequence[Candidate]) -> list[list[float]]:
    """A row for each candidate, in the order of ``PASSAGE_FEATURES``; they are best first."""
    if not candidates:
        return []
    among = _Among(question, candidates)
    best = candidates[0].hit.fused
    return [_passage_row(question, one, best) + among.row(i) for i, one in enumerate(candidates)]


class _Among:
    """What sets a candidate apart from the others of the same question.

    Words and pairs of characters weigh by their rarity among the candidates, not in the index.
    """

    def __init__(self, question: Question, candidates: Sequence[Candidate]) -> None:
        self._query = question.query
        self._candidates = candidates
        asked = _character_pairs(question.text)
        self._sentence_pairs = []
        self._pairs = []
        for one in candidates:
            passage = one.hit.passage
            own = _pairs_within(asked, passage.text)
            self._pairs.append(own)
            self._sentence_pairs.append(
                [_pairs_within(own, passage.sentence_text(i)) for i in range(len(one.new))]
            )
        self._wholes = np.stack([one.whole for one in candidates])
        holders = (self._wholes > 0).sum(axis=0).tolist()
        self._word_weight = np.array([self._rarity(count) for count in holders])
        self._pair_weight = {
            pair: self._rarity(sum(pair in own for own in self._pairs)) for pair in asked
        }
        self._pair_total = sum(self._pair_weight.values()) or 1.0
        self._words = self._wholes @ self._word_weight / (self._word_weight.sum() or 1.0)
        self._dense_order = sorted((one.hit.dense for one in candidates), reverse=True)
        self._lexical_order = sorted((one.hit.lexical for one in candidates), reverse=True)

    def _rarity(self, holders: int) -> float:
        return math.log((len(self._candidates) + 1) / (holders + 0.5)) if holders else 0.0

    def row(self, i: int) -> list[float]:
        hit = self._candidates[i].hit
        best = max(map(self._pair_sum, self._sentence_pairs[i]), default=0.0)
        return [
            float(self._words[i]),
            self._pair_sum(self._pairs[i]) / self._pair_total,
            best / self._pair_total,
            _saturated(self._query, self._candidates[i]),
            1 / (1 + self._dense_order.index(hit.dense)),
            1 / (1 + self._lexical_order.index(hit.lexical)),
            self._dense_order[0] - hit.dense,
        ]

    def _pair_sum(self, pairs: Sequence[str]) -> float:
        return sum(self._pair_weight[pair] for pair in pairs)


def _saturated(query: Query, one: Candidate) -> float:
    """BM25 of the passage with k1 = 0.6 and b = 0.6, for a mean length of 100 terms."""
    norm = 0.6 * (0.4 + 0.6 * one.length / 100)
    best = [0.0] * len(query.terms)
    for term, count in one.counts.items():
        for word, weight in query.places[term]:
            best[word] = max(best[word], weight * count / (count + norm))
    return float(query.idf @ np.array(best)) / (query.rarity or 1.0)


def _character_pairs(text: str) -> list[str]:
    """The different pairs of neighbouring letters within words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return sorted({word[i : i + 2] for word in words for i in range(len(word) - 1)})


def _pairs_within(pairs: Sequence[str], text: str) -> list[str]:
    lower = text.lower()
    return [pair for pair in pairs if pair in lower]


def _passage_row(question: Question, one: Candidate, best_score: float) -> list[float]:
    hit, sentences, query = one.hit, one.held[1:], question.query
    own = coverage(query, sentences)
    pairs = coverage(query, np.maximum(sentences[:-1], sentences[1:])) if len(own) > 1 else own
    valued = question.form in ("time", "number")
    kinds = (
        cover
        for i, cover in enumerate(own.tolist())
        if valued and gives(question.form, hit.passage.sentence_text(i))
    )
    whole = one.whole
    words = len(query.terms)
    return [
        hit.lexical,
        hit.dense,
        max(hit.sentence_scores, default=hit.dense),
        float(coverage(query, whole)),
        float(own.max(initial=0.0)),
        float(pairs.max(initial=0.0)),
        one.neighbours / (words - 1) if words > 1 else 0.0,
        float(whole[query.idf.argmax()]) if words else 0.0,
        max(kinds, default=0.0),
        best_score - hit.fused,
        math.log1p(len(hit.passage.text)) / 10,
    ]
