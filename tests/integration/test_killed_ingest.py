"""An ingest that is killed at any moment leaves a store that answers and that the next one
completes. ``pytest tests/integration/test_killed_ingest.py --kills 30`` kills more often."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geungeo.ingest import CHUNKER
from geungeo.lang import Analyzer
from geungeo.vectorstore import Encoder, Store
from tests.asking import search
from tests.conftest import SAMPLE

QUESTION = "통합위원회는 몇 년에 만들어졌나요?"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "geungeo", *map(str, arguments)]


def ingest(documents: Path, store: Path) -> float:
    started = time.monotonic()
    subprocess.run(command("ingest", documents, "--store", store), check=True, capture_output=True)
    return time.monotonic() - started


def contents(folder: Path, encoder: Encoder, analyzer: Analyzer) -> set[tuple[str, str, str]]:
    """Every passage that a search can return, with the document's text."""
    with Store.open(folder, encoder, analyzer, CHUNKER) as store:
        found = search(store, QUESTION, 500)
        passages = {(hit.passage.path, hit.passage.section, hit.passage.text) for hit in found}
        texts = {(path, "", store.text(path) or "") for path in store_paths(store)}
        return passages | texts


def store_paths(store: Store) -> list[str]:
    return [summary.path for summary in store.documents()]


def test_killed_at_random_moments(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer, request: pytest.FixtureRequest
) -> None:
    documents = SAMPLE / "documents"
    seconds = ingest(documents, tmp_path / "fresh")
    expected = contents(tmp_path / "fresh", encoder, analyzer)
    moments = random.Random(4)
    for number in range(request.config.getoption("--kills")):
        folder = tmp_path / f"killed-{number}"
        process = subprocess.Popen(
            command("ingest", documents, "--store", folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0.2, seconds))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if (folder / "index.json").exists():
            left = contents(folder, encoder, analyzer)
            assert {path for path, _, _ in left} <= {path for path, _, _ in expected}
        ingest(documents, folder)
        assert contents(folder, encoder, analyzer) == expected
