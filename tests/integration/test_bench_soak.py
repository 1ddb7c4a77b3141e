"""A soak of seconds, as the command runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from geungeo.ui.cli.main import app


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
