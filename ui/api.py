"""The same answers for programs: a small REST interface and the one of OpenAI's chat."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from rag.answer import Answer
from rag.chain import AnswerChain
from rag.conversation import Asked
from rag.model_answerer import LanguageModelError
from vectorstore import Filter, Store

_MODEL = "geungeo"


class Question(BaseModel):
    """``since`` and ``until`` are ISO 8601; what is empty does not narrow the search."""

    question: str = Field(min_length=1, max_length=1000)
    since: str = ""
    until: str = ""
    documents: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def asked(self) -> Asked:
        only = Filter(**self.model_dump(exclude={"question"}))
        return Asked(self.question, only=only)


class Message(BaseModel):
    role: str
    content: str


class Completion(BaseModel):
    messages: list[Message] = Field(min_length=1)
    model: str = _MODEL
    stream: bool = False


def routes(store: Store, chain: AnswerChain) -> APIRouter:
    """``/api/ask``, ``/api/documents``, ``/v1/models`` and ``/v1/chat/completions``."""
    router = APIRouter()

    def answered(asked: Asked) -> Answer:
        try:
            return chain.invoke(asked)
        except LanguageModelError as error:
            raise HTTPException(502, str(error)) from error

    @router.post("/api/ask", tags=["ask"])
    def ask(question: Question) -> dict[str, Any]:
        """One answer with its citations, as `geungeo ask --json` prints it."""
        return answered(question.asked()).to_json()

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
        asked = _conversation(request, answered)
        if request.stream:
            return StreamingResponse(_pieces(chain, asked), media_type="text/event-stream")
        answer = answered(asked)
        message = {"role": "assistant", **_message(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {**_head("chat.completion"), "choices": [choice]}

    return router


def _conversation(request: Completion, answered: Any) -> Asked:
    """The earlier questions are answered anew, so that a follow-up has what it leans on."""
    asked = [message.content for message in request.messages if message.role == "user"]
    if not asked:
        raise HTTPException(422, "messages: there is none with the role user")
    *before, last = asked
    history: tuple[Answer, ...] = ()
    for question in before[-2:]:
        history = (*history, answered(Asked(question, history)))
    return Asked(last, history)


def _pieces(chain: AnswerChain, asked: Asked) -> Iterator[str]:
    head = _head("chat.completion.chunk")
    said, answer = "", None
    try:
        for answer in chain.stream(asked):
            piece, said = answer.answer.removeprefix(said), answer.answer
            if piece:
                yield _event({**head, "choices": [_choice({"content": piece}, None)]})
    except LanguageModelError as error:
        yield _event({"error": {"message": str(error), "type": "server_error"}})
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


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
