"""What a large collection costs: ``geungeo bench search``.

The index in a folder, and where it is wanted one on milvus-lite, each hold the same collection of
``collection.py``, written through the store as an ingest writes it, and answer the same questions.
Every step runs in a process of its own, so that memory is told apart.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np

from geungeo.evals.apart import apart, peak_mib
from geungeo.evals.bench.collection import Collection
from geungeo.evals.generated import PASSAGES_PER_DOCUMENT
from geungeo.lang import Analyzer
from geungeo.vectorstore import Store
from geungeo.vectorstore.preparation import Prepared

Engine = Literal["embedded", "milvus"]
Figures = dict[str, float]
Place = tuple[str, int]
"""A passage: the path of its document, and where it begins there."""

_K = 10
_WARM_UP = 10
# What an ingest writes together.
_PASSAGES_AT_ONCE = 200
_CHUNKER = "synthetic-1"
_BUILT = "built.json"
_MIB = 1024 * 1024


def measure(
    passages: int, questions: int, *, with_milvus: bool = False, kept: Path | None = None
) -> dict[str, Figures]:
    """Figures by engine: seconds, milliseconds for a question, MiB of memory and of disk; for
    milvus-lite also the share of questions whose first passage is the same in the folder. ``cpu``
    is processor time of all threads, which other programs on the machine change least.

    In the folder ``kept`` the stores stay, and one that was built there with as many passages is
    asked without building it anew.
    """
    with ExitStack() as opened:
        folder = kept or Path(
            opened.enter_context(tempfile.TemporaryDirectory(prefix="geungeo-bench-"))
        )
        embedded, first = _measured(folder, "embedded", passages, questions)
        if not with_milvus:
            return {"embedded": embedded}
        milvus, other = _measured(folder, "milvus", passages, questions)
        milvus["same_first"] = float(np.mean([a == b for a, b in zip(first, other, strict=True)]))
        return {"embedded": embedded, "milvus": milvus}


def _measured(
    folder: Path, engine: Engine, passages: int, questions: int
) -> tuple[Figures, list[Place]]:
    own = folder / f"{engine}-{passages}"
    built = _built(own, engine, passages)
    asked, first = apart(ask, own, engine, passages, questions)
    return {**built, **asked}, first


def _built(folder: Path, engine: Engine, passages: int) -> Figures:
    file = folder / _BUILT
    if file.exists():
        figures: Figures = json.loads(file.read_text(encoding="utf-8"))
    else:
        figures = apart(build, folder, engine, passages)
        file.write_text(json.dumps(figures), encoding="utf-8")
    return figures


def build(folder: Path, engine: Engine, passages: int) -> Figures:
    """Write a collection into a new store."""
    collection = Collection(Analyzer())
    with _opened(folder, engine, collection) as store, ThreadPoolExecutor(1) as beside:
        documents = collection.documents(passages)
        started, cpu = time.perf_counter(), time.process_time()
        # How many passages there were by then.
        written, times = [0], [started]
        batch = _next(documents)
        while batch:
            after = beside.submit(_next, documents)
            store.write(batch)
            written.append(written[-1] + sum(len(one.entries) for one in batch))
            times.append(time.perf_counter())
            batch = after.result()
        tenth = np.interp([0.1 * passages, 0.9 * passages], written, times)
        cpu = time.process_time() - cpu
        words = len(store.words())
    return {
        "passages": passages,
        "words": words,
        "seconds_index": round(times[-1] - started, 1),
        "seconds_first_tenth": round(float(tenth[0]) - started, 1),
        "seconds_last_tenth": round(times[-1] - float(tenth[1]), 1),
        "cpu_seconds_index": round(cpu, 1),
        "mib_index": peak_mib(),
        **{f"mib_disk_{name}": round(held / _MIB, 1) for name, held in _sizes(folder).items()},
    }


def _next(documents: Iterator[Prepared]) -> list[Prepared]:
    return list(islice(documents, _PASSAGES_AT_ONCE // PASSAGES_PER_DOCUMENT))


def _sizes(folder: Path) -> dict[str, int]:
    """The bytes of each part of a store by its name, and of all."""
    found: dict[str, int] = {}
    for file in folder.rglob("*"):
        if file.is_file():
            part = file.relative_to(folder).parts[0].split(".")[0]
            found[part] = found.get(part, 0) + file.stat().st_size
    parts = {name: size for name, size in sorted(found.items()) if size >= _MIB}
    return {**parts, "all": sum(found.values())}


def ask(folder: Path, engine: Engine, passages: int, questions: int) -> tuple[Figures, list[Place]]:
    """Ask a store questions on its passages; returns also what each finds first."""
    from geungeo.rag.question.expansion import Expander
    from geungeo.rag.ranking.retrieval import Retriever
    from geungeo.rag.ranking.weights import Weights

    collection = Collection(Analyzer())
    asked = list(collection.questions(passages, _WARM_UP + questions))
    opened = time.perf_counter()
    with _opened(folder, engine, collection) as store:
        retriever = Retriever(store, Expander.of(store), Weights.shipped())
        retriever.warm_up()
        retriever.search(asked[0].text, _K)
        until_first = time.perf_counter() - opened
        milliseconds, firsts, found = [], [], 0
        for one in asked[_WARM_UP:]:
            started = time.perf_counter(), time.process_time()
            hits = retriever.search(one.text, _K)
            ended = time.perf_counter(), time.process_time()
            milliseconds.append([(b - a) * 1000 for a, b in zip(started, ended, strict=True)])
            places = [(hit.passage.path, hit.passage.start) for hit in hits]
            firsts.append(places[0] if places else ("", 0))
            found += (one.path, one.start) in places
    p50, p95 = np.percentile(milliseconds, [50, 95], axis=0).round(1).tolist()
    return {
        "seconds_until_first": round(until_first, 1),
        "ms_per_query_p50": p50[0],
        "ms_per_query_p95": p95[0],
        "cpu_ms_per_query_p50": p50[1],
        "cpu_ms_per_query_p95": p95[1],
        "mib_ask": peak_mib(),
        "found_in_10": round(found / questions, 3),
    }, firsts


def _opened(folder: Path, engine: Engine, collection: Collection) -> Store:
    from geungeo.vectorstore.milvus.address import MilvusAddress

    milvus = MilvusAddress(str(folder / "milvus.db")) if engine == "milvus" else None
    folder.mkdir(parents=True, exist_ok=True)
    return Store.open(folder, collection.encoder, collection.analyzer, _CHUNKER, milvus=milvus)
