"""The open tabs of the page: what the server keeps for one is forgotten a while after it is closed.

Gradio tells of a tab that its connection has ended, not that it has come back, and keeps the parts
of ten thousand tabs, half a megabyte each.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from gradio.state_holder import StateHolder
from starlette.types import ASGIApp, Receive, Scope, Send

KEPT = 3600.0
"""Seconds for which a tab may be away, as one on a machine that sleeps."""
# Tabs of which no connection tells that they are open; the one used longest ago goes first.
_MOST = 2000
_CONNECTION = "/gradio_api/heartbeat/"


class Tabs:
    """Around the page: knows its tabs by the connection that each holds while it is open."""

    def __init__(
        self, page: ASGIApp, state: StateHolder, kept: float = KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._page = page
        self._state = state
        self._state.capacity = _MOST
        self._kept = kept
        self._clock = clock
        self._open: Counter[str] = Counter()
        # In the order in which they were closed.
        self._closed: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith(_CONNECTION):
            await self._page(scope, receive, send)
            return
        tab = path.removeprefix(_CONNECTION)
        self._opens(tab)
        try:
            await self._page(scope, receive, send)
        finally:
            self._closes(tab)

    def _opens(self, tab: str) -> None:
        self._forget_old()
        self._open[tab] += 1
        self._closed.pop(tab, None)
        self._is_there(tab)

    def _closes(self, tab: str) -> None:
        self._open[tab] -= 1
        if self._open[tab]:
            # The browser was back before its old connection ended.
            self._is_there(tab)
            return
        del self._open[tab]
        if own := self._state.session_data.get(tab):
            self._closed[tab] = self._clock()
            # Kept for links to a state of the page, of which it has none.
            own.config_values = {}

    def _is_there(self, tab: str) -> None:
        if own := self._state.session_data.get(tab):
            own.is_closed = False

    def _forget_old(self) -> None:
        until = self._clock() - self._kept
        for tab in [own for own, at in self._closed.items() if at <= until]:
            del self._closed[tab]
            self._state.session_data.pop(tab, None)
            self._state.time_last_used.pop(tab, None)
