"""Whether a server is up, and whether it can answer questions now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from geungeo.errors import GeungeoError
from geungeo.ui.server.look import PATIENCE, Look
from geungeo.vectorstore import Store

_log = logging.getLogger(__name__)


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
        self._reason = Look(self._asked)

    async def why_not(self) -> str:
        """Why it does not answer; empty where it does."""
        try:
            return await self._reason.found()
        except TimeoutError:
            return f"the {self.name} has not answered for {PATIENCE:.0f} seconds"

    def _asked(self) -> str:
        try:
            self._ask()
        except Exception as error:
            if not isinstance(error, GeungeoError):
                _log.exception("the %s fails", self.name)
            else:
                _log.warning("not ready: %s", error)
            return f"the {self.name} does not answer; the log says why"
        return ""
