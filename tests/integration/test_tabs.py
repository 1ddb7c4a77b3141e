"""What a server keeps of the tabs of a page, which come, break off, come back and go."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import gradio as gr
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from gradio.components import Component
from gradio.state_holder import StateHolder

from geungeo.ui.server.tabs import KEPT, Tabs

COUNTED, QUEUE = "/gradio_api/run/counted", "/gradio_api/queue"
HEARTBEAT = "/gradio_api/heartbeat/{}"
# Seconds until the server has seen that a connection ended.
_SEEN = 0.3


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def served(clock: Clock) -> Iterator[tuple[str, StateHolder]]:
    """The address of a page that counts how often each of its tabs was used, and what the server
    keeps of these."""
    with gr.Blocks() as page:
        count, shown, use = gr.State(0), gr.Number(), gr.Button()
        use.click(lambda n: (n + 1, n + 1), count, [count, shown], api_name="counted", queue=False)
        said, busy = gr.HTML(), gr.Textbox()

        def told() -> Iterator[dict[Component, Any]]:
            yield {busy: gr.update(label="busy")}
            yield {said: "a long talk"}
            yield {said: "a longer talk", busy: ""}

        gr.Button().click(told, None, [said, busy])
    server = gr.mount_gradio_app(FastAPI(), page, "/")
    tabs = Tabs(server, page.state_holder, clock=clock)
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(tabs, log_level="warning"))
        beside = threading.Thread(target=running.run, args=([place],))
        beside.start()
        while not running.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{place.getsockname()[1]}", page.state_holder
        finally:
            running.should_exit = True
            running.force_exit = True
            beside.join()


class Tab:
    """A tab of a browser, open as long as its connection is."""

    def __init__(self, client: httpx.AsyncClient, name: str) -> None:
        self._client = client
        self._name = name
        self._there: asyncio.Task[None] | None = None

    async def opens(self) -> None:
        begun = asyncio.Event()
        before, self._there = self._there, asyncio.create_task(self._hold(begun))
        await begun.wait()
        if before:
            await self._ended(before)

    async def closes(self) -> None:
        assert self._there
        await self._ended(self._there)
        self._there = None

    async def used(self) -> int:
        """How often it was used by now, as the server remembers it."""
        body = {"data": [], "session_hash": self._name}
        said = await self._client.post(COUNTED, json={**body, "data": [None]})
        return int(said.raise_for_status().json()["data"][-1])

    async def is_told(self) -> None:
        """What a page of ours does with each answer."""
        body = {"data": [], "fn_index": 1, "session_hash": self._name}
        (await self._client.post(f"{QUEUE}/join", json=body)).raise_for_status()
        where = {"session_hash": self._name}
        async with self._client.stream("GET", f"{QUEUE}/data", params=where) as stream:
            said = [line async for line in stream.aiter_lines()]
        assert any("a longer talk" in line and "process_completed" in line for line in said)
        await asyncio.sleep(_SEEN)

    async def _hold(self, begun: asyncio.Event) -> None:
        address = HEARTBEAT.format(self._name)
        async with self._client.stream("GET", address, timeout=None) as stream:
            async for _ in stream.aiter_raw():
                begun.set()

    async def _ended(self, there: asyncio.Task[None]) -> None:
        there.cancel()
        await asyncio.gather(there, return_exceptions=True)
        await asyncio.sleep(_SEEN)


def test_what_is_kept_of_a_tab_is_forgotten_a_while_after_it_is_closed() -> None:
    clock = Clock()

    async def come_and_go(address: str, state: StateHolder) -> None:
        async with httpx.AsyncClient(base_url=address) as client:
            first, second = (Tab(client, name) for name in ("first", "second"))
            for tab in (first, second):
                await tab.opens()
                assert await tab.used() == 1
            await first.closes()
            clock.now += KEPT / 2
            third = Tab(client, "third")
            await third.opens()
            assert set(state.session_data) == {"first", "second"}, "it may come back"
            clock.now += KEPT
            await third.closes()
            await third.opens()
            assert set(state.session_data) == {"second"}
            assert set(state.time_last_used) == {"second"}
            assert await second.used() == 2, "it was open all the time"
            for tab in (second, third):
                await tab.closes()

    with served(clock) as (address, state):
        asyncio.run(come_and_go(address, state))


def test_a_tab_that_comes_back_is_as_it_was() -> None:
    clock = Clock()

    async def come_and_go(address: str, state: StateHolder) -> None:
        async with httpx.AsyncClient(base_url=address) as client:
            tab = Tab(client, "only")
            await tab.opens()
            assert await tab.used() == 1
            await tab.closes()
            assert state.session_data["only"].is_closed
            clock.now += KEPT / 2
            await tab.opens()
            # The browser is back before the server sees that it was away.
            await tab.opens()
            clock.now += KEPT * 2
            another = Tab(client, "another")
            await another.opens()
            assert not state.session_data["only"].is_closed
            assert await tab.used() == 2
            for one in (tab, another):
                await one.closes()

    with served(clock) as (address, state):
        asyncio.run(come_and_go(address, state))


def test_what_is_kept_of_a_tab_does_not_grow_with_what_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Gradio counts its events by what pandas will do no more.
    monkeypatch.setenv("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000")

    async def listen(address: str, state: StateHolder) -> None:
        async with httpx.AsyncClient(base_url=address) as client:
            tab = Tab(client, "only")
            await tab.opens()
            kept = []
            for _ in range(4):
                await tab.is_told()
                own = state.session_data["only"]
                kept.append((len(own.blocks_config.blocks), len(own.config_values)))
            assert len(set(kept)) == 1, kept
            assert "a longer talk" not in str(own.config_values)
            await tab.closes()

    with served(Clock()) as (address, state):
        asyncio.run(listen(address, state))
