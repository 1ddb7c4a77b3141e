"""What readers do for an hour: ask, go on in a conversation, read a document, open the page."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from geungeo.evals.bench.soaking.page import PageError, Visit
from geungeo.evals.gold import GoldCase

# How often who comes as a program does what, of a hundred times.
_SHARES = {"ask": 65, "talk": 20, "read": 15}
# For how many seconds at most a tab of the page is open, and what is asked in a conversation.
_STAYS = 600.0
_LONGEST_TALK = 6
_GONE = 404


@dataclass
class Heard:
    """What came of what was done: ``answers`` as (what was done, seconds since the beginning,
    seconds that it took), how often each thing was ``done`` to its end, how often each error, and
    the names of documents that are taken out."""

    began: float = field(default_factory=time.perf_counter)
    answers: list[tuple[str, float, float]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    leaving: set[str] = field(default_factory=set)

    def now(self) -> float:
        """Seconds since the beginning."""
        return time.perf_counter() - self.began

    async def timed(self, what: str, done: Awaitable[Any]) -> Any:
        """Wait for an answer; what it raises is not caught."""
        at, started = self.now(), time.perf_counter()
        result = await done
        self.answers.append((what, at, time.perf_counter() - started))
        return result


class Reader:
    """One who does one thing after another."""

    def __init__(
        self, client: httpx.AsyncClient, cases: Sequence[GoldCase], heard: Heard, number: int
    ) -> None:
        self._client = client
        self._heard = heard
        self._chance = random.Random(number)
        self._is_on_page = bool(number % 2)
        self._questions = [one.question for one in cases if not one.history]
        self._talks = [one for one in cases if one.history]

    async def read(self, is_over: Callable[[], bool], pause: float) -> None:
        """Go on until it is over, with so many seconds before each question at most."""
        while not is_over():
            await self._breathe(pause)
            what = self._chosen()
            try:
                await self._done(what, is_over, pause)
                self._heard.done[what] += 1
            except httpx.HTTPStatusError as error:
                self._heard.errors[f"{what}: {error.response.status_code}"] += 1
            except httpx.HTTPError as error:
                self._heard.errors[f"{what}: {type(error).__name__}"] += 1
            except PageError as error:
                self._heard.errors[f"{what}: {error}"] += 1

    def _chosen(self) -> str:
        if self._is_on_page:
            return "page"
        return self._chance.choices(list(_SHARES), list(_SHARES.values()))[0]

    async def _done(self, what: str, is_over: Callable[[], bool], pause: float) -> None:
        if what == "page":
            await self._visit(is_over, pause)
        elif what == "talk":
            await self._talk(pause)
        elif what == "read":
            await self._look()
        else:
            await self._ask()

    async def _breathe(self, pause: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, pause))

    async def _ask(self) -> None:
        """By itself, over REST."""
        body = {"question": self._chance.choice(self._questions)}
        await self._heard.timed("ask", self._posted("/api/ask", body))

    async def _talk(self, pause: float) -> None:
        """A question and what leans on it, in OpenAI's form."""
        if not self._talks:
            return
        case = self._chance.choice(self._talks)
        messages: list[dict[str, str]] = []
        for question in (*case.history, case.question):
            messages.append({"role": "user", "content": question})
            body = {"model": "geungeo", "messages": messages}
            said = await self._heard.timed("talk", self._posted("/v1/chat/completions", body))
            messages.append(
                {"role": "assistant", "content": said["choices"][0]["message"]["content"]}
            )
            await self._breathe(pause)

    async def _look(self) -> None:
        """What there is, and one document of it, which may just have gone."""
        listed = await self._client.get("/api/documents")
        one = self._chance.choice(listed.raise_for_status().json())
        text = await self._client.get(f"/api/documents/{one['id']}/text")
        if text.status_code == _GONE and one["document"] in self._heard.leaving:
            return
        text.raise_for_status()

    async def _visit(self, is_over: Callable[[], bool], pause: float) -> None:
        """The page for some minutes, and conversations on it."""
        until = self._heard.now() + self._chance.uniform(0, _STAYS)
        async with Visit.begun(self._client) as visit:
            while not is_over():
                for _ in range(self._chance.randint(1, _LONGEST_TALK)):
                    await self._breathe(pause)
                    question = self._chance.choice(self._questions)
                    await self._heard.timed("page", visit.ask(question))
                if self._heard.now() > until:
                    return
                await visit.begin_anew()

    async def _posted(self, path: str, body: dict[str, Any]) -> Any:
        said = await self._client.post(path, json=body)
        return said.raise_for_status().json()
