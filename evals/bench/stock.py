"""What a collection costs beside LangChain's usual recipe: ``geungeo bench search --stock``.

Ours and the stock recipe each analyse, encode and index the same generated passages and answer the
same questions, every step in a process of its own, so that memory is told apart.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from geungeo.evals.apart import apart, peak_mib
from geungeo.evals.beir import CHUNKER, BeirDocument
from geungeo.evals.generated import GeneratedDocument, Generator

_K = 10
_WARM_UP = 10


def measure(passages: int, questions: int) -> dict[str, dict[str, float]]:
    """Figures by system: seconds to index, milliseconds for a question and peak memory in MiB
    of indexing and of asking."""
    with tempfile.TemporaryDirectory(prefix="geungeo-bench-") as scratch:
        folder = Path(scratch)
        ours = {
            **apart(_index, folder / "ours", passages),
            **apart(_ask, folder / "ours", questions),
        }
        return {"geungeo": ours, "stock": apart(_stock, folder, passages, questions)}


def _index(folder: Path, passages: int) -> dict[str, float]:
    from geungeo.lang import Analyzer
    from geungeo.vectorstore import Chunk, Document, Encoder, Store

    with Store.open(folder, Encoder(), Analyzer(), CHUNKER) as store:
        store.encoder.load_for_texts()
        started = time.perf_counter()
        for number, made in enumerate(Generator().documents(passages)):
            text, chunks, offset = [], [], 0
            for passage in made.passages:
                spans = []
                for sentence in passage:
                    spans.append((offset, offset + len(sentence)))
                    offset += len(sentence) + 1
                text.extend(passage)
                chunks.append(Chunk(spans[0][0], spans[-1][1], tuple(spans)))
            name = f"{number}.txt"
            document = Document(name, name, name, "\n".join(text), language=made.language)
            store.replace(document, chunks)
        seconds = time.perf_counter() - started
    return {"seconds_index": round(seconds, 1), "mib_index": peak_mib()}


def _ask(folder: Path, questions: int) -> dict[str, float]:
    from geungeo.lang import Analyzer
    from geungeo.rag.question.expansion import Expander
    from geungeo.rag.ranking.retrieval import Retriever
    from geungeo.rag.ranking.weights import Weights
    from geungeo.vectorstore import Encoder, Store

    with Store.open(folder, Encoder(), Analyzer(), CHUNKER) as store:
        retriever = Retriever(store, Expander.of(store), Weights.shipped())
        retriever.warm_up()
        times = _timed(lambda question: retriever.search(question, _K), questions)
    return {**times, "mib_ask": peak_mib()}


def _stock(folder: Path, passages: int, questions: int) -> dict[str, float]:
    from geungeo.evals.baselines import build
    from geungeo.vectorstore import Encoder

    def joined(made: GeneratedDocument) -> list[str]:
        return ["\n".join(passage) for passage in made.passages]

    texts = [text for made in Generator().documents(passages) for text in joined(made)]
    documents = [BeirDocument(str(number), "", text) for number, text in enumerate(texts)]
    encoder = Encoder()
    encoder.load_for_texts()
    started = time.perf_counter()
    search = build("stock", documents, encoder, _K, folder / "stock")
    seconds = time.perf_counter() - started
    built = {"seconds_index": round(seconds, 1), "mib_index": peak_mib()}
    return {**built, **_timed(search, questions), "mib_ask": peak_mib()}


def _timed(search: Callable[[str], Any], questions: int) -> dict[str, float]:
    asked = Generator(seed=1).questions(_WARM_UP + questions)
    milliseconds = []
    for question in asked:
        started = time.perf_counter()
        search(question)
        milliseconds.append((time.perf_counter() - started) * 1000)
    p50, p95 = np.percentile(milliseconds[_WARM_UP:], [50, 95])
    return {"ms_per_query_p50": round(float(p50), 1), "ms_per_query_p95": round(float(p95), 1)}
