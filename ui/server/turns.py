"""Where programs ask: a few questions side by side, the next ones wait a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from geungeo.errors import GeungeoError
from geungeo.rag.answer.answer import Answer
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import Asked
from geungeo.ui.server.metrics import Door, Metrics

# Questions that are answered side by side, and how long one more waits for its turn.
_AT_ONCE, _PATIENCE = 8, 30.0


class BusyError(GeungeoError):
    """No place got free in time."""


ChainOf = Callable[[Any], Pipeline]
"""What whoever sends a request asks: a chain over the documents that are seen."""


class Turns:
    """Chains that are asked a few questions at a time; safe to use from several threads."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def _turn(self, door: Door) -> Iterator[None]:
        with self._metrics.waiting(door):
            has_place = self._places.acquire(timeout=_PATIENCE)
        if not has_place:
            raise BusyError(f"{_AT_ONCE} questions are being answered; ask again later")
        try:
            with self._metrics.in_progress(door):
                yield
        finally:
            self._places.release()

    def answered(self, door: Door, chain: Pipeline, asked: Asked) -> Answer:
        """Raises ``BusyError``, or ``LanguageModelError`` where who writes fails."""
        *_, answer = self.stream(door, chain, asked)
        return answer

    def stream(self, door: Door, chain: Pipeline, asked: Asked) -> Iterator[Answer]:
        """The answer as it grows; raises as ``answered`` does."""
        return self._metrics.counted(door, self._stream(door, chain, asked))

    def again(self, door: Door, chain: Pipeline, asked: Asked) -> Answer:
        """The answer to a question that was asked before, on which another leans; it is not
        counted once more. Raises as ``answered`` does."""
        *_, answer = self._stream(door, chain, asked)
        return answer

    def _stream(self, door: Door, chain: Pipeline, asked: Asked) -> Iterator[Answer]:
        with self._turn(door):
            yield from chain.stream(asked)
