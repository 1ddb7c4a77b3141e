"""One ingest at a time into a catalogue, wherever it is and whoever ingests."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.contract.implementations import CATALOGUES


def ingest(name: str, folder: Path, seconds: float) -> None:
    """To be run in a process of its own: says when it waits, and when it has its turn, which
    takes so many seconds."""

    def say(what: str) -> None:
        print(what, flush=True)

    with CATALOGUES[name].open(folder) as catalogue:
        say("opened")
        with catalogue.ingesting(lambda: say("waits")):
            say("ingests")
            time.sleep(seconds)


def started(name: str, folder: Path, seconds: float) -> subprocess.Popen[str]:
    call = f"{ingest.__name__}({name!r}, Path({str(folder)!r}), {seconds})"
    code = f"from pathlib import Path; from {__name__} import *; {call}"
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said(process: subprocess.Popen[str], lines: int) -> list[str]:
    assert process.stdout
    return [process.stdout.readline().strip() for _ in range(lines)]


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_second_waits_until_the_first_has_died(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    CATALOGUES[name].ready(request)
    with CATALOGUES[name].open(tmp_path / "store"):
        pass
    first = started(name, tmp_path / "store", 600)
    second = None
    try:
        assert said(first, 2) == ["opened", "ingests"]
        second = started(name, tmp_path / "store", 0)
        assert said(second, 2) == ["opened", "waits"]
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(0.5)
        first.send_signal(signal.SIGKILL)
        assert said(second, 1) == ["ingests"]
        assert second.wait(60) == 0
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.communicate()
