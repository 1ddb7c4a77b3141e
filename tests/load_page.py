"""Several browsers ask at once while documents come in: python -m tests.load_page --browsers 20

Each asks questions of its own and must see their answers and nobody else's. The browsers run on
the same machine as the server, so that the seconds hold their work too.
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
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from playwright.async_api import Browser, Page, async_playwright, expect

from evals.bench_ingest import write_documents
from tests.browser.conftest import QUIET, SYSTEM_BROWSERS
from tests.conftest import SAMPLE

_PATIENCE = 60_000  # milliseconds


def main(
    browsers: Annotated[int, typer.Option(help="How many.")] = 20,
    questions: Annotated[int, typer.Option(help="How many each asks.")] = 5,
    pause: Annotated[float, typer.Option(help="Seconds that a reader reads, at most.")] = 10.0,
    documents: Annotated[int, typer.Option(help="Files that are ingested meanwhile.")] = 200,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, incoming = Path(folder) / "store", Path(folder) / "documents"
        write_documents(incoming, documents)
        command = [sys.executable, "-m", "rag"]
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
            asyncio.run(
                _readers(
                    port,
                    browsers,
                    questions,
                    pause,
                    [*command, "ingest", str(incoming), "--store", str(store)],
                )
            )
        finally:
            server.terminate()
            server.wait(20)


async def _readers(
    port: int, browsers: int, questions: int, pause: float, ingest: list[str]
) -> None:
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    cases = [one for one in cases if one.get("answerable", True) and not one.get("history")]
    chance = random.Random(1)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=QUIET)
        complaints: list[str] = []
        pages = [await _opened(browser, port, complaints) for _ in range(browsers)]
        process = await asyncio.create_subprocess_exec(*ingest, stdout=subprocess.DEVNULL)
        started = time.perf_counter()
        asked = [chance.sample(cases, questions) for _ in pages]
        waits = [[chance.uniform(0, pause) for _ in own] for own in asked]
        seconds = await asyncio.gather(*map(_read, pages, asked, waits))
        during = process.returncode is None
        await process.wait()
        await browser.close()
    every = np.concatenate(seconds)
    print(f"{len(every)} answers to {browsers} browsers in {time.perf_counter() - started:.0f} s")
    print(f"seconds to the answer: p50 {np.median(every):.2f}, p95 {np.percentile(every, 95):.2f}")
    print(f"the ingest ended with {process.returncode}, {'after' if during else 'before'} them")
    print(f"{len(complaints)} errors in the browsers' consoles", *complaints[:5], sep="\n  ")


async def _opened(browser: Browser, port: int, complaints: list[str]) -> Page:
    page = await (await browser.new_context(locale="ko-KR")).new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    for _ in range(100):
        try:
            await page.goto(f"http://127.0.0.1:{port}")
            break
        except Exception:
            await asyncio.sleep(0.3)
    await expect(page.locator("#examples button").first).to_be_visible(timeout=_PATIENCE)
    return page


async def _read(page: Page, cases: list[dict[str, Any]], waits: list[float]) -> list[float]:
    """Ask one after the other; the seconds until each answer was seen."""
    seconds = []
    for number, (case, wait) in enumerate(zip(cases, waits, strict=True), 1):
        await asyncio.sleep(wait)
        box = page.locator("#question textarea")
        await box.fill(case["question"])
        started = time.perf_counter()
        await box.press("Enter")
        answers = page.locator(".talk .a:not(.waiting)")
        await expect(answers).to_have_count(number, timeout=_PATIENCE)
        seconds.append(time.perf_counter() - started)
        shown = await page.locator(".talk .q > p:first-child").all_text_contents()
        assert shown == [one["question"] for one in cases[:number]], "another's conversation"
    return seconds


if __name__ == "__main__":
    typer.run(main)
