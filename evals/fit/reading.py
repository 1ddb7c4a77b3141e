"""How much the reader's word counts beside the features: a few weights over what both say.

The reader has learned from no question on the documents of ``UNREAD``, and what the features say
of a question is from a fit without its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from geungeo.evals.fit.cases import Bools, Case
from geungeo.evals.fit.gate import Apart, Calibrated, Gated, Odds, ablation
from geungeo.evals.fit.ranking import Choice, Models, fit_choices, times_of
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.weights import Linear, probability
from geungeo.rag.reading.reader import Reader, Reading
from geungeo.rag.reading.weighing import (
    GATE,
    ReadingWeights,
    gate_row,
    passage_rows,
    sentence_rows,
)

UNREAD = ("finreg", "reading-law", "reading-report", "reports", "sample")
"""How the collections begin that the shipped reader has learned nothing from."""

_PENALTY = 5.0


@dataclass(frozen=True)
class Read:
    """A question with what was found for it and what the reader says of the hits; ``right`` are
    the hits that answer, ``telling`` the sentences of the evidence that do."""

    case: Case
    found: Retrieved
    readings: Sequence[Reading]
    right: Bools
    telling: Bools

    @classmethod
    def of(cls, case: Case, found: Retrieved, reader: Reader) -> Read:
        """A question with what was found, read."""
        readings = reader.read(case.query.text, [hit.passage for hit in found.hits])
        places = {hit.passage.id: place for place, hit in enumerate(case.hits)}
        right = np.array([case.right[places[hit.passage.id]] for hit in found.hits])
        telling = np.array(
            [case.telling[places[one.hit.passage.id]][one.index] for one in found.evidence]
        )
        return cls(case, found, readings, right, telling)


def fit_weights(ranked: Sequence[Read], gated: Sequence[Read]) -> ReadingWeights:
    """Passages and sentences by conditional logits, the gate by a logistic regression."""
    passage = _fit_choices(ranked, lambda one: (passage_rows(one.found, one.readings), one.right))
    sentence = _fit_choices(
        ranked, lambda one: (sentence_rows(one.found, one.readings), one.telling)
    )
    return ReadingWeights(passage, sentence, _fit_gate(_gated(gated)))


def _fit_gate(asked: Gated) -> Linear:
    regression = LogisticRegression()
    regression.fit(asked.rows, asked.answerable, sample_weight=asked.weights)
    return Linear(tuple(regression.coef_[0].tolist()), float(regression.intercept_[0]))


def _gated(reads: Sequence[Read]) -> Gated:
    rows = np.array([gate_row(one.found, one.readings) for one in reads])
    return Gated.described([one.case for one in reads], rows)


def gate_ablation(reads: Sequence[Read], apart: Apart) -> dict[str, float]:
    """What each feature of the gate with reading is worth."""

    def fit(seen: Gated) -> Odds:
        gate = _fit_gate(seen)
        return lambda rows: np.asarray(rows @ np.array(gate.weights) + gate.bias)

    return ablation(GATE, _gated(reads), fit, apart)


def calibrated(parts: Sequence[tuple[Sequence[Read], ReadingWeights]]) -> Calibrated:
    """How the gate's log-odds become probabilities, by questions of sources with the weights that
    were fitted without these."""
    asked = [_gated(reads) for reads, _ in parts]
    odds = [
        own.rows @ np.array(weights.gate.weights) + weights.gate.bias
        for own, (_, weights) in zip(asked, parts, strict=True)
    ]
    return Calibrated.on(Gated.joined(asked), np.concatenate(odds))


def _fit_choices(
    reads: Sequence[Read], of: Callable[[Read], tuple[list[list[float]], Bools]]
) -> Linear:
    times = times_of([one.case for one in reads])
    choices = []
    for one in reads:
        rows, right = of(one)
        weight = times[one.case.source]
        choices.append(Choice(one.case.collection, np.array(rows), right, weight))
    return Linear(tuple(fit_choices(choices, _PENALTY).tolist()))


def reads_of(
    cases: Sequence[Case], models: Models, odds: Sequence[float], reader: Reader
) -> Iterator[Read]:
    """Cases that the reader has learned nothing from, with what models find in them; ``odds`` are
    the gate's, calibrated."""
    for case, own in zip(cases, odds, strict=True):
        if case.collection.startswith(UNREAD):
            found = replace(models.weigh(case), confidence=probability(own))
            yield Read.of(case, found, reader)


def figures(
    reads: Sequence[Read], weights: ReadingWeights, threshold: float
) -> dict[str, dict[str, Any]]:
    """For each collection, without and with reading: whether questions can be told apart, and
    how often what answers comes first."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted({one.case.collection for one in reads}):
        own = [one for one in reads if one.case.collection == name]
        plain = _row(own, [one.found for one in own], threshold)
        read = _row(own, [weights.reweigh(one.found, one.readings) for one in own], threshold)
        found[name] = {"questions": len(own), "features": plain, "reading": read}
    return found


def _row(reads: Sequence[Read], results: Sequence[Retrieved], threshold: float) -> dict[str, float]:
    pairs = list(zip(reads, results, strict=True))
    there = [one.case.answerable for one in reads]
    row: dict[str, float | None] = {}
    if len(set(there)) == 2:
        row["auc"] = float(roc_auc_score(there, [result.confidence for result in results]))
    refused = [(one.case.answerable, r.confidence < threshold) for one, r in pairs]
    row["refused"] = _share([said for answerable, said in refused if not answerable])
    row["wrong_refusals"] = _share([said for answerable, said in refused if answerable])
    firsts = [_right_first(one, result) for one, result in pairs if one.right.any()]
    row["recall@1"] = _share(firsts)
    orders = [_telling_order(one, result) for one, result in pairs if one.telling.any()]
    for depth in (1, 3):
        row[f"sentence@{depth}"] = _share([any(order[:depth]) for order in orders])
    return {name: round(value, 4) for name, value in row.items() if value is not None}


def _telling_order(one: Read, result: Retrieved) -> list[bool]:
    telling = {
        (e.hit.passage.id, e.index): bool(t)
        for e, t in zip(one.found.evidence, one.telling, strict=True)
    }
    return [telling[e.hit.passage.id, e.index] for e in result.evidence]


def _right_first(one: Read, result: Retrieved) -> bool:
    right = {hit.passage.id for hit, r in zip(one.found.hits, one.right, strict=True) if r}
    return result.hits[0].passage.id in right


def _share(values: Sequence[bool]) -> float | None:
    return float(np.mean(values)) if values else None
