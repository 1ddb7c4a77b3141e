"""Many readers who ask at once: what one page server answers, and what several do together."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from geungeo.errors import GeungeoError
from geungeo.evals.gold import read_gold

# Seconds for what an earlier load has left at a server.
_PATIENCE = 300.0
# After a refusal, as who is told to come again does.
_BREATH = 1.0
_OK = 200


class ReadersError(GeungeoError):
    """A server that was to be asked is not ready; the message names it."""


@dataclass(frozen=True)
class Load:
    """How many readers ask, for how many seconds, and the most seconds that each pauses before a
    question."""

    readers: int
    seconds: float
    pause: float


@dataclass
class _Heard:
    """Seconds of each answer, how often something else came, by its status or its error, and how
    many were still waiting at the end."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    waiting: int = 0


def measure(servers: Sequence[str], gold: Path, load: Load) -> dict[str, dict[str, Any]]:
    """The figures of the first server alone, and where there are several those of all with the
    readers dealt out among them.

    Readers ask the questions of a gold file over REST, each one after the other and in an order
    of its own, and stop when the time is over. ``waiting`` are those who then had no answer yet:
    where they are many, the seconds are those of the lucky ones.

    Raises:
        ReadersError: one of the servers is not ready, or asks for an account.
        GoldError: the file is none.
    """
    questions = [case.question for case in read_gold(gold) if not case.history]
    asyncio.run(_ready(servers, questions[0]))
    found = {"1 server": asyncio.run(_measured(servers[:1], questions, load))}
    if len(servers) > 1:
        asyncio.run(_ready(servers[:1], questions[0]))
        found[f"{len(servers)} servers"] = asyncio.run(_measured(servers, questions, load))
    return found


async def _ready(servers: Sequence[str], question: str) -> None:
    """Wait until each has answered a question, which it does after what it has to do yet."""
    async with httpx.AsyncClient(timeout=_PATIENCE) as client:
        for server in servers:
            try:
                said = await client.post(f"{server}/api/ask", json={"question": question})
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ReadersError(f"{server}: no server there: {error!r}") from error
            if said.status_code != _OK:
                raise ReadersError(f"{server}: {said.status_code}: {said.text}")


async def _measured(servers: Sequence[str], questions: Sequence[str], load: Load) -> dict[str, Any]:
    heard = _Heard()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=load.readers)
    async with httpx.AsyncClient(timeout=load.seconds, limits=limits) as client:
        await asyncio.gather(
            *(
                _read(client, servers[number % len(servers)], questions, load, heard, number)
                for number in range(load.readers)
            )
        )
    return _figures(heard, load)


async def _read(
    client: httpx.AsyncClient, server: str, questions: Sequence[str], load: Load, heard: _Heard,
    number: int,
) -> None:  # fmt: skip
    """One reader, until the time is over."""
    chance = random.Random(number)
    until = time.perf_counter() + load.seconds
    while True:
        await asyncio.sleep(chance.uniform(0, load.pause))
        started = time.perf_counter()
        if started >= until:
            return
        try:
            async with asyncio.timeout(until - started):
                wrong = await _asked(client, server, chance.choice(questions))
        except TimeoutError:
            heard.waiting += 1
            return
        if wrong:
            heard.errors[wrong] += 1
            await asyncio.sleep(_BREATH)
        else:
            heard.seconds.append(time.perf_counter() - started)


async def _asked(client: httpx.AsyncClient, server: str, question: str) -> str:
    """What went wrong with a question; empty where it was answered."""
    try:
        said = await client.post(f"{server}/api/ask", json={"question": question})
    except httpx.HTTPError as error:
        return type(error).__name__
    return "" if said.status_code == _OK else str(said.status_code)


def _figures(heard: _Heard, load: Load) -> dict[str, Any]:
    answered = heard.seconds
    errors = sum(heard.errors.values())
    p50, p95 = np.percentile(answered, [50, 95]).tolist() if answered else (None, None)
    return {
        "readers": load.readers,
        "seconds": load.seconds,
        "answers": len(answered),
        "answers/s": round(len(answered) / load.seconds, 2),
        "seconds p50": p50 and round(p50, 3),
        "seconds p95": p95 and round(p95, 3),
        "waiting": heard.waiting,
        "errors": errors,
        "error share": round(errors / max(1, errors + len(answered)), 4),
        "by error": dict(heard.errors.most_common()),
        "cores here": os.cpu_count(),
    }
