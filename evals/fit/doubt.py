"""Weigh the local model's yes or no against the retriever: python -m geungeo.evals.fit.doubt BENCH

A logistic regression on two log-odds, that of the retriever's gate and that of the model's
"Yes" against its "No". The questions are a sample of the sets on which the gate is fitted,
as many answerable as not. To these come near misses, from which the passages that hold an
answer were taken away, so that the rest of the same article remains.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from geungeo.evals.fit.cases import PASSAGES, Case, beir_cases, near_misses
from geungeo.rag.answer.model_answerer import ModelAnswerer
from geungeo.rag.assembly import make_answerer, open_scratch_store
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.retrieval import rank_rows, weigh
from geungeo.rag.ranking.weights import Weights, log_odds
from geungeo.rag.settings import Settings

_SETS = ("korquad-open", "xquad-en", "xquad-zh", "xquad-en2zh", "xquad-zh2en")


def main(bench: Path, each: Annotated[int, typer.Option(min=4)] = 24) -> None:
    """``each``: questions of each set."""
    asked = [case for name in _SETS for case in sample(bench, name, each)]
    weights = Weights.shipped()
    rows, label = [], []
    with (
        tempfile.TemporaryDirectory() as scratch,
        open_scratch_store(Settings(), Path(scratch), "") as store,
    ):
        answerer = make_answerer(store, Settings(answerer="local"))
        assert isinstance(answerer, ModelAnswerer)
        for case in asked:
            found = retrieved(case, weights)
            yes = answerer.yes_or_no(found)
            if yes is not None:
                rows.append((yes, log_odds(found.confidence)))
                label.append(case.answerable)
    features = np.array(rows)
    regression = LogisticRegression(C=1.0, class_weight="balanced").fit(features, label)
    both = regression.decision_function(features)
    for name, column in (("model", features[:, 0]), ("retriever", features[:, 1]), ("both", both)):
        typer.echo(f"{name:<10} AUC {roc_auc_score(label, column):.3f}")
    yes_weight, found_weight = regression.coef_[0]
    typer.echo(f"{len(label)} questions, weight of yes {yes_weight:.3f}, ", nl=False)
    typer.echo(f"of found {found_weight:.3f}, bias {regression.intercept_[0]:.3f}")


def sample(bench: Path, name: str, size: int) -> list[Case]:
    """Questions of a set at even distances, as many answerable as not."""
    found = beir_cases(bench / name, name, half=True)
    found.extend(near_misses(found))
    chosen: list[Case] = []
    for answerable in (True, False):
        kind = [case for case in found if case.answerable == answerable and case.candidates]
        places = np.linspace(0, len(kind) - 1, size // 2).astype(int)
        chosen.extend(kind[place] for place in places)
    return chosen


def retrieved(case: Case, weights: Weights) -> Retrieved:
    """What the retriever makes of a case's candidates."""
    model = weights.choose(case.question, [one.hit for one in case.candidates])
    best = rank_rows(case.candidates, case.rows, model)[:PASSAGES]
    found = weigh(case.demands, best, model)
    return replace(found, confidence=weights.gate.probability(found.features))


if __name__ == "__main__":
    typer.run(main)
