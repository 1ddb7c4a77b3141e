"""What takes a while to find out, and is asked for more often than it changes."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

PATIENCE = 3.0
"""The seconds that somebody who asks waits at most."""
# Seconds for which what was found holds.
_HOLDS = 2.0

Found = TypeVar("Found")


class Look(Generic[Found]):
    """However many ask, one at a time looks, in a thread of its own."""

    def __init__(self, look: Callable[[], Found]) -> None:
        self._look = look
        self._asked: Future[Found] | None = None
        self._at = 0.0

    async def found(self) -> Found:
        """What was found, now or a while ago.

        Raises:
            TimeoutError: it is still being looked for.
            Exception: the look ended with one.
        """
        if self._asked is None or (self._asked.done() and time.monotonic() - self._at > _HOLDS):
            self._at = time.monotonic()
            self._asked = Future()
            # Apart from the threads that answer, all of which may be waiting.
            threading.Thread(target=self._run, args=(self._asked,), daemon=True).start()
        # What a waiting request gives up, the others still wait for.
        answer = asyncio.shield(asyncio.wrap_future(self._asked))
        return await asyncio.wait_for(answer, PATIENCE)

    def _run(self, asked: Future[Found]) -> None:
        try:
            asked.set_result(self._look())
        except Exception as error:
            asked.set_exception(error)
