"""Fit the refusal gate: python -m evals.fit_gate BENCH_FOLDER [--out rag/gate.json]

Each BEIR set gives answerable questions, and unanswerable ones by leaving every other
article out of the index. Figures are cross-validated with whole articles held out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from evals.beir import CHUNKER, BeirSet
from rag.evidence import score_sentences
from rag.gate import FEATURES, features
from vectorstore import Analyzer, Encoder, Store

SAME_LANGUAGE = ("korquad-open", "xquad-en", "xquad-zh")
OTHER_LANGUAGE = ("xquad-en2zh", "xquad-zh2en")
_REGULARISATION = 3.0
_PASSAGES = 8


@dataclass(frozen=True)
class Sample:
    """A question's features, whether it can be answered, and the article that it is about."""

    features: list[float]
    answerable: bool
    article: str


def collect(collection: BeirSet, store: Store) -> list[Sample]:
    titles = sorted({document.title for document in collection.documents})
    has_unanswerable = not all(query.answerable for query in collection.queries)
    kept = set(titles if has_unanswerable else titles[::2])
    collection.index(store, kept)
    article = {document.id: document.title for document in collection.documents}
    samples = []
    for query in collection.queries:
        about = next(iter(collection.relevant.get(query.id, ())), "")
        analysed = store.analyse(query.text)
        hits = store.search(analysed, _PASSAGES)
        evidence = score_sentences(analysed, hits, store.analyzer)
        samples.append(
            Sample(
                features(analysed, hits, evidence),
                query.answerable and article.get(about) in kept,
                article.get(about) or query.id.split("-")[0],
            )
        )
    return samples


def fit(samples: Sequence[Sample]) -> dict[str, object]:
    """Weights in the order of ``FEATURES``, with cross-validated figures."""
    rows = np.array([sample.features for sample in samples])
    labels = np.array([sample.answerable for sample in samples])
    articles = [sample.article for sample in samples]
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=1000)
    folds = GroupKFold(5)
    probability = cross_val_predict(
        model, rows, labels, groups=articles, cv=folds, method="predict_proba"
    )[:, 1]
    model.fit(rows, labels)
    return {
        "weights": dict(zip(FEATURES, model.coef_[0].round(4).tolist(), strict=True)),
        "bias": round(float(model.intercept_[0]), 4),
        "questions": len(labels),
        "auc": round(float(roc_auc_score(labels, probability)), 4),
        "refused_unanswerable": round(float((probability[~labels] < 0.5).mean()), 4),
        "refused_answerable": round(float((probability[labels] < 0.5).mean()), 4),
    }


def main(bench: Path, out: Annotated[Path, typer.Option()] = Path("rag/gate.json")) -> None:
    encoder, analyzer = Encoder(), Analyzer()
    fitted: dict[str, object] = {
        "fitted_by": "python -m evals.fit_gate",
        "encoder": encoder.name,
        "analyzer": analyzer.name,
    }
    for name, sets in (("same_language", SAME_LANGUAGE), ("other_language", OTHER_LANGUAGE)):
        samples: list[Sample] = []
        for folder in sets:
            with (
                tempfile.TemporaryDirectory() as scratch,
                Store(Path(scratch), encoder, analyzer, CHUNKER) as store,
            ):
                samples += collect(BeirSet.read(bench / folder), store)
        fitted[name] = {"sets": list(sets), **fit(samples)}
        typer.echo(f"{name}: {json.dumps(fitted[name], ensure_ascii=False)}")
    out.write_text(json.dumps(fitted, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
