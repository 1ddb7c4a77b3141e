"""A language model behind an OpenAI-compatible address: what it can take, and what it says."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from geungeo.errors import GeungeoError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]
"""Who speaks, ``system``, ``user`` or ``assistant``, and what is said."""
T = TypeVar("T")

_log = logging.getLogger(__name__)

# What servers call the tokens that a model takes, in their list of models.
_CONTEXT_NAMES = ("max_model_len", "context_length", "context_window", "max_context_length")
_OF_META = ("n_ctx", "n_ctx_train")
_SECONDS_FOR_THE_LIST = 5.0
_YES, _NO = "yes", "no"
_LIKELIEST = 10
# The log-probability of a word that is not among the likeliest.
_UNLIKELY = -20.0


class LanguageModelError(GeungeoError):
    """The language model does not answer; the message names the setting to look at."""


class Piece(NamedTuple):
    """Some of what a model says; ``is_cut`` where it had to stop at its longest."""

    text: str
    is_cut: bool = False


@dataclass(frozen=True)
class LanguageModel:
    """``where`` is what an error names."""

    model: BaseChatModel
    where: str

    @cached_property
    def context(self) -> int:
        """How many tokens the server says that the model takes; 0 where it says nothing."""
        client = getattr(self.model, "root_client", None)
        name = getattr(self.model, "model_name", "")
        if client is None:
            return 0
        try:
            limited = client.with_options(timeout=_SECONDS_FOR_THE_LIST, max_retries=0)
            listed = [one.model_dump() for one in limited.models.list().data]
        except Exception as error:
            _log.info("%s: no list of models: %s", self.where, error)
            return 0
        own: dict[str, Any] = next((one for one in listed if one.get("id") == name), {})
        found = _context_of(own)
        _log.info("%s: a context of %s tokens", self.where, found or "unknown")
        return found

    def say(self, messages: Messages | str) -> str:
        """What the model says to messages; raises ``LanguageModelError`` when it fails."""
        asked = messages if isinstance(messages, str) else list(messages)
        return self._said_by(lambda: self.model.invoke(asked)).text.strip()

    def stream(self, messages: Messages, longest: int) -> Iterator[Piece]:
        """The same, at most so many tokens of it, in pieces as they come; an answer that the
        server does not end is a failure too."""
        asking = self.model.bind(max_completion_tokens=longest)
        pieces = asking.stream(list(messages))
        finished = None
        while (piece := self._said_by(lambda: next(pieces, None))) is not None:
            finished = piece.response_metadata.get("finish_reason") or finished
            yield Piece(piece.text, finished == "length")
        if not finished:
            raise LanguageModelError(
                f"{self.where}: the language model broke off in the midst of its answer"
            )

    def yes_or_no(self, messages: Messages) -> float | None:
        """By how much likelier (log-odds) the model's next word is yes than no; None where the
        server gives no probabilities of tokens."""
        asking = self.model.bind(logprobs=True, top_logprobs=_LIKELIEST, max_completion_tokens=1)
        reply = self._said_by(lambda: asking.invoke(list(messages)))
        content = (reply.response_metadata.get("logprobs") or {}).get("content")
        if not content:
            return None
        likely = {
            one["token"].strip().lower(): one["logprob"]
            for one in reversed(content[0]["top_logprobs"])
        }
        return float(likely.get(_YES, _UNLIKELY) - likely.get(_NO, _UNLIKELY))

    def _said_by(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except Exception as error:
            raise LanguageModelError(
                f"{self.where}: the language model does not answer: {error}"
            ) from error


def _context_of(listed: dict[str, Any]) -> int:
    meta = listed.get("meta") or {}
    given = [listed.get(name) for name in _CONTEXT_NAMES] + [meta.get(name) for name in _OF_META]
    return next((int(one) for one in given if isinstance(one, int) and one > 0), 0)
