"""What retrieval is measured against, on the same passages and in the same run.

``stock`` is LangChain as its documentation shows it: BM25 over words parted at spaces and the
dense vectors in Chroma, joined by reciprocal rank fusion. ``bm25`` and ``dense`` are its
halves. The dense half uses our encoder, so that the difference lies in the method.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from geungeo.evals.beir import BeirDocument
from geungeo.evals.extra import extra
from geungeo.evals.langchain_encoder import LangChainEncoder
from geungeo.vectorstore import Encoder

Baseline = Literal["stock", "bm25", "dense"]
NAMES: tuple[Baseline, ...] = ("stock", "bm25", "dense")

Search = Callable[[str], dict[str, float]]
"""From a question to scores by document id."""


def build(
    name: Baseline, documents: Sequence[BeirDocument], encoder: Encoder, k: int, folder: Path
) -> Search:
    """Index documents, in ``folder``, for a baseline that returns ``k`` of them."""
    passages = [
        Document(page_content=document.text, metadata={"id": document.id}) for document in documents
    ]
    retriever = _retriever(name, passages, encoder, k, folder)

    def search(question: str) -> dict[str, float]:
        found = retriever.invoke(question)[:k]
        return {hit.metadata["id"]: 1.0 / rank for rank, hit in enumerate(found, 1)}

    return search


def _retriever(
    name: Baseline, passages: list[Document], encoder: Encoder, k: int, folder: Path
) -> BaseRetriever:
    if name == "dense":
        return dense_retriever(passages, encoder, k, folder)
    if name == "bm25":
        return bm25_retriever(passages, k)
    with extra("evals"), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from langchain_classic.retrievers import EnsembleRetriever
    halves = bm25_retriever(passages, k), dense_retriever(passages, encoder, k, folder)
    return EnsembleRetriever(retrievers=list(halves), weights=[0.5, 0.5])


def bm25_retriever(passages: list[Document], k: int) -> BaseRetriever:
    """BM25 with the parameters of ``rank_bm25``, over words as they stand between spaces."""
    with extra("evals"):
        from rank_bm25 import BM25Okapi
    ranking = BM25Okapi([passage.page_content.split() for passage in passages])
    return _WordRetriever(passages=passages, ranking=ranking, k=k)


class _WordRetriever(BaseRetriever):
    passages: list[Document]
    ranking: Any
    k: int

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found: list[Document] = self.ranking.get_top_n(query.split(), self.passages, n=self.k)
        return found


def dense_retriever(
    passages: list[Document], encoder: Encoder, k: int, folder: Path
) -> BaseRetriever:
    """LangChain's Chroma, its index in a folder."""
    with extra("evals"):
        from langchain_chroma import Chroma
    store = Chroma(
        embedding_function=LangChainEncoder(encoder),
        persist_directory=str(folder),
        collection_configuration={"hnsw": {"space": "cosine"}},
    )
    for start in range(0, len(passages), 1000):
        store.add_documents(passages[start : start + 1000])
    return store.as_retriever(search_kwargs={"k": k})
