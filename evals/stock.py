"""The usual recipe for answers, to measure ours against.

LangChain as its tutorials show it: text cut every thousand characters, four chunks by their
vectors, one prompt. ``bm25`` finds the chunks by words parted at spaces, and
``closed-book`` asks the model without any. The encoder and the model are ours, so that the
difference lies in the method; without a model the first chunk is the answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.retrievers import BaseRetriever

from geungeo.evals.baselines import bm25_retriever, dense_retriever
from geungeo.evals.extra import extra
from geungeo.evals.systems import System
from geungeo.evals.wording import wording
from geungeo.lang.detect import language_of
from geungeo.rag.answer.answer import Answer, Seconds
from geungeo.rag.question.conversation import Asked
from geungeo.vectorstore import Encoder

Name = Literal["stock", "bm25", "closed-book"]

_CHUNK, _OVERLAP = 1000, 200
_CHUNKS_READ = 4
_PROMPT = (
    "Answer the question with the context below, in the language of the question. If the context "
    "does not tell, say that you do not know.\n\nContext:\n{context}\n\nQuestion: {question}"
)


def stock(texts: Sequence[str], encoder: Encoder, model: BaseChatModel | None, at: Path) -> System:
    """The recipe over some documents, its index in the folder ``at``."""
    return _system("stock", dense_retriever(_cut(texts), encoder, _CHUNKS_READ, at), model)


def bm25(texts: Sequence[str], model: BaseChatModel | None) -> System:
    return _system("bm25", bm25_retriever(_cut(texts), _CHUNKS_READ), model)


def closed_book(model: BaseChatModel) -> System:
    def ask(asked: Asked) -> Answer:
        started = time.perf_counter()
        said = model.invoke(asked.question).text.strip()
        return _answer("closed-book", asked, said, started)

    return System("closed-book", ask, lambda question, k: [])


def _system(name: Name, retriever: BaseRetriever, model: BaseChatModel | None) -> System:
    def passages(question: str, k: int) -> list[str]:
        return [found.page_content for found in retriever.invoke(question)][:k]

    def ask(asked: Asked) -> Answer:
        started = time.perf_counter()
        found = passages(asked.question, _CHUNKS_READ)
        said = found[0] if found else ""
        if model is not None:
            prompt = _PROMPT.format(context="\n\n".join(found), question=asked.question)
            said = model.invoke(prompt).text.strip()
        return _answer(name, asked, said, started)

    return System(name, ask, passages)


def _answer(name: Name, asked: Asked, said: str, started: float) -> Answer:
    seconds = time.perf_counter() - started
    return Answer(
        asked.question,
        said,
        not said or _says_no(said),
        language_of(asked.question),
        name,
        confidence=1.0,
        seconds=Seconds(0.0, seconds, seconds),
    )


def _cut(texts: Sequence[str]) -> list[Document]:
    with extra("evals"):
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
    return splitter.create_documents(list(texts))


def _says_no(answer: str) -> bool:
    """Whether a language model says that it does not know."""
    return any(re.search(no, answer, re.IGNORECASE) for no in wording()["stock"]["no_answer"])
