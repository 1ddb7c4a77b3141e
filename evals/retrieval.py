"""How well passages are found: ``geungeo eval retrieval``."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from geungeo.evals.baselines import Baseline, Search, build
from geungeo.evals.beir import CHUNKER, BeirSet
from geungeo.evals.extra import extra
from geungeo.rag.assembly import make_retriever, open_scratch_store
from geungeo.rag.settings import Settings

with extra("evals"):
    import ir_measures
    from ir_measures import RR, R, nDCG

MEASURES = {
    "ndcg@10": nDCG @ 10,
    "recall@1": R @ 1,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "mrr@10": RR @ 10,
}
_DEPTH = 10

Update = Callable[[int, int, str], None]


def evaluate(
    collection: BeirSet, settings: Settings, baseline: Baseline | None, update: Update
) -> dict[str, Any]:
    """Figures of our retrieval under the names of ``MEASURES``, with times in seconds for the
    index and milliseconds for a question; with a baseline, its own and the ratios."""
    with (
        tempfile.TemporaryDirectory(prefix="geungeo-eval-") as scratch,
        open_scratch_store(settings, Path(scratch), CHUNKER) as store,
    ):
        store.load_models()
        started = time.perf_counter()
        ids = collection.index(store)
        seconds = time.perf_counter() - started
        retriever = make_retriever(store, settings)

        def ours(question: str) -> dict[str, float]:
            return collection.retrieved(retriever.search(question, _DEPTH), ids)

        result = _figures(collection, ours, seconds, update)
    if baseline is None:
        return result
    with tempfile.TemporaryDirectory(prefix="geungeo-eval-") as scratch:
        started = time.perf_counter()
        theirs = build(baseline, collection.documents, store.encoder, _DEPTH, Path(scratch))
        seconds = time.perf_counter() - started
        compared = _figures(collection, theirs, seconds, update)
    ratios = {name: round(result[name] / compared[name], 4) for name in compared if compared[name]}
    return {**result, "baseline": {"name": baseline, **compared}, "ratio": ratios}


def _figures(
    collection: BeirSet, search: Search, seconds_index: float, update: Update
) -> dict[str, Any]:
    asked = [query for query in collection.queries if query.id in collection.relevant]
    run: dict[str, Mapping[str, float]] = {}
    milliseconds = []
    for done, query in enumerate(asked):
        update(done, len(asked), query.text)
        started = time.perf_counter()
        run[query.id] = search(query.text)
        milliseconds.append((time.perf_counter() - started) * 1000)
    qrels = {query: dict.fromkeys(found, 1) for query, found in collection.relevant.items()}
    measured = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {
        **{name: round(float(measured[measure]), 4) for name, measure in MEASURES.items()},
        "queries": len(asked),
        "documents": len(collection.documents),
        "seconds_index": round(seconds_index, 2),
        "ms_per_query_p50": round(float(p50), 2),
        "ms_per_query_p95": round(float(p95), 2),
    }
