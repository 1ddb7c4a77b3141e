"""Retrieval as LangChain knows it."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

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
