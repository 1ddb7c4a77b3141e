"""OpenAI's newer form of an answer, and the events in which it comes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

from pydantic import BaseModel, Field, field_validator

from geungeo.errors import GeungeoError
from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.marks import marks
from geungeo.ui.server.errors import openai_error
from geungeo.ui.server.narrowing import Filters
from geungeo.ui.server.openai_form import (
    MODEL,
    Message,
    Streamed,
    Talk,
    UrlOf,
    event,
    url_citation,
    usage,
)


class Wanted(BaseModel):
    """Nothing is kept here, so that no answer can go on from one before; ``filters`` is ours."""

    input: list[Message] = Field(min_length=1)
    model: str = MODEL
    stream: bool = False
    previous_response_id: None = None
    filters: Filters = Filters()

    @field_validator("input", mode="before")
    @classmethod
    def _messages(cls, given: Any) -> Any:
        return [{"role": "user", "content": given}] if isinstance(given, str) else given


class Response:
    """One answer: whole by ``whole``, or event by event by ``events``."""

    def __init__(self, said: Talk, url_of: UrlOf) -> None:
        self._said = said
        self._url_of = url_of
        self._item_id = f"msg_{uuid.uuid4().hex}"
        self._numbers = count()
        self._head: Mapping[str, Any] = {
            "id": f"resp_{uuid.uuid4().hex}", "object": "response",
            "created_at": int(time.time()), "model": MODEL, "error": None,
            "incomplete_details": None, "instructions": None, "metadata": {}, "tools": [],
            "tool_choice": "none", "parallel_tool_calls": False, "temperature": None,
            "top_p": None, "usage": None,
        }  # fmt: skip

    def whole(self, answer: Answer) -> dict[str, Any]:
        part = self._part(answer.answer, self._annotations(answer, 0))
        return self._completed(answer, part)

    def events(self, answers: Iterable[Answer]) -> Iterator[str]:
        """The answer as it grows, in events of ``text/event-stream``."""
        begun = self._state("in_progress")
        yield self._event("response.created", response=begun)
        yield self._event("response.in_progress", response=begun)
        yield self._event(
            "response.output_item.added", output_index=0, item=self._item("in_progress")
        )
        yield self._at("response.content_part.added", part=self._part("", []))
        told = Streamed()
        try:
            for piece in told.pieces(answers):
                yield self._at("response.output_text.delta", delta=piece, logprobs=[])
        except GeungeoError as error:
            yield self._failed(error)
            return
        if told.answer is not None:
            yield from self._done(told.answer, told)

    def _done(self, answer: Answer, told: Streamed) -> Iterator[str]:
        annotations = self._annotations(answer, told.shift)
        for index, one in enumerate(annotations):
            yield self._at(
                "response.output_text.annotation.added", annotation=one, annotation_index=index
            )
        part = self._part(told.text, annotations)
        yield self._at("response.output_text.done", text=told.text, logprobs=[])
        yield self._at("response.content_part.done", part=part)
        yield self._event(
            "response.output_item.done", output_index=0, item=self._item("completed", part)
        )
        yield self._event("response.completed", response=self._completed(answer, part))

    def _failed(self, error: GeungeoError) -> str:
        said = openai_error(error)[1]["error"]
        failed = {"code": said["code"] or said["type"], "message": said["message"]}
        return self._event("response.failed", response=self._state("failed") | {"error": failed})

    def _completed(self, answer: Answer, part: Mapping[str, Any]) -> dict[str, Any]:
        counted = usage(self._said.tokens, part["text"])
        return self._state("completed") | {
            "output": [self._item("completed", part)],
            "usage": {
                "input_tokens": counted["prompt_tokens"],
                "input_tokens_details": {"cached_tokens": 0},
                "output_tokens": counted["completion_tokens"],
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": counted["total_tokens"],
            },
            "refused": answer.refused,
            "citations": [citation.to_json() for citation in answer.citations],
        }

    def _state(self, status: str) -> dict[str, Any]:
        return {**self._head, "status": status, "output": []}

    def _item(self, status: str, part: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "id": self._item_id, "type": "message", "role": "assistant", "status": status,
            "content": [part] if part else [],
        }  # fmt: skip

    def _part(self, text: str, annotations: list[dict[str, Any]]) -> dict[str, Any]:
        return {"type": "output_text", "text": text, "annotations": annotations, "logprobs": []}

    def _annotations(self, answer: Answer, shift: int) -> list[dict[str, Any]]:
        return [
            {"type": "url_citation", **url_citation(mark, self._url_of, shift)}
            for mark in marks(answer)
        ]

    def _at(self, kind: str, **said: Any) -> str:
        """An event of the one part of the one message."""
        return self._event(kind, item_id=self._item_id, output_index=0, content_index=0, **said)

    def _event(self, kind: str, **said: Any) -> str:
        number = next(self._numbers)
        return f"event: {kind}\n{event({'type': kind, 'sequence_number': number, **said})}"
