"""A server over a copy of the sample, and pages of it in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from geungeo.vectorstore import Store
from tests.browser.steps import new_page
from tests.conftest import ROOT

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Gradio ends its own streams where a page is left, and prints that one of them was open.
_LEFT = "AbortError: signal is aborted"


@pytest.fixture(scope="session")
def served(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the store that the page shows."""
    folder = tmp_path_factory.mktemp("page") / "store"
    shutil.copytree(sample_store.folder, folder)
    return folder


@pytest.fixture(scope="session")
def golds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder whose gold files the page lists."""
    return tmp_path_factory.mktemp("golds")


@pytest.fixture(scope="session")
def address(served: Path, golds: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(sys.executable).parent / "geungeo"
    server = subprocess.Popen(
        [script, "chat", "--store", served, "--port", str(port)],
        cwd=ROOT, env={**os.environ, "GEUNGEO_GOLD": str(golds)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stdout and server.stdout.read()
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


# Playwright keeps a loop running, in which other modules could start none of their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1360, "height": 900},
        locale="ko-KR",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened = new_page(context)
    complaints: list[str] = []
    strangers: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda r: (
            None if r.url.startswith((address, "data:", "blob:")) else strangers.append(r.url)
        ),
    )
    opened.goto(address)
    opened.set_default_timeout(60_000)
    expect.set_options(timeout=30_000)
    yield opened
    context.close()
    assert not [text for text in complaints if not text.startswith(_LEFT)]
    assert not strangers
