"""A visitor of the page, without a browser: it sends the events that a browser sends."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from html import escape
from typing import Any

import httpx

from geungeo.errors import GeungeoError

_EVENTS = "/gradio_api"
_UPDATE = "update"


class PageError(GeungeoError):
    """An event of the page has failed; the message is the page's."""


@dataclass(frozen=True)
class Page:
    """What the page tells a browser of its parts and of its events."""

    parts: Mapping[int, Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]

    @classmethod
    async def opened(cls, client: httpx.AsyncClient) -> Page:
        """Raises ``httpx.HTTPError``."""
        (await client.get("/")).raise_for_status()
        said = await client.get("/config")
        config = said.raise_for_status().json()
        return cls({one["id"]: one for one in config["components"]}, config["dependencies"])

    def values(self) -> dict[int, Any]:
        """What stands in each part at first, in a field no text; a state is the server's."""
        return {own: _at_first(one) for own, one in self.parts.items()}

    def named(self, name: str) -> int:
        """The part of a name in the page."""
        return next(
            own for own, one in self.parts.items() if one["props"].get("elem_id") == name
        )  # fmt: skip

    def when(self, part: int | None, happens: str) -> list[Mapping[str, Any]]:
        """The events of what happens to a part, or to the page where it is None."""
        return [
            one for one in self.events
            if any(
                what == happens and (part is None or own == part) for own, what in one["targets"]
            )
        ]  # fmt: skip

    def after(self, event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """What follows an event that has gone well."""
        return [one for one in self.events if one["trigger_after"] == event["id"]]


class Visit:
    """One tab with the page in it; one event runs at a time."""

    def __init__(self, client: httpx.AsyncClient, page: Page) -> None:
        self._client = client
        self._page = page
        self._name = uuid.uuid4().hex
        self._values = page.values()

    @classmethod
    @asynccontextmanager
    async def begun(cls, client: httpx.AsyncClient) -> AsyncIterator[Visit]:
        """The page, loaded, until it is left. Raises as ``ask`` does."""
        page = await Page.opened(client)
        visit = cls(client, page)
        there = asyncio.create_task(visit._stay())
        try:
            await visit._happens(None, "load")
            yield visit
        finally:
            there.cancel()
            with suppress(asyncio.CancelledError, httpx.HTTPError):
                await there

    async def ask(self, question: str) -> None:
        """Ask, and wait for the answer and all that the page does after it.

        Raises:
            PageError: an event has failed, or the answer does not show the question.
            httpx.HTTPError: the server does not answer.
        """
        box = self._page.named("question")
        self._values[box] = question
        shown = await self._happens(box, "submit")
        if not any(isinstance(one, str) and escape(question) in one for one in shown):
            raise PageError("the answer does not show the question")

    async def begin_anew(self) -> None:
        """Begin another conversation. Raises as ``ask`` does."""
        await self._happens(self._page.named("new"), "click")

    async def _happens(self, part: int | None, what: str) -> list[Any]:
        """All that follows what happens to a part, or to the page; returns what is shown."""
        return [
            one for event in self._page.when(part, what) for one in await self._run_all(event)
        ]  # fmt: skip

    async def _stay(self) -> None:
        """What tells the server that the tab is open."""
        address = f"{_EVENTS}/heartbeat/{self._name}"
        async with self._client.stream("GET", address, timeout=None) as stream:
            async for _ in stream.aiter_raw():
                pass

    async def _run_all(self, event: Mapping[str, Any]) -> list[Any]:
        """An event and those after it; returns what they show."""
        shown = await self._run(event) if event["backend_fn"] else []
        for following in self._page.after(event):
            shown += await self._run_all(following)
        return shown

    async def _run(self, event: Mapping[str, Any]) -> list[Any]:
        body = {
            "fn_index": event["id"],
            "data": [self._sent(part) for part in event["inputs"]],
            "session_hash": self._name,
            "trigger_id": None,
        }
        data = await (self._queued(body) if event["queue"] else self._at_once(body))
        shown = list(self._learned(event["outputs"], data))
        return [one for one in shown if one is not None]

    def _sent(self, part: int) -> Any:
        return None if self._page.parts[part]["type"] == "state" else self._values[part]

    async def _at_once(self, body: Mapping[str, Any]) -> list[Any]:
        said = await self._client.post(f"{_EVENTS}/run/predict", json=body)
        data: list[Any] = said.raise_for_status().json()["data"]
        return data

    async def _queued(self, body: Mapping[str, Any]) -> list[Any]:
        joined = await self._client.post(f"{_EVENTS}/queue/join", json=body)
        own = joined.raise_for_status().json()["event_id"]
        where = {"session_hash": self._name}
        async with self._client.stream("GET", f"{_EVENTS}/queue/data", params=where) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                said = json.loads(line.removeprefix("data:")) if line else {}
                if said.get("msg") == "process_completed" and said["event_id"] == own:
                    if not said["success"]:
                        raise PageError(str(said["output"].get("error") or "an event has failed"))
                    data: list[Any] = said["output"]["data"]
                    return data
        raise PageError("the server has ended an event")

    def _learned(self, parts: Sequence[int], data: Sequence[Any]) -> Iterator[Any]:
        """What stands in the parts from now on."""
        for part, said in zip(parts, data, strict=False):
            if isinstance(said, dict) and said.get("__type__") == _UPDATE:
                if "value" not in said:
                    continue
                said = said["value"]
            self._values[part] = said
            yield said


def _at_first(part: Mapping[str, Any]) -> Any:
    """What a browser has in a part that tells no value."""
    own = part["props"]
    return own.get("value", own.get("default_value", "" if part["type"] == "textbox" else None))
