"""Where programs ask: a few questions side by side, the next ones wait a while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from geungeo.errors import GeungeoError
from geungeo.rag.answer.answer import Answer
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked

# Questions that are answered side by side, and how long one more waits for its turn.
_AT_ONCE, _PATIENCE = 8, 30.0


class BusyError(GeungeoError):
    """No place got free in time."""


class Turns:
    """A chain that is asked a few questions at a time; safe to use from several threads."""

    def __init__(self, chain: Pipeline) -> None:
        self._chain = chain
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_PATIENCE):
            raise BusyError(f"{_AT_ONCE} questions are being answered; ask again later")
        try:
            yield
        finally:
            self._places.release()

    def answered(self, asked: Asked) -> Answer:
        """Raises ``BusyError``, or ``LanguageModelError`` where who writes fails."""
        with self._turn():
            return self._chain.invoke(asked)

    def stream(self, asked: Asked) -> Iterator[Answer]:
        """The answer as it grows; raises as ``answered`` does."""
        with self._turn():
            yield from self._chain.stream(asked)
