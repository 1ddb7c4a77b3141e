"""Fitted weights, from the file that ``python -m geungeo.evals.fit`` writes."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geungeo.errors import GeungeoError
from geungeo.lang.detect import language_of
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES
from geungeo.rag.ranking.thresholds import Thresholds, fitted, weights_file
from geungeo.vectorstore import Hit

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Linear:
    """A weighted sum of features."""

    weights: tuple[float, ...]
    bias: float = 0.0

    @classmethod
    def of(cls, part: Mapping[str, Any], features: Sequence[str]) -> Linear:
        """What the file says of features by their names."""
        return cls(tuple(part["weights"][name] for name in features), part.get("bias", 0.0))

    def __call__(self, features: Sequence[float]) -> float:
        return self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))


_SAME_LANGUAGE = GATE_FEATURES.index("same_language")


@dataclass(frozen=True)
class Gate:
    """Tells whether passages answer. Calibrated log-odds are a weighted sum of features, one for
    each of the two ways in which question and passages differ in language."""

    same_language: Linear
    other_language: Linear
    thresholds: Thresholds

    def probability(self, features: Sequence[float]) -> float:
        return probability(self.linear(features)(features))

    def linear(self, features: Sequence[float]) -> Linear:
        """The weights for features of passages in the question's language, or in another."""
        return self.same_language if features[_SAME_LANGUAGE] > 0 else self.other_language


@dataclass(frozen=True)
class Model:
    """How passages and sentences are ranked."""

    passage: Linear
    sentence: Linear


class WeightsError(GeungeoError):
    """The weights were fitted for other parts than those in use; the message says what to do."""


@dataclass(frozen=True)
class Fingerprint:
    """The names of the encoder and the analyzer whose figures some weights weigh."""

    encoder: str
    analyzer: str


@dataclass(frozen=True)
class Weights:
    """One model for questions in the language of the best passage and one for others, whose
    words match by the bridge alone; ``gate`` tells whether the documents answer."""

    same_language: Model
    other_language: Model
    gate: Gate
    fitted_for: Fingerprint

    @classmethod
    def shipped(cls) -> Weights:
        data = fitted()
        return cls(
            _model(data["same_language"]),
            _model(data["other_language"]),
            _gate(data["gate"], Thresholds(**data["thresholds"])),
            Fingerprint(data["encoder"], data["analyzer"]),
        )

    @classmethod
    def shipped_for(cls, used: Fingerprint, chosen: Mapping[str, str]) -> Weights:
        """The shipped weights for an encoder and an analyzer.

        ``chosen`` names the setting by which a user has chosen another ``encoder`` or
        ``analyzer``: then the weights still rank, less well, and a warning says so.

        Raises:
            WeightsError: a part that nobody has chosen is not the one of the weights.
        """
        weights = cls.shipped()
        for part, name in vars(used).items():
            fitted_name = getattr(weights.fitted_for, part)
            if name == fitted_name:
                continue
            if part not in chosen:
                raise WeightsError(
                    f"{weights_file()}: fitted for the {part} {fitted_name}, and this is {name}. "
                    f"Fit them anew: python -m geungeo.evals.fit BENCH"
                )
            _log.warning(
                "%s: fitted for the %s %s; with %s, which %s names, answers are ranked less well "
                "and refused at another rate: GEUNGEO_GATE sets from which probability to answer",
                weights_file(), part, fitted_name, name, chosen[part],
            )  # fmt: skip
        return weights

    def choose(self, question: Question, hits: Sequence[Hit]) -> Model:
        """The model for a question and its hits, best first."""
        same = not hits or question.written_in == language_of(hits[0].passage.text)
        return self.same_language if same else self.other_language


def probability(odds: float) -> float:
    """The probability of some log-odds."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def log_odds(share: float) -> float:
    """The log-odds of a probability."""
    kept = max(1e-9, min(1 - 1e-9, share))
    return math.log(kept / (1 - kept))


def softmax(values: Sequence[float]) -> list[float]:
    """The share of each of some log-odds among all."""
    if not values:
        return []
    greatest = max(values)
    powers = [math.exp(value - greatest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]


def _model(data: Mapping[str, Any]) -> Model:
    return Model(
        Linear.of(data["passage"], PASSAGE_FEATURES), Linear.of(data["sentence"], SENTENCE_FEATURES)
    )


def _gate(data: Mapping[str, Any], thresholds: Thresholds) -> Gate:
    return Gate(
        Linear.of(data["same_language"], GATE_FEATURES),
        Linear.of(data["other_language"], GATE_FEATURES),
        thresholds,
    )
