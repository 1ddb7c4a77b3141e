"""Does the best evidence answer the question at all?

A logistic regression over what retrieval found. Its weights lie in ``gate.json`` with
where they come from; ``evals/fit_gate.py`` makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from rag.evidence import Evidence
from vectorstore import Hit, Query
from vectorstore.language import language_of

FEATURES = (
    "hit_score",
    "hit_lexical",
    "hit_dense",
    "sentence_score",
    "sentence_own",
    "sentence_coverage",
    "sentence_dense",
    "known_share",
    "margin",
)


def features(query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> list[float]:
    """One number for each of ``FEATURES``; ``hits`` and ``evidence`` are best first."""
    best, top = hits[0], evidence[0]
    rarity = sum(term.idf for term in query.terms)
    known = sum(term.idf for term in query.terms if term.known)
    return [
        best.score,
        max(hit.lexical for hit in hits),
        max(hit.dense for hit in hits),
        top.score,
        top.own,
        top.coverage,
        max(found.dense for found in evidence[:5]),
        known / rarity if rarity else 0.0,
        best.score - hits[-1].score,
    ]


@dataclass(frozen=True)
class Regression:
    """Weights in the order of ``FEATURES``, and the bias."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Sequence[float]) -> float:
        z = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-z))


@dataclass(frozen=True)
class Gate:
    """One regression for questions in the language of the best passage and one for others,
    whose scores lie lower throughout."""

    same_language: Regression
    other_language: Regression

    @classmethod
    def shipped(cls) -> Gate:
        data = json.loads((files("rag") / "gate.json").read_text(encoding="utf-8"))
        return cls(_regression(data["same_language"]), _regression(data["other_language"]))

    def probability(self, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> float:
        """How likely the hits answer the question, from 0 to 1."""
        if not hits or not evidence:
            return 0.0
        same = language_of(query.text) == language_of(hits[0].passage.text)
        regression = self.same_language if same else self.other_language
        return regression.probability(features(query, hits, evidence))


def _regression(data: Mapping[str, Any]) -> Regression:
    return Regression(tuple(data["weights"][name] for name in FEATURES), data["bias"])
