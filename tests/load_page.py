"""Several readers ask at once while documents come in: python -m tests.load_page --readers 20

Each asks questions of its own and must see their answers and nobody else's, twice over: in
browsers, which run on the same machine, so that their seconds are mostly their own work; and in
sessions that speak with the server as the page does, which measure the server.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Annotated, Any

import httpx
import numpy as np
import typer
from playwright.async_api import Browser, Page, async_playwright, expect

from geungeo.evals.bench.ingest import write_documents
from tests.browser.conftest import QUIET, SYSTEM_BROWSERS
from tests.conftest import SAMPLE

_PATIENCE = 60_000  # milliseconds


def main(
    readers: Annotated[int, typer.Option(help="How many.")] = 20,
    questions: Annotated[int, typer.Option(help="How many each asks.")] = 5,
    pause: Annotated[float, typer.Option(help="Seconds that a reader reads, at most.")] = 10.0,
    documents: Annotated[int, typer.Option(help="Files that are ingested meanwhile.")] = 200,
) -> None:
    command = [sys.executable, "-m", "geungeo"]
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        subprocess.run(
            [*command, "ingest", str(SAMPLE / "documents"), "--store", str(store)],
            check=True, capture_output=True,
        )  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [*command, "chat", "--store", str(store), "--port", str(port)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            for name, read in (("browsers", _browsers), ("sessions", _sessions)):
                incoming = Path(folder) / name
                write_documents(incoming, documents)
                ingest = [*command, "ingest", str(incoming), "--store", str(store)]
                asked = _questions(readers, questions, pause)
                asyncio.run(_measured(name, read(f"http://127.0.0.1:{port}", asked, ingest)))
        finally:
            server.terminate()
            server.wait(20)


@dataclass(frozen=True)
class _Asked:
    case: dict[str, Any]
    wait: float


async def _measured(name: str, read: Coroutine[Any, Any, list[list[float]]]) -> None:
    seconds = np.concatenate(await read)
    print(
        f"{name}: {len(seconds)} answers, seconds p50 {np.median(seconds):.2f}, "
        f"p95 {np.percentile(seconds, 95):.2f}, longest {seconds.max():.2f}"
    )


def _questions(readers: int, questions: int, pause: float) -> list[list[_Asked]]:
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    cases = [one for one in cases if one.get("answerable", True) and not one.get("history")]
    chance = random.Random(1)
    return [
        [_Asked(case, chance.uniform(0, pause)) for case in chance.sample(cases, questions)]
        for _ in range(readers)
    ]


async def _sessions(
    address: str, asked: list[list[_Asked]], ingest: list[str]
) -> list[list[float]]:
    async with httpx.AsyncClient(base_url=f"{address}/gradio_api", timeout=60) as client:
        config = (await client.get(f"{address}/config")).json()
        events = _events(config)
        process = await asyncio.create_subprocess_exec(*ingest, stdout=subprocess.DEVNULL)
        sessions = (_session(client, *events, own) for own in asked)
        seconds = await asyncio.gather(*sessions)
        await process.wait()
    return seconds


def _events(config: dict[str, Any]) -> tuple[int, int, list[Any]]:
    """The event of a question that is sent, the one after it that answers, and what the page
    sends with that."""
    parts = {one["id"]: one for one in config["components"]}
    box = next(one["id"] for one in parts.values() if one["props"].get("elem_id") == "question")
    events = config["dependencies"]
    sent = next(one["id"] for one in events if [box, "submit"] in one["targets"])
    asking = next(one for one in events if one["trigger_after"] == sent)
    inputs = [parts[one]["props"].get("value") for one in asking["inputs"]]
    return sent, asking["id"], inputs


async def _session(
    client: httpx.AsyncClient, sent: int, asking: int, inputs: list[Any], asked: list[_Asked]
) -> list[float]:
    """Ask one after the other; the seconds until each answer was whole."""
    name = uuid.uuid4().hex
    seconds = []
    for number, one in enumerate(asked, 1):
        await asyncio.sleep(one.wait)
        started = time.perf_counter()
        typed = {"fn_index": sent, "data": [one.case["question"], "ko"], "session_hash": name}
        (await client.post("/run/predict", json=typed)).raise_for_status()
        body = {"fn_index": asking, "data": inputs, "session_hash": name, "trigger_id": None}
        (await client.post("/queue/join", json=body)).raise_for_status()
        said = ""
        async with client.stream("GET", "/queue/data", params={"session_hash": name}) as stream:
            async for line in stream.aiter_lines():
                said += line
                if '"process_completed"' in line:
                    break
        seconds.append(time.perf_counter() - started)
        assert '"success":true' in said.replace(" ", ""), said[-500:]
        shown = [_as_sent(other.case["question"]) in said for other in asked]
        assert shown[number - 1], said[-500:]
        assert not any(shown[number:]), "another's talk"
    return seconds


def _as_sent(text: str) -> str:
    return json.dumps(escape(text), ensure_ascii=False)[1:-1]


async def _browsers(
    address: str, asked: list[list[_Asked]], ingest: list[str]
) -> list[list[float]]:
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=QUIET)
        complaints: list[str] = []
        pages = [await _opened(browser, address, complaints) for _ in asked]
        process = await asyncio.create_subprocess_exec(*ingest, stdout=subprocess.DEVNULL)
        seconds = await asyncio.gather(*map(_read, pages, asked))
        await process.wait()
        await browser.close()
    print(f"{len(complaints)} errors in the browsers' consoles", *complaints[:5], sep="\n  ")
    return seconds


async def _opened(browser: Browser, address: str, complaints: list[str]) -> Page:
    page = await (await browser.new_context(locale="ko-KR")).new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    for _ in range(100):
        try:
            await page.goto(address)
            break
        except Exception:
            await asyncio.sleep(0.3)
    await expect(page.locator("#examples button").first).to_be_visible(timeout=_PATIENCE)
    return page


async def _read(page: Page, asked: list[_Asked]) -> list[float]:
    """Ask one after the other; the seconds until each answer was seen."""
    seconds = []
    for number, one in enumerate(asked, 1):
        await asyncio.sleep(one.wait)
        box = page.locator("#question textarea")
        await box.fill(one.case["question"])
        started = time.perf_counter()
        await box.press("Enter")
        answers = page.locator(".talk .a:not(.waiting)")
        await expect(answers).to_have_count(number, timeout=_PATIENCE)
        seconds.append(time.perf_counter() - started)
        shown = await page.locator(".talk .q > p:first-child").all_text_contents()
        assert shown == [one.case["question"] for one in asked[:number]], "another's talk"
    return seconds


if __name__ == "__main__":
    typer.run(main)
