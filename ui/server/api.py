"""The same answers for programs: a small REST interface and the one of OpenAI's chat."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.language_model import LanguageModelError
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.conversation import Asked, QuestionTooLongError
from geungeo.ui.follow_up import follow_up
from geungeo.vectorstore import Filter, Store

_MODEL = "geungeo"
_MOST_MESSAGES = 200
# A follow-up leans on no more.
_MOST_BEFORE = 2
_MOST_NAMES = 1000
# Questions that are answered side by side, and how long one more waits for its turn.
_AT_ONCE, _PATIENCE = 8, 30.0


class Question(BaseModel):
    """``since`` and ``until`` are ISO 8601; what is empty does not narrow the search."""

    question: str = Field(min_length=1)
    since: str = Field("", max_length=10)
    until: str = Field("", max_length=10)
    documents: tuple[str, ...] = Field((), max_length=_MOST_NAMES)
    organisations: tuple[str, ...] = Field((), max_length=_MOST_NAMES)
    languages: tuple[str, ...] = Field((), max_length=_MOST_NAMES)
    types: tuple[str, ...] = Field((), max_length=_MOST_NAMES)

    def asked(self) -> Asked:
        only = Filter(**self.model_dump(exclude={"question"}))
        with _told():
            return Asked(self.question, (), only)


class Message(BaseModel):
    role: str
    content: str


class Completion(BaseModel):
    messages: list[Message] = Field(min_length=1)
    model: str = _MODEL
    stream: bool = False


class _Counter:
    """Where questions are asked: a few side by side, the next ones wait a while."""

    def __init__(self, chain: AnswerChain) -> None:
        self._chain = chain
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One of the places; raises ``HTTPException`` where none gets free."""
        if not self._places.acquire(timeout=_PATIENCE):
            raise HTTPException(503, f"{_AT_ONCE} questions are being answered; ask again later")
        try:
            yield
        finally:
            self._places.release()

    def answered(self, asked: Asked) -> Answer:
        try:
            with self._turn():
                return self._chain.invoke(asked)
        except LanguageModelError as error:
            raise HTTPException(502, str(error)) from error

    def pieces(self, asked: Asked) -> Iterator[str]:
        try:
            with self._turn():
                yield from _pieces(self._chain, asked)
        except HTTPException as error:
            yield _error(error.detail)


def routes(store: Store, chain: AnswerChain) -> APIRouter:
    """``/api/ask``, ``/api/documents``, ``/v1/models`` and ``/v1/chat/completions``."""
    router = APIRouter()
    counter = _Counter(chain)

    @router.post("/api/ask", tags=["ask"])
    def ask(question: Question) -> dict[str, Any]:
        """One answer with its citations, as `geungeo ask --json` prints it."""
        return counter.answered(question.asked()).to_json()

    @router.get("/api/documents", tags=["ask"])
    def documents() -> list[dict[str, Any]]:
        """What is indexed."""
        return [
            {"document": one.name, "title": one.title, "date": one.date, "type": one.type,
             "organisation": one.organisation, "author": one.author, "code": one.code,
             "language": one.language, "pages": one.pages}
            for one in store.documents()
        ]  # fmt: skip

    @router.get("/v1/models", tags=["openai"])
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": _MODEL, "object": "model", "created": 0}]}

    @router.post("/v1/chat/completions", tags=["openai"], response_model=None)
    def complete(request: Completion) -> dict[str, Any] | StreamingResponse:
        """The last message of the user is asked, the ones before it are the conversation. The
        message carries `citations` beside its content."""
        asked = _conversation(request, counter.answered)
        if request.stream:
            return StreamingResponse(counter.pieces(asked), media_type="text/event-stream")
        answer = counter.answered(asked)
        message = {"role": "assistant", **_message(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {**_head("chat.completion"), "choices": [choice]}

    return router


def _conversation(request: Completion, answered: Callable[[Asked], Answer]) -> Asked:
    """The last message of the user, which may lean on the two before it."""
    asked = [message.content for message in request.messages if message.role == "user"]
    if not asked:
        raise HTTPException(422, "messages: there is none with the role user")
    if len(request.messages) > _MOST_MESSAGES:
        said = f"{len(request.messages):,} messages; {_MOST_MESSAGES} are the most"
        raise HTTPException(413, said)
    *before, last = asked
    with _told():
        return follow_up(last, before[-_MOST_BEFORE:], answered)


@contextmanager
def _told() -> Iterator[None]:
    """A question that is too long, as a status."""
    try:
        yield
    except QuestionTooLongError as error:
        raise HTTPException(413, str(error)) from error


def _pieces(chain: AnswerChain, asked: Asked) -> Iterator[str]:
    head = _head("chat.completion.chunk")
    said, answer = "", None
    try:
        for answer in chain.stream(asked):
            piece, said = answer.answer.removeprefix(said), answer.answer
            if piece:
                yield _event({**head, "choices": [_choice({"content": piece}, None)]})
    except LanguageModelError as error:
        yield _error(str(error))
        return
    last = {"citations": _message(answer)["citations"]} if answer else {}
    yield _event({**head, "choices": [_choice(last, "stop")]})
    yield "data: [DONE]\n\n"


def _choice(delta: dict[str, Any], finished: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finished}


def _message(answer: Answer) -> dict[str, Any]:
    citations = [citation.to_json() for citation in answer.citations]
    return {"content": answer.answer, "refused": answer.refused, "citations": citations}


def _head(kind: str) -> dict[str, Any]:
    made = int(time.time())
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": made, "model": _MODEL}


def _error(message: str) -> str:
    return _event({"error": {"message": message, "type": "server_error"}})


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
