"""Numbers that say how well a passage fits a question.

Eight others told nothing beside these of sources that were left out of the fit
(docs/fitting.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from geungeo.rag.question.question import Question
from geungeo.rag.ranking.matching import Candidate, coverage

PASSAGE_FEATURES = (
    "lexical",
    "dense",
    "best_sentence_coverage",
    "best_pair_coverage",
    "adjacent_words",
    "gap",
    "distinctive_words",
    "distinctive_pairs",
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
        self._candidates = candidates
        asked = _character_pairs(question.text)
        self._pairs = [_pairs_within(asked, one.hit.passage.text) for one in candidates]
        wholes = np.stack([one.whole for one in candidates])
        holders = (wholes > 0).sum(axis=0).tolist()
        word_weight = np.array([self._rarity(count) for count in holders])
        self._pair_weight = {
            pair: self._rarity(sum(pair in own for own in self._pairs)) for pair in asked
        }
        self._pair_total = sum(self._pair_weight.values()) or 1.0
        self._words = wholes @ word_weight / (word_weight.sum() or 1.0)
        self._most_dense = max(one.hit.dense for one in candidates)
        self._lexical_order = sorted((one.hit.lexical for one in candidates), reverse=True)

    def _rarity(self, holders: int) -> float:
        return math.log((len(self._candidates) + 1) / (holders + 0.5)) if holders else 0.0

    def row(self, i: int) -> list[float]:
        hit = self._candidates[i].hit
        return [
            float(self._words[i]),
            sum(self._pair_weight[pair] for pair in self._pairs[i]) / self._pair_total,
            1 / (1 + self._lexical_order.index(hit.lexical)),
            self._most_dense - hit.dense,
        ]


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
    words = len(query.terms)
    return [
        hit.lexical,
        hit.dense,
        float(own.max(initial=0.0)),
        float(pairs.max(initial=0.0)),
        one.neighbours / (words - 1) if words > 1 else 0.0,
        best_score - hit.fused,
    ]
