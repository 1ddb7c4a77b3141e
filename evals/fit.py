"""Fit rag/weights.json: python -m evals.fit BENCH_FOLDER [--out FILE]

Passages and sentences are ranked by conditional logit (McFadden 1974): the probability of
the right one among those that were looked at. The gate is a logistic regression on whether
the documents answer at all; unanswerable questions come from leaving every other article
out of the index. Figures are cross-validated with whole articles held out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
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
from evals.beir import CHUNKER, BeirSet
from rag.matching import Candidate, match
from rag.retrieval import SECOND_STAGE, rank_rows, score_sentences
from rag.scoring import (
    GATE_FEATURES,
    PASSAGE_FEATURES,
    SENTENCE_FEATURES,
    gate_features,
    passage_features,
    sentence_features,
)
from rag.weights import Linear, Model
from vectorstore import Analyzer, Encoder, Query, Store

# Sets, each with the one that has its questions' answers in the language of the passages.
SAME_LANGUAGE = {"korquad": "korquad", "xquad-en": "xquad-en", "xquad-zh": "xquad-zh"}
OTHER_LANGUAGE = {"xquad-en2zh": "xquad-zh", "xquad-zh2en": "xquad-en"}
_PASSAGES = 8
_FOLDS = 5
_PASSAGE_PENALTY, _SENTENCE_PENALTY = 5.0, 5.0
_UNRANKED = Linear((0.0,) * len(SENTENCE_FEATURES)), Linear((0.0,) * len(GATE_FEATURES))

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Case:
    """A question with its candidates and their features; ``right`` marks the relevant ones."""

    article: str
    query: Query
    candidates: list[Candidate]
    rows: list[list[float]]
    right: Bools
    answers: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True)
class Choice:
    """Rows of features, and which of them is right."""

    article: str
    rows: Floats
    right: Bools


def cases(bench: Path, name: str, answers_of: str, *, half: bool) -> list[Case]:
    """Every question of a set with its first hits; ``half`` leaves out every other article."""
    collection = BeirSet.read(bench / name)
    answers = {query.id: query.answers for query in BeirSet.read(bench / answers_of).queries}
    titles = sorted({document.title for document in collection.documents})
    whole = not half or not all(query.answerable for query in collection.queries)
    kept = set(titles if whole else titles[::2])
    article = {document.id: document.title for document in collection.documents}
    with (
        tempfile.TemporaryDirectory() as scratch,
        Store(Path(scratch), Encoder(), Analyzer(), CHUNKER) as store,
    ):
        ids = collection.index(store, kept)
        found = []
        for asked in collection.queries:
            relevant = collection.relevant.get(asked.id, frozenset())
            about = article.get(next(iter(relevant), ""), "")
            query = store.analyse(asked.text)
            hits = store.search(query, SECOND_STAGE)
            candidates = [match(query, hit) for hit in hits]
            rows = passage_features(query, candidates)
            right = np.array([ids[hit.passage.start] in relevant for hit in hits])
            answerable = asked.answerable and about in kept
            group = about or asked.id.split("-")[0]
            found.append(Case(group, query, candidates, rows, right, answers[asked.id], answerable))
        return found


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
        best = rank_rows(case.candidates, case.rows, model)[:_PASSAGES]
        rows: list[list[float]] = []
        right: list[bool] = []
        for one in best:
            passage = one.hit.passage
            rows.extend(sentence_features(case.query, one, best[0].hit.score))
            right.extend(
                passage.id in relevant and holds(passage.sentence_text(i), case.answers)
                for i in range(len(passage.sentences))
            )
        choices.append(Choice(case.article, np.array(rows), np.array(right)))
    return choices


def gate_rows(questions: Sequence[Case], model: Model) -> Floats:
    rows = []
    for case in questions:
        best = rank_rows(case.candidates, case.rows, model)[:_PASSAGES]
        scores = [found.score for found in score_sentences(case.query, best, model)]
        rows.append(gate_features(case.query, best, scores))
    return np.array(rows)


def fit_model(ranked: Sequence[Case], gated: Sequence[Case]) -> tuple[Model, float]:
    """A whole model, and the bias of its gate."""
    passage = Linear(tuple(fit_choices(passage_choices(ranked), _PASSAGE_PENALTY)))
    model = Model(passage, *_UNRANKED)
    sentence = Linear(tuple(fit_choices(sentence_choices(ranked, model), _SENTENCE_PENALTY)))
    model = Model(passage, sentence, model.gate)
    rows = gate_rows(gated, model)
    scale = rows.std(axis=0) + 1e-6
    regression = LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000)
    regression.fit(rows / scale, [case.answerable for case in gated])
    gate = Linear(tuple(regression.coef_[0] / scale), float(regression.intercept_[0]))
    return Model(passage, sentence, gate), gate.bias


def cross_validate(ranked: Sequence[Case], gated: Sequence[Case]) -> dict[str, float]:
    """Figures on articles that the weights have not seen."""
    first: list[bool] = []
    fifth: list[bool] = []
    sentences: list[list[bool]] = []
    odds: list[float] = []
    answerable: list[bool] = []
    articles = sorted({case.article for case in (*ranked, *gated)})
    folds = GroupKFold(_FOLDS).split(articles, groups=articles)
    for _, held_out in folds:
        out = {articles[i] for i in held_out}
        model, _ = fit_model(
            [case for case in ranked if case.article not in out],
            [case for case in gated if case.article not in out],
        )
        tested = [case for case in ranked if case.article in out]
        for choice in passage_choices(tested):
            order = np.argsort(-(choice.rows @ np.array(model.passage.weights)), kind="stable")
            first.append(bool(choice.right[order[0]]))
            fifth.append(bool(choice.right[order[:5]].any()))
        for choice in sentence_choices(tested, model):
            order = np.argsort(-(choice.rows @ np.array(model.sentence.weights)), kind="stable")
            sentences.append([bool(choice.right[order[:n]].any()) for n in (1, 3)])
        tested = [case for case in gated if case.article in out]
        odds.extend(model.gate(row) for row in gate_rows(tested, model))
        answerable.extend(case.answerable for case in tested)
    log_odds, label = np.array(odds), np.array(answerable)
    in_one, in_three = np.mean(sentences, axis=0)
    figures = {
        "recall@1": np.mean(first),
        "recall@5": np.mean(fifth),
        "answer_in_first_sentence": in_one,
        "answer_in_three_sentences": in_three,
        "gate_auc": roc_auc_score(label, log_odds),
        "unanswerable_refused": np.mean(log_odds[~label] < 0),
        "answerable_refused": np.mean(log_odds[label] < 0),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}


def fit_language(
    bench: Path, sets: dict[str, str], gate_sets: Sequence[str], say: Say
) -> dict[str, Any]:
    ranked = [c for name, answers in sets.items() for c in cases(bench, name, answers, half=False)]
    gated = [c for name in gate_sets for c in cases(bench, name, name, half=True)]
    say(f"{len(ranked)} questions for ranking, {len(gated)} for the gate")
    figures = cross_validate(ranked, gated)
    say(json.dumps(figures))
    model, bias = fit_model(ranked, gated)

    def named(names: Sequence[str], linear: Linear) -> dict[str, float]:
        return {n: round(float(w), 4) for n, w in zip(names, linear.weights, strict=True)}

    return {
        "ranked_on": list(sets),
        "gated_on": list(gate_sets),
        "cross_validated": figures,
        "passage": {"weights": named(PASSAGE_FEATURES, model.passage)},
        "sentence": {"weights": named(SENTENCE_FEATURES, model.sentence)},
        "gate": {"weights": named(GATE_FEATURES, model.gate), "bias": round(bias, 4)},
    }


def main(bench: Path, out: Annotated[Path, typer.Option()] = Path("rag/weights.json")) -> None:
    fitted = {
        "made_by": "python -m evals.fit",
        "encoder": Encoder().name,
        "analyzer": Analyzer().name,
        "same_language": fit_language(
            bench, SAME_LANGUAGE, ("korquad-open", "xquad-en", "xquad-zh"), typer.echo
        ),
        "other_language": fit_language(bench, OTHER_LANGUAGE, list(OTHER_LANGUAGE), typer.echo),
    }
    out.write_text(json.dumps(fitted, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
