"""What OpenAI's clients send, and the shapes in which they are answered."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from geungeo.rag.answer.answer import Answer, Citation
from geungeo.rag.answer.marks import Mark, marks
from geungeo.rag.answer.packing import token_count
from geungeo.ui.server.errors import InvalidRequestError
from geungeo.ui.server.narrowing import Filters

MODEL = "geungeo"
_MOST_MESSAGES = 200

Content = str | list[dict[str, Any]] | None
Role = Literal["developer", "system", "user", "assistant", "tool", "function"]
UrlOf = Callable[[Citation], str]
# Kinds of parts of a message that are text; a refusal says nothing of the question.
_TEXTS = ("text", "input_text", "output_text")


class Message(BaseModel):
    role: Role
    content: Content = None


class StreamOptions(BaseModel):
    include_usage: bool = False


class Completion(BaseModel):
    """Options that only a language model knows are not looked at. ``filters`` is ours."""

    messages: list[Message] = Field(min_length=1)
    model: str = MODEL
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = None
    filters: Filters = Filters()


class Talk(BaseModel):
    """The texts of a conversation: what the user asked, oldest first, and how many tokens all of
    it has."""

    asked: tuple[str, ...]
    tokens: int


def talk(messages: Sequence[Message], name: str = "messages") -> Talk:
    """Raises ``InvalidRequestError``: a message has more than text in it, or there are too many,
    or none of the user's says anything."""
    if len(messages) > _MOST_MESSAGES:
        said = f"{len(messages):,} messages; {_MOST_MESSAGES} are the most"
        raise InvalidRequestError(said, name, status=413)
    texts = [(one.role, _text(one.content, f"{name}[{i}]")) for i, one in enumerate(messages)]
    asked = tuple(text for role, text in texts if role == "user" and text.strip())
    if not asked:
        raise InvalidRequestError(f"{name}: there is no text with the role user", name)
    return Talk(asked=asked, tokens=sum(token_count(text) for _, text in texts))


def _text(content: Content, where: str) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    texts = []
    for i, part in enumerate(content):
        kind = part.get("type")
        if kind in _TEXTS and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif kind != "refusal":
            place = f"{where}.content[{i}]"
            said = f"{place}: a part of type {kind!r} is not read; write text parts"
            raise InvalidRequestError(said, place, "unsupported_value")
    return "\n".join(texts)


def check_model(name: str) -> None:
    """Raises ``InvalidRequestError`` for any but ours."""
    if name != MODEL:
        said = f"the model {name!r} does not exist; {MODEL!r} does"
        raise InvalidRequestError(said, "model", "model_not_found", 404)


def model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def head(kind: str) -> dict[str, Any]:
    made = int(time.time())
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": made, "model": MODEL}


def usage(asked: int, answer: str) -> dict[str, int]:
    """Tokens, about as many as a language model would count."""
    said = token_count(answer)
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def extras(answer: Answer, url_of: UrlOf, shift: int = 0) -> dict[str, Any]:
    """What a message has beside its text: its citations in our form, and as annotations the
    places of their marks in the text, which ``shift`` characters go before."""
    return {
        "refused": answer.refused,
        "citations": [citation.to_json() for citation in answer.citations],
        "annotations": [
            {"type": "url_citation", "url_citation": url_citation(mark, url_of, shift)}
            for mark in marks(answer)
        ],
    }


def url_citation(mark: Mark, url_of: UrlOf, shift: int = 0) -> dict[str, Any]:
    return {
        "start_index": mark.start + shift,
        "end_index": mark.end + shift,
        "title": mark.citation.passage.title,
        "url": url_of(mark.citation),
    }


def completion(answer: Answer, asked: int, url_of: UrlOf) -> dict[str, Any]:
    message = {
        "role": "assistant", "content": answer.answer, "refusal": None, **extras(answer, url_of)
    }  # fmt: skip
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **head("chat.completion"), "choices": [choice], "usage": usage(asked, answer.answer)
    }  # fmt: skip


class Streamed:
    """What a stream has told so far of an answer that grows."""

    def __init__(self) -> None:
        self.text = ""
        self.answer: Answer | None = None

    def pieces(self, answers: Iterable[Answer]) -> Iterator[str]:
        """What each item says beyond the one before it, where it says more."""
        before = ""
        for self.answer in answers:
            piece, before = self.answer.answer.removeprefix(before), self.answer.answer
            self.text += piece
            if piece:
                yield piece

    @property
    def shift(self) -> int:
        """How many characters were told before the last item's text, whose beginning may be
        another than that of the items before it."""
        return len(self.text) - len(self.answer.answer) if self.answer else 0


def event(data: dict[str, Any]) -> str:
    """One event of ``text/event-stream``."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
