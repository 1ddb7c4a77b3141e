"""Fitted weights, from the file that ``python -m geungeo.evals.fit`` writes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geungeo.lang.detect import language_of
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES
from geungeo.rag.ranking.thresholds import Thresholds, fitted
from geungeo.rag.ranking.trees import Tree, from_json, value
from geungeo.vectorstore import Hit, Query


@dataclass(frozen=True)
class Linear:
    """A weighted sum of features."""

    weights: tuple[float, ...]
    bias: float = 0.0

    def __call__(self, features: Sequence[float]) -> float:
        return self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))


_SAME_LANGUAGE = GATE_FEATURES.index("same_language")


@dataclass(frozen=True)
class Gate:
    """Tells whether passages answer. Calibrated log-odds are a weighted sum of features, one for
    each of the two ways in which question and passages differ in language, and boosted trees."""

    same_language: Linear
    other_language: Linear
    trees: tuple[Tree, ...]
    thresholds: Thresholds

    def probability(self, features: Sequence[float]) -> float:
        return probability(self.linear(features)(features) + value(self.trees, features))

    def linear(self, features: Sequence[float]) -> Linear:
        """The weights for features of passages in the question's language, or in another."""
        return self.same_language if features[_SAME_LANGUAGE] > 0 else self.other_language


@dataclass(frozen=True)
class Model:
    """How passages and sentences are ranked."""

    passage: Linear
    sentence: Linear


@dataclass(frozen=True)
class Weights:
    """One model for questions in the language of the best passage and one for others, whose
    words match by the bridge alone; ``gate`` tells whether the documents answer."""

    same_language: Model
    other_language: Model
    gate: Gate

    @classmethod
    def shipped(cls) -> Weights:
        data = fitted()
        return cls(
            _model(data["same_language"]),
            _model(data["other_language"]),
            _gate(data["gate"]),
        )

    def choose(self, query: Query, hits: Sequence[Hit]) -> Model:
        """The model for a question and its hits, best first."""
        same = not hits or language_of(query.text) == language_of(hits[0].passage.text)
        return self.same_language if same else self.other_language


def probability(odds: float) -> float:
    """The probability of some log-odds."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def log_odds(share: float) -> float:
    """The log-odds of a probability."""
    kept = max(1e-9, min(1 - 1e-9, share))
    return math.log(kept / (1 - kept))


def _model(data: Mapping[str, Any]) -> Model:
    return Model(
        _linear(data["passage"], PASSAGE_FEATURES), _linear(data["sentence"], SENTENCE_FEATURES)
    )


def _gate(data: Mapping[str, Any]) -> Gate:
    return Gate(
        _linear(data["same_language"], GATE_FEATURES),
        _linear(data["other_language"], GATE_FEATURES),
        from_json(data["trees"], GATE_FEATURES),
        Thresholds(**data["thresholds"]),
    )


def _linear(part: Mapping[str, Any], features: Sequence[str]) -> Linear:
    return Linear(tuple(part["weights"][name] for name in features), part.get("bias", 0.0))
