"""An hour of readers while documents come, change and go: ``geungeo bench soak``."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from geungeo.evals.bench.soaking.documents import CHANGES, Documents, Ingested, Turn
from geungeo.evals.bench.soaking.figures import figures
from geungeo.evals.bench.soaking.readers import Heard, Reader
from geungeo.evals.bench.soaking.server import Commands, Held, Server, SoakError
from geungeo.evals.gold import read_gold

# Seconds between two looks at the server's memory.
_LOOK = 10.0
_MINUTE = 60.0
_TOLD_TO_END = "SIGTERM"


@dataclass(frozen=True)
class Plan:
    """For how many ``minutes`` how many ``readers`` do something, each with a ``pause`` of so many
    seconds before it at most."""

    minutes: float
    readers: int
    pause: float


def measure(folder: Path, documents: Path, gold: Path, plan: Plan) -> dict[str, Any]:
    """The figures of a page server in a process of its own, over a copy of some documents.

    Readers ask the questions of a gold file over REST and in OpenAI's form, go on in
    conversations, read documents and open the page, while every minute a process ingests a
    document that is new, has changed or is gone; in a shorter run more often, so that each happens
    once. ``folder`` is an empty one.

    SIGTERM ends it as Ctrl-C does: its processes end first.

    Raises:
        SoakError: the server does not start, or ends.
        GoldError: the gold file is none.
    """
    return asyncio.run(_until_told(_Soak(folder, documents, gold, plan).run()))


async def _until_told(measured: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """What is measured, given up where this process is told to end."""
    measuring = asyncio.ensure_future(measured)
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # as on Windows
        loop.add_signal_handler(signal.SIGTERM, measuring.cancel, _TOLD_TO_END)
    try:
        return await measuring
    except asyncio.CancelledError as error:
        if _TOLD_TO_END not in error.args:
            raise
        raise SystemExit(128 + signal.SIGTERM) from error


class _Soak:
    def __init__(self, folder: Path, documents: Path, gold: Path, plan: Plan) -> None:
        self._commands = Commands(folder)
        self._documents = folder / "documents"
        shutil.copytree(documents, self._documents)
        self._cases = read_gold(gold)
        self._plan = plan
        self._log = folder / "server.log"
        self._held: list[Held] = []
        self._ingested: list[Ingested] = []

    async def run(self) -> dict[str, Any]:
        if failed := await self._ingest():
            raise SoakError(f"the documents cannot be ingested: {failed}")
        with self._commands.serving(self._log) as server:
            async with server.ready() as client:
                heard = Heard()
                await self._all(server, client, heard)
                self._held.append(server.held(heard.now()))
            said = server.said()
        return figures(self._plan.readers, heard, self._ingested, self._held, said)

    async def _all(self, server: Server, client: httpx.AsyncClient, heard: Heard) -> None:
        turns_done = asyncio.Event()

        def is_over() -> bool:
            return heard.now() > self._plan.minutes * _MINUTE and turns_done.is_set()

        readers = (
            Reader(client, self._cases, heard, number).read(is_over, self._plan.pause)
            for number in range(self._plan.readers)
        )
        watching = asyncio.create_task(self._watch(server, client, heard))
        try:
            turning = self._turn(client, heard, is_over, turns_done)
            await asyncio.gather(turning, *readers)
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    async def _watch(self, server: Server, client: httpx.AsyncClient, heard: Heard) -> None:
        """Look at what the server holds, and at what it tells who watches over it."""
        while True:
            self._held.append(server.held(heard.now()))
            for told in ("/metrics", "/readyz"):
                try:
                    (await client.get(told)).raise_for_status()
                except httpx.HTTPError as error:
                    heard.errors[f"{told}: {type(error).__name__}"] += 1
            await asyncio.sleep(_LOOK)

    async def _turn(
        self, client: httpx.AsyncClient, heard: Heard, is_over: Callable[[], bool],
        done: asyncio.Event,
    ) -> None:  # fmt: skip
        """Let documents come, change and go until it is over, each at least once."""
        turned = Documents(self._documents)
        every = min(_MINUTE, self._plan.minutes * _MINUTE / len(CHANGES))
        while not is_over():
            due = heard.now() + every
            turn = turned.turned()
            if turn.change == "removed":
                heard.leaving.add(turn.file.name)
            failed = await self._ingest()
            self._ingested.append(Ingested(turn, failed, await _is_fresh(client, turn, heard)))
            if len(self._ingested) >= len(CHANGES):
                done.set()
            while heard.now() < due and not is_over():
                await asyncio.sleep(min(1.0, every))

    async def _ingest(self) -> str:
        """Bring the index in step; returns what was said where that fails."""
        return await self._commands.run("ingest", str(self._documents))


async def _is_fresh(client: httpx.AsyncClient, turn: Turn, heard: Heard) -> bool:
    """Whether the answer to the question of a turn has its value, and not the one before."""
    try:
        said = await client.post("/api/ask", json={"question": turn.question})
        answer = said.raise_for_status().json()["answer"]
    except httpx.HTTPError as error:
        heard.errors[f"fresh: {type(error).__name__}"] += 1
        return False
    numbers = set(re.findall(r"\d+", answer))
    return (not turn.value or turn.value in numbers) and turn.before not in numbers
