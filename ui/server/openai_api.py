"""The same answers in OpenAI's form, for whatever speaks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from geungeo.errors import GeungeoError
from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked
from geungeo.ui.follow_up import follow_up
from geungeo.ui.server.documents import place_of
from geungeo.ui.server.errors import InvalidRequestError, OpenAIRoute, openai_error
from geungeo.ui.server.metrics import Door
from geungeo.ui.server.openai_form import (
    Completion,
    Streamed,
    Talk,
    UrlOf,
    check_model,
    completion,
    event,
    extras,
    head,
    model,
    talk,
    usage,
)
from geungeo.ui.server.responses_form import Response, Wanted
from geungeo.ui.server.turns import ChainOf, Turns
from geungeo.vectorstore import Filter

_DOOR: Door = "openai"
# A follow-up leans on no more.
_MOST_BEFORE = 2
_EVENTS = "text/event-stream"
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def routes(chain_of: ChainOf, turns: Turns) -> APIRouter:
    """``/v1/models``, ``/v1/chat/completions`` and ``/v1/responses``; whatever else is asked of
    ``/v1`` is an error in OpenAI's form."""
    router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["openai"])

    @router.get("/models")
    def models() -> dict[str, Any]:
        """The one model that there is."""
        return {"object": "list", "data": [model()]}

    @router.get("/models/{name}")
    def one_model(name: str) -> dict[str, Any]:
        """As in the list; 404 for any other."""
        check_model(name)
        return model()

    @router.post("/chat/completions", response_model=None)
    def complete(form: Completion, request: Request) -> dict[str, Any] | StreamingResponse:
        """The last message of the user is asked, the ones before it are the conversation.
        `filters` narrow the search as in `/api/ask`. The message carries `annotations` and
        `citations` beside its content."""
        check_model(form.model)
        said, chain = talk(form.messages), chain_of(request)
        asked = conversation(said, form.filters.only(), chain, turns)
        url_of = urls(request)
        if form.stream:
            counts = form.stream_options is not None and form.stream_options.include_usage
            chunks = _Chunks(said, url_of, counts)
            answers = turns.stream(_DOOR, chain, asked)
            return StreamingResponse(chunks.of(answers), media_type=_EVENTS)
        return completion(turns.answered(_DOOR, chain, asked), said.tokens, url_of)

    @router.post("/responses", response_model=None)
    def respond(form: Wanted, request: Request) -> dict[str, Any] | StreamingResponse:
        """As `/v1/chat/completions`, in OpenAI's newer form; nothing is kept."""
        check_model(form.model)
        said, chain = talk(form.input, "input"), chain_of(request)
        asked = conversation(said, form.filters.only(), chain, turns)
        response = Response(said, urls(request))
        if form.stream:
            return StreamingResponse(
                response.events(turns.stream(_DOOR, chain, asked)), media_type=_EVENTS
            )
        return response.whole(turns.answered(_DOOR, chain, asked))

    @router.api_route("/{rest:path}", methods=_METHODS, include_in_schema=False)
    def unknown(rest: str, request: Request) -> None:
        said = f"there is no {request.method} /v1/{rest}; /api/docs lists what there is"
        raise InvalidRequestError(said, status=404)

    return router


def conversation(said: Talk, only: Filter, chain: Pipeline, turns: Turns) -> Asked:
    """The last question of a conversation, which may lean on the two before it.

    Raises:
        QuestionTooLongError: one of them is longer than a question may be.
    """
    *before, last = said.asked
    return follow_up(last, before[-_MOST_BEFORE:], partial(turns.again, _DOOR, chain), only)


def urls(request: Request) -> UrlOf:
    """Where this server shows what a citation quotes."""
    base = f"{request.base_url}api/documents/"

    def url_of(citation: Citation) -> str:
        return base + place_of(citation)

    return url_of


class _Chunks:
    """A completion as it is streamed: the role, the text piece by piece, what goes with it, and
    the usage where it ``counts``."""

    def __init__(self, said: Talk, url_of: UrlOf, counts: bool) -> None:
        self._said = said
        self._url_of = url_of
        self._counts = counts
        self._head = head("chat.completion.chunk") | ({"usage": None} if counts else {})

    def of(self, answers: Iterable[Answer]) -> Iterator[str]:
        """The events of an answer as it grows; an error of ours is the last of them."""
        yield self._choice({"role": "assistant", "content": ""})
        told = Streamed()
        try:
            for piece in told.pieces(answers):
                yield self._choice({"content": piece})
        except GeungeoError as error:
            yield event(openai_error(error)[1])
            return
        last = extras(told.answer, self._url_of, told.shift) if told.answer else {}
        yield self._choice(last, "stop")
        if self._counts:
            yield event({**self._head, "choices": [], "usage": usage(self._said.tokens, told.text)})
        yield "data: [DONE]\n\n"

    def _choice(self, delta: dict[str, Any], finished: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finished}
        return event({**self._head, "choices": [choice]})
