"""A soak of seconds, as the command runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geungeo.ingest import Ledger, ingest
from geungeo.ui.cli.main import app
from geungeo.vectorstore import Store


def test_a_short_soak_finds_no_error_and_what_was_ingested_is_told(tmp_path: Path) -> None:
    command = ["bench", "soak", "--minutes", "0.2", "--readers", "4", "--pause", "2", "--json"]
    # A setting of who runs it is none of the soak's.
    (tmp_path / ".env").write_text("GEUNGEO_INDEX=nowhere\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "geungeo", *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == found["ingests failed"] == 0, found
    assert [found[f"{change} and told"] for change in ("added", "changed", "removed")] == [
        "1 of 1"
    ] * 3  # fmt: skip
    assert found["answers"] == sum(found["by kind"].values()) > 0
    assert found["tabs of the page"] > 0 and found["by kind"]["page"] > 0
    assert found["resident MiB at most"] > found["own MiB"][-1] > 0
    assert len(found["seconds p95"]) == len(found["resident MiB"]) == 4
    assert found["lines of the server's log"] == 0, found["log"]


def test_documents_that_cannot_be_ingested_are_named(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["bench", "soak", "--documents", str(tmp_path / "nowhere")])
    assert said.exit_code == 2
    assert "nowhere" in said.output


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_a_soak_has_started_ends_with_it(tmp_path: Path, told: signal.Signals) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "lighthouse.txt").write_text("The lighthouse has twelve lamps.", encoding="utf-8")
    command = ["bench", "soak", "--minutes", "10", "--readers", "2", "--documents", str(documents)]
    # Who runs the tests in the background may have switched Ctrl-C off, for what is started too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        soak = subprocess.Popen(
            [sys.executable, "-m", "geungeo", *command], env={**os.environ, "TMPDIR": str(tmp_path)}
        )
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        while not (server := _started_by(soak.pid, "chat")):
            assert soak.poll() is None
            time.sleep(0.1)
        soak.send_signal(told)
        assert soak.wait(60) != 0
    finally:
        soak.kill()
    _wait_for_the_end_of(server)
    if told is not signal.SIGKILL:
        assert not [*tmp_path.glob("geungeo-soak-*")]


def test_the_page_of_which_the_start_is_measured_ends_with_the_measuring(
    tmp_path: Path, store: Store, ledger: Ledger
) -> None:
    (tmp_path / "lighthouse.txt").write_text("The lighthouse has twelve lamps.", encoding="utf-8")
    ingest([tmp_path / "lighthouse.txt"], store, ledger)
    measuring = subprocess.Popen(
        [sys.executable, "-m", "geungeo", "bench", "start", "--store", str(store.folder)]
    )
    try:
        while not (server := _started_by(measuring.pid, "chat")):
            assert measuring.poll() is None
            time.sleep(0.05)
        measuring.kill()
        measuring.wait()
    finally:
        measuring.kill()
    _wait_for_the_end_of(server)


def _wait_for_the_end_of(process: str) -> None:
    until = time.monotonic() + 60
    while (Path("/proc") / process).exists():
        assert time.monotonic() < until, "the server is still there"
        time.sleep(0.1)


def _started_by(process: int, command: str) -> str:
    """The process that another has started and that has a word in its command; empty for none."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    for one in told:
        with suppress(OSError):
            if command.encode() in (Path("/proc") / one / "cmdline").read_bytes().split(b"\0"):
                return one
    return ""
