"""Question answering over document collections that proves what it says.

What programs use stands here; each name is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geungeo.errors import GeungeoError
    from geungeo.ingest import IngestReport
    from geungeo.rag.answer.answer import Answer, Citation, Sentence
    from geungeo.rag.answer.marks import as_message
    from geungeo.rag.assembly import make_chain
    from geungeo.rag.chain import AnswerChain
    from geungeo.rag.langchain_retriever import LangChainRetriever
    from geungeo.rag.question.conversation import Asked
    from geungeo.rag.settings import Settings
    from geungeo.shortcuts import evaluate, ingest_files, open_store
    from geungeo.vectorstore import Filter, Store

__all__ = [
    "Answer",
    "AnswerChain",
    "Asked",
    "Citation",
    "Filter",
    "GeungeoError",
    "IngestReport",
    "LangChainRetriever",
    "Sentence",
    "Settings",
    "Store",
    "as_message",
    "evaluate",
    "ingest_files",
    "make_chain",
    "open_store",
]

_HOMES = {
    "Answer": "rag.answer.answer",
    "AnswerChain": "rag.chain",
    "Asked": "rag.question.conversation",
    "Citation": "rag.answer.answer",
    "Filter": "vectorstore",
    "GeungeoError": "errors",
    "IngestReport": "ingest",
    "LangChainRetriever": "rag.langchain_retriever",
    "Sentence": "rag.answer.answer",
    "Settings": "rag.settings",
    "Store": "vectorstore",
    "as_message": "rag.answer.marks",
    "evaluate": "shortcuts",
    "ingest_files": "shortcuts",
    "make_chain": "rag.assembly",
    "open_store": "shortcuts",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]
