"""The open tabs of the page: what the server keeps of one is no more than it needs, and forgotten a
while after it is closed.

Gradio tells of a tab that its connection has ended, not that it has come back, and keeps the parts
of ten thousand tabs. Of each it keeps what it has shown too, again after every answer: for links to
a state of the page, of which ours has none.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qs

from gradio.state_holder import StateHolder
from starlette.types import ASGIApp, Receive, Scope, Send

KEPT = 3600.0
"""Seconds for which a tab may be away, as one on a machine that sleeps."""
# Tabs of which no connection tells that they are open; the one used longest ago goes first.
_MOST = 2000
_CONNECTION, _EVENTS = "/gradio_api/heartbeat/", "/gradio_api/queue/data"


class Tabs:
    """Around the page: knows its tabs by the connection that each holds while it is open."""

    def __init__(
        self, page: ASGIApp, state: StateHolder, kept: float = KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._page = page
        self._state = state
        self._state.capacity = _MOST
        self._parts = frozenset(state.blocks.default_config.blocks)
        self._kept = kept
        self._clock = clock
        self._open: Counter[str] = Counter()
        # In the order in which they were closed.
        self._closed: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", "")) if scope["type"] == "http" else ""
        if path.startswith(_CONNECTION):
            await self._while_open(path.removeprefix(_CONNECTION), scope, receive, send)
            return
        await self._page(scope, receive, send)
        if path.startswith(_EVENTS):
            asked = parse_qs(scope["query_string"].decode("latin-1"))
            self._lighten(*asked.get("session_hash", [""])[:1])

    async def _while_open(self, tab: str, scope: Scope, receive: Receive, send: Send) -> None:
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
        if tab in self._state.session_data:
            self._closed[tab] = self._clock()
            self._lighten(tab)

    def _is_there(self, tab: str) -> None:
        if own := self._state.session_data.get(tab):
            own.is_closed = False

    def _lighten(self, tab: str) -> None:
        """Drop what was shown, and parts that stand for others by now."""
        if own := self._state.session_data.get(tab):
            own.config_values.clear()
            blocks = own.blocks_config.blocks
            for part in blocks.keys() - self._parts:
                del blocks[part]

    def _forget_old(self) -> None:
        until = self._clock() - self._kept
        for tab in [own for own, at in self._closed.items() if at <= until]:
            del self._closed[tab]
            self._state.session_data.pop(tab, None)
            self._state.time_last_used.pop(tab, None)
