"""What an ingest costs: ``geungeo bench ingest``.

The same generated documents, text and web pages in equal parts, go through ours and, as text by
Beautiful Soup, through LangChain's usual splitter into Chroma with the same encoder, each in a
process of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from geungeo.evals.apart import apart, peak_mib
from geungeo.evals.extra import extra
from geungeo.evals.generated import Generator

_PASSAGES_PER_FILE = 10
_STOCK_CHUNK, _STOCK_OVERLAP = 1000, 200


def measure(folder: Path, documents: int, stock: bool) -> dict[str, dict[str, float]]:
    """Figures by system: documents and chunks a second, seconds of each stage, peak MiB, and
    the seconds of a second ingest that finds nothing changed."""
    made = folder / "documents"
    write_documents(made, documents)
    result = {"geungeo": apart(_ours, made, folder / "ours")}
    if stock:
        result["stock"] = apart(_stock, made, folder / "stock")
    return result


def write_documents(folder: Path, documents: int) -> None:
    """Write so many files of generated text."""
    folder.mkdir(parents=True)
    passages = (
        passage
        for made in Generator().documents(documents * _PASSAGES_PER_FILE)
        for passage in made.passages
    )
    for number in range(documents):
        paragraphs = [" ".join(next(passages)) for _ in range(_PASSAGES_PER_FILE)]
        if number % 2:
            body = "".join(f"<p>{text}</p>" for text in paragraphs)
            page = f"<html><head><title>{number}</title></head><body>{body}</body></html>"
            (folder / f"{number}.html").write_text(page, encoding="utf-8")
        else:
            (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def _ours(documents: Path, folder: Path) -> dict[str, float]:
    from geungeo.ingest import CHUNKER, Ledger, ingest, read
    from geungeo.ingest.heap import share_heap
    from geungeo.lang import Analyzer
    from geungeo.vectorstore import Encoder, Store, preparation
    from geungeo.vectorstore.embedded.dense import DenseIndex
    from geungeo.vectorstore.embedded.lexical import LexicalIndex
    from geungeo.vectorstore.sql.catalogue import SqlCatalogue

    share_heap()
    stages: dict[str, float] = {}
    timed = (
        (read, "chunk", "split"),
        (preparation, "find_terms", "analyse"),
        (preparation, "encode", "encode"),
        (DenseIndex, "add", "chroma"),
        (LexicalIndex, "add", "tantivy"),
        (SqlCatalogue, "add", "sqlite"),
    )
    with Store.open(folder, Encoder(), Analyzer(), CHUNKER) as store, _timing(timed, stages):
        store.load_models()
        store.encoder.load_for_texts()
        ledger = Ledger(folder / "ledger.sqlite")
        started = time.perf_counter()
        report = ingest([documents], store, ledger)
        seconds = time.perf_counter() - started
        again = ingest([documents], store, ledger).seconds
    return {
        **_speed(len(report.files), report.chunks_total, seconds),
        **{f"seconds_{name}": round(value, 2) for name, value in stages.items()},
        "seconds_unchanged": round(again, 3),
        "peak_mib": peak_mib(),
    }


def _stock(documents: Path, folder: Path) -> dict[str, float]:
    from bs4 import BeautifulSoup
    from langchain_core.documents import Document

    with extra("evals"):
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

    from geungeo.evals.langchain_encoder import LangChainEncoder
    from geungeo.vectorstore import Encoder

    encoder = Encoder()
    encoder.load_for_texts()
    started = time.perf_counter()
    files = sorted(documents.iterdir())
    loaded = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            text = BeautifulSoup(text, "lxml").get_text()
        loaded.append(Document(page_content=text))
    splitter = RecursiveCharacterTextSplitter(chunk_size=_STOCK_CHUNK, chunk_overlap=_STOCK_OVERLAP)
    chunks = splitter.split_documents(loaded)
    store = Chroma(embedding_function=LangChainEncoder(encoder), persist_directory=str(folder))
    for start in range(0, len(chunks), 1000):
        store.add_documents(chunks[start : start + 1000])
    seconds = time.perf_counter() - started
    return {**_speed(len(files), len(chunks), seconds), "peak_mib": peak_mib()}


def _speed(documents: int, chunks: int, seconds: float) -> dict[str, float]:
    return {
        "documents": documents,
        "chunks": chunks,
        "seconds": round(seconds, 1),
        "documents_per_second": round(documents / seconds, 1),
        "chunks_per_second": round(chunks / seconds, 1),
    }


@contextmanager
def _timing(
    functions: tuple[tuple[Any, str, str], ...], seconds: dict[str, float]
) -> Iterator[None]:
    """Add up the time that goes into some functions, each under the name of its stage."""

    def measured(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - started

        return call

    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in functions]
    for owner, name, stage in functions:
        setattr(owner, name, measured(getattr(owner, name), stage))
    try:
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)
