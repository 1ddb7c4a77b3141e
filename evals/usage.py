"""What a language model was given and gave while something ran, however deep it was called."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.outputs import LLMResult
from langchain_core.tracers.context import register_configure_hook


class Usage(BaseCallbackHandler):
    """``tokens`` that were read and written, and ``first``, the seconds until the first of an
    answer that was streamed, None where there was none."""

    def __init__(self) -> None:
        self.tokens = 0
        self.first: float | None = None
        self._started = time.perf_counter()

    def on_llm_new_token(self, token: Any, **kwargs: Any) -> None:
        if self.first is None and token:
            self.first = time.perf_counter() - self._started

    def on_llm_end(self, response: LLMResult, **kwargs: Any) -> None:
        for generations in response.generations:
            for one in generations:
                used = getattr(getattr(one, "message", None), "usage_metadata", None)
                self.tokens += used["total_tokens"] if used else 0


_watching: ContextVar[Usage | None] = ContextVar("watching", default=None)
register_configure_hook(_watching, inheritable=True)


@contextmanager
def usage() -> Iterator[Usage]:
    """Watch every call of a model by LangChain within the block."""
    watched = Usage()
    token = _watching.set(watched)
    try:
        yield watched
    finally:
        _watching.reset(token)
