"""Fit rag/weights.json: python -m evals.fit BENCH_FOLDER [--sample FOLDER] [--out FILE]

Passages and sentences are ranked by conditional logit (McFadden 1974): the probability of
the right one among those that were looked at. The gate is a logistic regression on whether
the documents answer at all: unanswerable questions come from leaving every other article
out of the index, from taking away the passages that hold the answer (near misses), and from
the sample's own. Figures are cross-validated with whole articles held out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from evals.answers import holds
from evals.fit_cases import PASSAGES, Case, cases, gold_cases, near_misses
from rag.demands import Demands
from rag.retrieval import MOST_UNSUPPORTED, Weighed, rank_rows
from rag.scoring import GATE_FEATURES, PASSAGE_FEATURES, SENTENCE_FEATURES, sentence_features
from rag.weights import Linear, Model
from vectorstore import Analyzer, Encoder
from vectorstore.language import language_of

# Sets, each with the one that has its questions' answers in the language of the passages.
SAME_LANGUAGE = {"korquad": "korquad", "xquad-en": "xquad-en", "xquad-zh": "xquad-zh"}
OTHER_LANGUAGE = {"xquad-en2zh": "xquad-zh", "xquad-zh2en": "xquad-en"}
GATED = ("korquad-open", "xquad-en", "xquad-zh", *OTHER_LANGUAGE)
_FOLDS = 5
_PASSAGE_PENALTY, _SENTENCE_PENALTY = 5.0, 5.0
# The sample is small, and more like what people ask of reports than an encyclopedia is.
_SAMPLE_TIMES = 3
_GATE_WEIGHT = {"sample": 2.0}
_NEAR_MISS_WEIGHT = 0.2
_UNRANKED = Linear((0.0,) * len(SENTENCE_FEATURES))

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """Rows of features, and which of them is right."""

    article: str
    rows: Floats
    right: Bools


def fit_choices(choices: Sequence[Choice], penalty: float) -> Floats:
    """Weights that make the right rows likeliest, with an L2 penalty on standardised ones."""
    usable = [c for c in choices if c.right.any() and not c.right.all()]
    rows = np.concatenate([c.rows for c in usable])
    scale = rows.std(axis=0) + 1e-6
    standard = (rows - rows.mean(axis=0)) / scale
    right = np.concatenate([c.right for c in usable]).astype(float)
    sizes = [len(c.rows) for c in usable]
    starts = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(usable)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = standard @ weights
        power = np.exp(score - np.maximum.reduceat(score, starts)[group])
        share = power / np.add.reduceat(power, starts)[group]
        hit = np.add.reduceat(share * right, starts)
        pull = share - share * right / hit[group]
        value = -np.log(hit + 1e-12).sum() + penalty * (weights @ weights)
        return value / len(usable), (pull @ standard + 2 * penalty * weights) / len(usable)

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / scale
    return weights


def passage_choices(questions: Sequence[Case]) -> list[Choice]:
    return [
        Choice(case.article, np.array(case.rows), case.right)
        for case in questions
        if case.candidates
    ]


def sentence_choices(questions: Sequence[Case], model: Model) -> list[Choice]:
    """Right is a sentence of a relevant passage that holds an answer."""
    choices = []
    for case in questions:
        relevant = {
            one.hit.passage.id
            for one, right in zip(case.candidates, case.right, strict=True)
            if right
        }
        best = rank_rows(case.candidates, case.rows, model)[:PASSAGES]
        demands = Demands(case.query)
        rows: list[list[float]] = []
        right: list[bool] = []
        for one in best:
            passage = one.hit.passage
            rows.extend(sentence_features(case.query, one, best[0].hit.score, demands))
            right.extend(
                passage.id in relevant and holds(passage.sentence_text(i), case.answers)
                for i in range(len(passage.sentences))
            )
        choices.append(Choice(case.article, np.array(rows), np.array(right)))
    return choices


def fit_model(questions: Sequence[Case]) -> Model:
    passage = Linear(tuple(fit_choices(passage_choices(questions), _PASSAGE_PENALTY)))
    ranked = Model(passage, _UNRANKED)
    sentences = sentence_choices(questions, ranked)
    return Model(passage, Linear(tuple(fit_choices(sentences, _SENTENCE_PENALTY))))


@dataclass(frozen=True)
class Gated:
    """What the gate sees of some questions, with a row of features for each."""

    collections: npt.NDArray[np.str_]
    articles: npt.NDArray[np.str_]
    rows: Floats
    supported: Bools
    answerable: Bools

    def part(self, chosen: Bools) -> Gated:
        return Gated(
            self.collections[chosen],
            self.articles[chosen],
            self.rows[chosen],
            self.supported[chosen],
            self.answerable[chosen],
        )


def gated(questions: Sequence[Case], models: Models) -> Gated:
    seen = [case for case in questions if case.candidates]
    weighed = [models.weigh(case) for case in seen]
    return Gated(
        np.array([case.collection for case in seen]),
        np.array([case.article for case in seen]),
        np.array([one.features for one in weighed]),
        np.array([one.is_supported for one in weighed]),
        np.array([case.answerable for case in seen]),
    )


@dataclass(frozen=True)
class Models:
    same_language: Model
    other_language: Model

    def weigh(self, case: Case) -> Weighed:
        model = self.same_language if _is_same_language(case) else self.other_language
        best = rank_rows(case.candidates, case.rows, model)[:PASSAGES]
        return Weighed.of(case.query, best, model)


def fit_gate(questions: Gated) -> Linear:
    """Every collection weighs the same, its answerable questions as much as the others."""
    seen = questions.part(questions.supported)
    weights = np.zeros(len(seen.rows))
    for name in set(seen.collections):
        near = _NEAR_MISS_WEIGHT if name.endswith("near misses") else 1.0
        for answerable in (True, False):
            own = (seen.collections == name) & (seen.answerable == answerable)
            weights[own] = 1000 * _GATE_WEIGHT.get(name, near) / max(1, own.sum())
    scale = seen.rows.std(axis=0) + 1e-6
    regression = LogisticRegression(C=1.0, max_iter=5000)
    regression.fit(seen.rows / scale, seen.answerable, sample_weight=weights)
    return Linear(tuple(regression.coef_[0] / scale), float(regression.intercept_[0]))


def gate_odds(gate: Linear, questions: Gated) -> Floats:
    odds: Floats = np.array([gate(row) for row in questions.rows])
    return np.where(questions.supported, odds, np.minimum(odds, MOST_UNSUPPORTED))


def cross_validate_ranking(questions: Sequence[Case]) -> dict[str, float]:
    """Figures on articles that the weights have not seen."""
    first: list[bool] = []
    fifth: list[bool] = []
    sentences: list[list[bool]] = []
    articles = sorted({case.article for case in questions})
    for _, held_out in GroupKFold(_FOLDS).split(articles, groups=articles):
        out = {articles[i] for i in held_out}
        model = fit_model([case for case in questions if case.article not in out])
        tested = [case for case in questions if case.article in out]
        for choice in passage_choices(tested):
            order = np.argsort(-(choice.rows @ np.array(model.passage.weights)), kind="stable")
            first.append(bool(choice.right[order[0]]))
            fifth.append(bool(choice.right[order[:5]].any()))
        for choice in sentence_choices(tested, model):
            order = np.argsort(-(choice.rows @ np.array(model.sentence.weights)), kind="stable")
            sentences.append([bool(choice.right[order[:n]].any()) for n in (1, 3)])
    in_one, in_three = np.mean(sentences, axis=0)
    return _rounded(
        {
            "recall@1": np.mean(first),
            "recall@5": np.mean(fifth),
            "answer_in_first_sentence": in_one,
            "answer_in_three_sentences": in_three,
        }
    )


def cross_validate_gate(questions: Gated) -> dict[str, dict[str, float]]:
    """For each collection how well the gate tells, on articles that it has not seen."""
    odds = np.empty(len(questions.rows))
    groups = questions.articles
    for seen, held_out in GroupKFold(_FOLDS).split(questions.rows, groups=groups):
        chosen = np.zeros(len(odds), dtype=bool)
        chosen[seen] = True
        odds[held_out] = gate_odds(fit_gate(questions.part(chosen)), questions.part(~chosen))
    found = {}
    for name in sorted(set(questions.collections)):
        own = questions.collections == name
        answerable = questions.answerable & own
        unanswerable = ~questions.answerable & own
        figures = {"unanswerable_refused": np.mean(odds[unanswerable] < 0)}
        if answerable.any():
            figures["answerable_refused"] = np.mean(odds[answerable] < 0)
            figures["auc"] = roc_auc_score(questions.answerable[own], odds[own])
        found[name] = _rounded(figures)
    return found


def _rounded(figures: dict[str, Any]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in figures.items()}


def _named(names: Sequence[str], linear: Linear) -> dict[str, Any]:
    rounded = (round(float(weight), 4) for weight in linear.weights)
    weights = dict(zip(names, rounded, strict=True))
    return {"weights": weights} | ({"bias": round(linear.bias, 4)} if linear.bias else {})


def main(
    bench: Path,
    sample: Annotated[Path, typer.Option(help="Documents with questions.")] = Path("sample"),
    out: Annotated[Path, typer.Option()] = Path("rag/weights.json"),
) -> None:
    own = gold_cases(sample)
    fitted: dict[str, Any] = {
        "made_by": "python -m evals.fit",
        "encoder": Encoder().name,
        "analyzer": Analyzer().name,
    }
    models = {}
    for name, sets in (("same_language", SAME_LANGUAGE), ("other_language", OTHER_LANGUAGE)):
        questions = [
            case for one, answers in sets.items() for case in cases(bench, one, answers, half=False)
        ]
        alike = [case for case in own if _is_same_language(case) == (name == "same_language")]
        model = fit_model([*questions, *alike * _SAMPLE_TIMES])
        figures = cross_validate_ranking(questions)
        typer.echo(f"{name}: {len(questions)} questions, {json.dumps(figures)}")
        models[name] = model
        fitted[name] = {
            "ranked_on": [*sets, sample.name],
            "cross_validated": figures,
            "passage": _named(PASSAGE_FEATURES, model.passage),
            "sentence": _named(SENTENCE_FEATURES, model.sentence),
        }
    asked = list(own)
    for name in GATED:
        found = cases(bench, name, name, half=True)
        asked.extend([*found, *near_misses(found)])
    questions_of_gate = gated(asked, Models(**models))
    validated = cross_validate_gate(questions_of_gate)
    for name, row in validated.items():
        typer.echo(f"gate, {name}: {json.dumps(row)}")
    gate = fit_gate(questions_of_gate)
    fitted["gate"] = {"cross_validated": validated, **_named(GATE_FEATURES, gate)}
    out.write_text(json.dumps(fitted, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _is_same_language(case: Case) -> bool:
    return language_of(case.query.text) == language_of(case.candidates[0].hit.passage.text)


if __name__ == "__main__":
    typer.run(main)
