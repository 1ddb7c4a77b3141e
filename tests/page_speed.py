"""How soon the page of a running server can be used: python -m tests.page_speed ADDRESS GOLD

In fresh browsers, how soon the field for a question is there and a question that is typed at once
is answered; then how soon the first text of each answer comes in one conversation, by quarter of
it. The browsers run on the same machine, so that it is their own work too.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import QUIET, SYSTEM_BROWSERS

_PATIENCE = 60_000  # milliseconds
_FIELD = "#question textarea"
_HAS_TEXT = "n => document.querySelector(`.talk .a[data-number='${n}']`)?.innerText.trim()"
_IS_WHOLE = "n => document.querySelector(`.talk .a[data-number='${n}'] .actions`)"


def main(
    address: Annotated[str, typer.Argument(help="The page's, as http://127.0.0.1:7860/.")],
    gold: Annotated[Path, typer.Argument(help="Gold questions that are asked.")],
    browsers: Annotated[int, typer.Option(help="Fresh ones.")] = 10,
    turns: Annotated[int, typer.Option(help="Questions in one conversation.")] = 100,
) -> None:
    lines = gold.read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    with sync_playwright() as playwright:
        opened = []
        for _ in range(browsers):
            browser = playwright.chromium.launch(executable_path=found, args=QUIET)
            opened.append(_opened(browser, address, asked[0]))
            browser.close()
        for what, seconds in zip(
            ("the field is there", "a question is answered", "all is there"),
            np.array(opened).T,
            strict=True,
        ):
            print(f"{what}: {_told(seconds)}")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        page = browser.new_page(locale="ko-KR")
        page.goto(address)
        taken = [_first_text(page, n, asked[n % len(asked)]) for n in range(turns)]
        browser.close()
    print(f"first text, {turns} questions: {_told(np.array(taken))}")
    quarters = [np.median(part) for part in np.array_split(taken, 4)]
    print("… by quarter, p50:", *(f"{seconds:.3f}" for seconds in quarters))


def _told(seconds: np.ndarray) -> str:
    return f"p50 {np.median(seconds):.3f}, longest {seconds.max():.3f} seconds"


def _opened(browser: Browser, address: str, question: str) -> tuple[float, float, float]:
    """The seconds until the field is there, its first question is answered, and all that the
    page shows has come."""
    page = browser.new_page(locale="ko-KR")
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(_FIELD).wait_for(state="visible", timeout=_PATIENCE)
    there = time.perf_counter() - started
    _first_text(page, 0, question)
    answered = time.perf_counter() - started
    page.wait_for_selector("html[data-loaded]", timeout=_PATIENCE)
    return there, answered, time.perf_counter() - started


def _first_text(page: Page, number: int, question: str) -> float:
    """Ask the question of this number in a conversation; the seconds until there was text."""
    field = page.locator(_FIELD)
    field.fill(question)
    started = time.perf_counter()
    field.press("Enter")
    page.wait_for_function(_HAS_TEXT, arg=number, timeout=_PATIENCE)
    taken = time.perf_counter() - started
    page.wait_for_function(_IS_WHOLE, arg=number, timeout=_PATIENCE)
    return taken


if __name__ == "__main__":
    typer.run(main)
