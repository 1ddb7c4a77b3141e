"""The gate: whether the documents answer at all, by a logistic regression.

Every source weighs the same, in it every language of the questions, and in these answerable
questions as much as others. Its log-odds are calibrated, and its thresholds chosen, on sources
that were left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from geungeo.evals.fit.cases import Bools, Case
from geungeo.evals.fit.ranking import Floats, Models, without_column
from geungeo.rag.ranking.gate_features import GATE_FEATURES
from geungeo.rag.ranking.thresholds import Thresholds
from geungeo.rag.ranking.weights import Gate, Linear

# Of a source's unanswerable questions the share, against others, of those that were made by
# taking away what answers: more of the kind that people ask are among the others.
_NEAR_MISS_WEIGHT = 0.2
# The inverse of the L2 penalty on standardised weights, all sources together weighing as much as
# there are questions.
_LEAST_PENALTY = 0.001
_SAME = GATE_FEATURES.index("same_language")
# A wrong refusal costs so many times what an answer does whose quotes do not answer: the reader
# sees the quotes, and of what was refused nothing. It gives the probability to answer from.
_COST_OF_REFUSAL = 1.75
# Answerable questions of left-out sources that come close at least.
_CLOSE_SHARE = 0.9
_BINS = 10

Odds = Callable[[Floats], Floats]
Apart = Callable[["Gated", str], Bools]
"""Which questions are neither of a source nor on the same documents."""


@dataclass(frozen=True)
class Gated:
    """What the gate sees of some questions, with a row of features for each."""

    sources: npt.NDArray[np.str_]
    collections: npt.NDArray[np.str_]
    languages: npt.NDArray[np.str_]
    rows: Floats
    answerable: Bools
    near_misses: Bools

    @classmethod
    def of(cls, cases: Sequence[Case], models: Models) -> Gated:
        return cls.described(cases, np.array([models.weigh(case).features for case in cases]))

    @classmethod
    def described(cls, cases: Sequence[Case], rows: Floats) -> Gated:
        """Cases with a row of features each."""
        return cls(
            np.array([case.source for case in cases]),
            np.array([case.collection for case in cases]),
            np.array([case.language for case in cases]),
            rows,
            np.array([case.answerable for case in cases]),
            np.array([case.is_near_miss for case in cases]),
        )

    @classmethod
    def joined(cls, parts: Sequence[Gated]) -> Gated:
        names = [one.name for one in fields(cls)]
        return cls(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))

    def part(self, chosen: npt.NDArray[Any]) -> Gated:
        return Gated(*(getattr(self, one.name)[chosen] for one in fields(self)))

    @property
    def weights(self) -> Floats:
        """The weight of each question; their mean is 1."""
        found = np.zeros(len(self.rows))
        kinds = list(zip(self.sources, self.languages, strict=True))
        for source, language in set(kinds):
            own = (self.sources == source) & (self.languages == language)
            count = len({other for name, other in kinds if name == source})
            for answerable in (True, False):
                alike = own & (self.answerable == answerable)
                each = np.where(self.near_misses[alike], _NEAR_MISS_WEIGHT, 1.0)
                found[alike] = each / (each.sum() or 1.0) / count
        return np.asarray(found / found.mean())


def fit_linear(questions: Gated) -> tuple[Linear, Linear]:
    """Log-odds for passages in the question's language and for others, drawn towards each other:
    what holds in both is learned from both."""
    rows = _with_differences(questions.rows)
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    regression = LogisticRegression(C=_LEAST_PENALTY, max_iter=5000)
    regression.fit((rows - mean) / scale, questions.answerable, sample_weight=questions.weights)
    weights = regression.coef_[0] / scale
    bias = float(regression.intercept_[0] - mean @ weights)
    common, more = np.split(weights, 2)
    return Linear(tuple(common + more), bias), Linear(tuple(common), bias)


def linear_odds(questions: Gated) -> Odds:
    same, other = fit_linear(questions)

    def odds(rows: Floats) -> Floats:
        by_same, by_other = (rows @ np.array(one.weights) + one.bias for one in (same, other))
        return np.asarray(np.where(rows[:, _SAME] > 0, by_same, by_other))

    return odds


def calibrated_gate(questions: Gated, on: Calibrated) -> Gate:
    """What ``linear_odds`` are, calibrated, as the gate that is kept."""
    same, other = map(on.linear, fit_linear(questions))
    return Gate(same, other, on.thresholds)


def _with_differences(rows: Floats) -> Floats:
    return np.hstack([rows, rows * rows[:, [_SAME]]])


@dataclass(frozen=True)
class Calibrated:
    """How log-odds of left-out sources become probabilities: ``slope * odds + shift``."""

    slope: float
    shift: float
    thresholds: Thresholds
    reliability: list[dict[str, float]]

    @classmethod
    def on(cls, questions: Gated, odds: Floats) -> Calibrated:
        weights = questions.weights
        platt = LogisticRegression(C=1e6)
        platt.fit(odds[:, None], questions.answerable, sample_weight=weights)
        slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
        chances = 1 / (1 + np.exp(-(slope * odds + shift)))
        answers = 1 / (1 + _COST_OF_REFUSAL)
        close = min(answers, _quantile(chances, weights * questions.answerable, 1 - _CLOSE_SHARE))
        kept = Thresholds(round(answers, 3), round(close, 3))
        return cls(slope, shift, kept, _reliability(questions, chances))

    def odds(self, raw: Floats) -> Floats:
        return self.slope * raw + self.shift

    def linear(self, raw: Linear) -> Linear:
        """``odds`` of what ``raw`` gives."""
        weights = (self.slope * weight for weight in raw.weights)
        return Linear(tuple(weights), self.slope * raw.bias + self.shift)


def _quantile(values: Floats, weights: Floats, share: float) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][int(np.searchsorted(reached, share))])


def _reliability(questions: Gated, chances: Floats) -> list[dict[str, float]]:
    """For each tenth of the probabilities their mean and the share that is answerable."""
    weights = questions.weights
    places = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    found = []
    for place in range(_BINS):
        own = places == place
        if own.any():
            mean, share = (
                float(np.average(values[own], weights=weights[own]))
                for values in (chances, questions.answerable.astype(float))
            )
            found.append(
                {"said": round(mean, 3), "answerable": round(share, 3), "count": int(own.sum())}
            )
    return found


def gate_figures(
    names: npt.NDArray[np.str_], questions: Gated, odds: Floats, threshold: float
) -> dict[str, dict[str, Any]]:
    """For each name how well log-odds tell; near misses that were made are left aside."""
    limit = float(np.log(threshold / (1 - threshold)))
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(set(names)):
        own = (names == name) & ~questions.near_misses
        answerable, silent = own & questions.answerable, own & ~questions.answerable
        row: dict[str, Any] = {"questions": int(own.sum())}
        if answerable.any() and silent.any():
            row["auc"] = round(float(roc_auc_score(questions.answerable[own], odds[own])), 4)
        if silent.any():
            row["refused"] = round(float(np.mean(odds[silent] < limit)), 4)
        if answerable.any():
            row["wrong_refusals"] = round(float(np.mean(odds[answerable] < limit)), 4)
        found[str(name)] = row
    return found


def ablation(
    names: Sequence[str], questions: Gated, fit: Callable[[Gated], Odds], apart: Apart
) -> dict[str, float]:
    """What each feature is worth: the mean AUC of sources that were left out, with all of them
    and, by its name, without it."""

    def without(index: int) -> Gated:
        return replace(questions, rows=without_column(questions.rows, index))

    found = {"all": _left_out_auc(questions, fit, apart)}
    return found | {
        name: _left_out_auc(without(index), fit, apart) for index, name in enumerate(names)
    }


def _left_out_auc(questions: Gated, fit: Callable[[Gated], Odds], apart: Apart) -> float:
    found = []
    for source in sorted(set(questions.sources)):
        own = questions.part(questions.sources == source)
        odds = fit(questions.part(apart(questions, source)))(own.rows)
        row = gate_figures(own.sources, own, odds, 0.5)[source]
        found += [row["auc"]] if "auc" in row else []
    return round(float(np.mean(found)), 4)
