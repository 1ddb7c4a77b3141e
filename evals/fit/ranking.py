"""Weights by which passages and sentences are ranked.

Both are conditional logits (McFadden 1974): the probability of the right one among those that
were looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from geungeo.evals.fit.cases import PASSAGES, Bools, Case
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.matching import Candidate
from geungeo.rag.ranking.retrieval import rank_rows, weigh_rows
from geungeo.rag.ranking.scoring import PASSAGE_FEATURES
from geungeo.rag.ranking.sentence_features import SENTENCE_FEATURES, passage_gap, with_gap
from geungeo.rag.ranking.weights import Linear, Model

_PASSAGE_PENALTY, _SENTENCE_PENALTY = 5.0, 20.0
_UNRANKED = Linear((0.0,) * len(SENTENCE_FEATURES))
# Questions of a source, of each way in which languages differ, that tell what a feature is worth.
_ENOUGH = 250

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """Rows of features, and which of them is right."""

    collection: str
    rows: Floats
    right: Bools
    weight: float = 1.0

    @property
    def is_usable(self) -> bool:
        return bool(self.right.any() and not self.right.all())


Fold = tuple[Sequence[Choice], Sequence[Choice]]
"""Choices to fit on, and those of a source that was left out."""


@dataclass(frozen=True)
class Models:
    same_language: Model
    other_language: Model

    def choose(self, case: Case) -> Model:
        return self.same_language if case.is_same_language else self.other_language

    def weigh(self, case: Case) -> Retrieved:
        model = self.choose(case)
        places, best = best_of(case, model)
        rows = _gapped(case, places, best)
        return weigh_rows(case.demands, best, rows, model)


def fit_choices(choices: Iterable[Choice], penalty: float) -> Floats:
    """Weights that make the right rows likeliest, with an L2 penalty on standardised ones."""
    usable = [c for c in choices if c.is_usable]
    rows = np.concatenate([c.rows for c in usable])
    scale = rows.std(axis=0) + 1e-6
    standard = (rows - rows.mean(axis=0)) / scale
    right = np.concatenate([c.right for c in usable]).astype(float)
    sizes = [len(c.rows) for c in usable]
    starts = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(usable)), sizes)
    times = np.array([c.weight for c in usable])
    total = float(times.sum())

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = standard @ weights
        power = np.exp(score - np.maximum.reduceat(score, starts)[group])
        share = power / np.add.reduceat(power, starts)[group]
        hit = np.add.reduceat(share * right, starts) + 1e-12
        pull = (share - share * right / hit[group]) * times[group]
        value = -(times * np.log(hit)).sum() + penalty * (weights @ weights)
        return value / total, (pull @ standard + 2 * penalty * weights) / total

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / scale
    return weights


def fit_models(cases: Sequence[Case]) -> Models:
    """One model for each of the two ways in which question and passages differ in language."""
    same = [case for case in cases if case.is_same_language]
    other = [case for case in cases if not case.is_same_language]
    return Models(fit_model(same), fit_model(other))


def fit_model(cases: Sequence[Case]) -> Model:
    model = _fit_passages(cases)
    times = times_of(cases)
    sentences = (sentence_choice(case, model, times[case.source]) for case in cases)
    return replace(model, sentence=Linear(tuple(fit_choices(sentences, _SENTENCE_PENALTY))))


def _fit_passages(cases: Sequence[Case]) -> Model:
    """A model that ranks passages and does not rank their sentences yet."""
    times = times_of(cases)
    passages = (passage_choice(case, times[case.source]) for case in cases)
    return Model(Linear(tuple(fit_choices(passages, _PASSAGE_PENALTY))), _UNRANKED)


def times_of(cases: Sequence[Case]) -> dict[str, float]:
    """How much a question of each source counts: a source weighs as the root of its size."""
    counts = Counter(case.source for case in cases if case.right.any())
    return {name: 20 / max(1, count) ** 0.5 for name, count in counts.items()} | {
        case.source: 0.0 for case in cases if case.source not in counts
    }


def passage_choice(case: Case, weight: float = 1.0) -> Choice:
    """Right is a passage that answers."""
    return Choice(case.collection, np.array(case.rows), case.right, weight)


def sentence_choice(case: Case, model: Model, weight: float = 1.0) -> Choice:
    """Right is a sentence of a relevant passage that answers."""
    places, best = best_of(case, model)
    rows = [row for own in _gapped(case, places, best) for row in own]
    right = [told for place in places for told in case.telling[place]]
    return Choice(case.collection, np.array(rows), np.array(right), weight)


def best_of(case: Case, model: Model) -> tuple[list[int], list[Candidate]]:
    """The first candidates by a model, with their places among the hits."""
    best = rank_rows(case.candidates, case.rows, model)[:PASSAGES]
    places = {one.hit.passage.id: place for place, one in enumerate(case.candidates)}
    return [places[one.hit.passage.id] for one in best], best


def _gapped(
    case: Case, places: Sequence[int], best: Sequence[Candidate]
) -> list[list[list[float]]]:
    first = best[0].hit.score
    return [
        with_gap(case.sentence_rows(place), passage_gap(first, one.hit.score))
        for place, one in zip(places, best, strict=True)
    ]


def figures(cases: Sequence[Case], models: Models) -> dict[str, dict[str, float]]:
    """For each collection how often what answers comes first: passages among all hits, and
    sentences among those of the first passages."""
    found: dict[str, list[list[bool]]] = {}
    for case in cases:
        if not (case.answerable and case.wanted):
            continue
        model = models.choose(case)
        passages = _hits(passage_choice(case), model.passage, (1, 5))
        sentences = _hits(sentence_choice(case, model), model.sentence, (1, 3))
        found.setdefault(case.collection, []).append([*passages, *sentences])
    names = ("recall@1", "recall@5", "sentence@1", "sentence@3")
    return {
        collection: {
            "questions": len(rows),
            **{n: round(float(v), 4) for n, v in zip(names, np.mean(rows, axis=0), strict=True)},
        }
        for collection, rows in sorted(found.items())
    }


def ablation(
    cases: Sequence[Case], apart: Callable[[Case, str], bool]
) -> dict[str, dict[str, float]]:
    """What each feature is worth: the mean log-likelihood of what answers, of passages and of
    sentences of sources that were left out, with all features and, by its name, without it."""
    passages, sentences = [], []
    for is_same in (True, False):
        alike = [case for case in cases if case.is_same_language is is_same]
        some = list(_some_of_each_source(alike))
        for source in sorted({case.source for case in some}):
            seen = [case for case in some if apart(case, source)]
            tested = [case for case in some if case.source == source]
            of_sentences = partial(sentence_choice, model=_fit_passages(seen))
            passages.append(_fold(seen, tested, passage_choice))
            sentences.append(_fold(seen, tested, of_sentences))
    return {
        "passage": _worth(passages, PASSAGE_FEATURES, _PASSAGE_PENALTY),
        "sentence": _worth(sentences, SENTENCE_FEATURES, _SENTENCE_PENALTY),
    }


def _fold(seen: Sequence[Case], tested: Sequence[Case], choice: Callable[..., Choice]) -> Fold:
    times = times_of(seen)
    fitted_on = [choice(case, weight=times[case.source]) for case in seen]
    return fitted_on, [choice(case) for case in tested]


def _some_of_each_source(cases: Sequence[Case]) -> Iterator[Case]:
    for own in {case.source: None for case in cases}:
        questions = [case for case in cases if case.source == own]
        yield from questions[:: max(1, len(questions) // _ENOUGH)]


def _worth(folds: Sequence[Fold], names: Sequence[str], penalty: float) -> dict[str, float]:
    def likelihood(left_out: int | None) -> float:
        found = []
        for seen, tested in folds:
            weights = fit_choices([_without(one, left_out) for one in seen], penalty)
            told = [_without(one, left_out) for one in tested if one.is_usable]
            found.append(np.mean([log_likelihood(one, weights) for one in told]))
        return round(float(np.mean(found)), 4)

    each = {name: likelihood(index) for index, name in enumerate(names)}
    return {"all": likelihood(None), **each}


def _without(choice: Choice, index: int | None) -> Choice:
    return choice if index is None else replace(choice, rows=without_column(choice.rows, index))


def without_column(rows: Floats, index: int) -> Floats:
    """Rows as if nothing were known of a feature."""
    left = rows.copy()
    left[:, index] = 0.0
    return left


def log_likelihood(choice: Choice, weights: Floats) -> float:
    """That of what is right, among the rows of a choice."""
    scores = choice.rows @ weights
    shares = np.exp(scores - scores.max())
    return float(np.log(shares[choice.right].sum() / shares.sum() + 1e-9))


def _hits(choice: Choice, linear: Linear, depths: Sequence[int]) -> list[bool]:
    order = np.argsort(-(choice.rows @ np.array(linear.weights)), kind="stable")
    return [bool(choice.right[order[:depth]].any()) for depth in depths]
