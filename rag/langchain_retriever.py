"""Retrieval as LangChain knows it."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables.config import (
    RunnableConfig,
    ensure_config,
    get_callback_manager_for_config,
)
from pydantic import ConfigDict

from geungeo.rag.question.question import Question
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.vectorstore import Filter, Hit


class LangChainRetriever(BaseRetriever):
    """Passages for a question, best first, with their source in ``metadata``."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    k: int = 8
    only: Filter | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [to_document(hit) for hit in self.retriever.search(query, self.k, self.only)]


def retrieved(
    config: RunnableConfig | None,
    retriever: Retriever,
    question: Question,
    k: int,
    only: Filter | None,
) -> Retrieved:
    """What ``retriever.retrieve`` finds; the callbacks of ``config`` are told of it."""
    callbacks = get_callback_manager_for_config(ensure_config(config))
    run = callbacks.on_retriever_start(None, question.text, name=type(retriever).__name__)
    try:
        found = retriever.retrieve(question, k, only)
    except BaseException as error:
        run.on_retriever_error(error)
        raise
    run.on_retriever_end([to_document(hit) for hit in found.hits] if run.handlers else [])
    return found


def to_document(hit: Hit) -> Document:
    """A hit as LangChain's ``Document``; offsets are characters of the document's text."""
    passage = hit.passage
    metadata: dict[str, Any] = {
        "document": passage.document,
        "path": passage.path,
        "title": passage.title,
        "date": passage.date,
        "organisation": passage.organisation,
        "type": passage.type,
        "language": passage.language,
        "section": passage.section,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "score": hit.score,
    }
    return Document(page_content=passage.text, metadata=metadata, id=str(passage.id))
