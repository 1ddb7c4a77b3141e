"""Whether a server is up, and whether it can answer questions now."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from geungeo.errors import GeungeoError
from geungeo.vectorstore import Store

_log = logging.getLogger(__name__)

# How long a part may take to answer, and how long what it said holds.
_PATIENCE, _HOLDS = 3.0, 2.0


class Readiness:
    """Of one server: whether its models are loaded, and whether its store answers."""

    def __init__(self, store: Store, warm_up: Callable[[], None]) -> None:
        """``warm_up`` loads the models."""
        self._load = warm_up
        self._models = "the models are being loaded"
        self._parts = [
            _Part("catalogue", store.ask_catalogue), _Part("index", store.ask_index)
        ]  # fmt: skip

    def warm_up(self) -> None:
        """Load the models; the server is not ready before."""
        try:
            self._load()
        except Exception:
            self._models = "the models cannot be loaded; the log says why"
            raise
        self._models = ""

    async def lacking(self) -> dict[str, str]:
        """Those of models, catalogue and index that are not ready, each with the reason; it
        names no address. However often it is asked, each part is asked by one at a time."""
        if self._models:
            # The index is asked by a model.
            return {"models": self._models}
        reasons = await asyncio.gather(*(part.why_not() for part in self._parts))
        said = zip((part.name for part in self._parts), reasons, strict=True)
        return {name: reason for name, reason in said if reason}


class _Part:
    """A part of the store, asked whether it is there."""

    def __init__(self, name: str, ask: Callable[[], None]) -> None:
        self.name = name
        self._ask = ask
        self._asked: Future[str] | None = None
        self._at = 0.0

    async def why_not(self) -> str:
        """Why it does not answer; empty where it does."""
        if self._asked is None or (self._asked.done() and time.monotonic() - self._at > _HOLDS):
            self._at = time.monotonic()
            self._asked = Future()
            # Apart from the threads that answer, all of which may be waiting.
            threading.Thread(target=self._run, args=(self._asked,), daemon=True).start()
        try:
            # What a waiting request gives up, the others still wait for.
            answer = asyncio.shield(asyncio.wrap_future(self._asked))
            return await asyncio.wait_for(answer, _PATIENCE)
        except TimeoutError:
            return f"the {self.name} has not answered for {_PATIENCE:.0f} seconds"

    def _run(self, asked: Future[str]) -> None:
        try:
            self._ask()
        except Exception as error:
            if not isinstance(error, GeungeoError):
                _log.exception("the %s fails", self.name)
            else:
                _log.warning("not ready: %s", error)
            asked.set_result(f"the {self.name} does not answer; the log says why")
        else:
            asked.set_result("")
