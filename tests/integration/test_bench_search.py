"""``geungeo bench search``: a large collection that no model has read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from geungeo.evals.bench.collection import Collection
from geungeo.lang import Analyzer
from geungeo.ui.cli.main import app

_SMALL = ["bench", "search", "--passages", "300", "--questions", "20"]


@pytest.fixture(scope="module")
def collection(analyzer: Analyzer) -> Collection:
    return Collection(analyzer)


def test_both_engines_hold_the_collection_and_find_the_same(tmp_path: Path) -> None:
    asked = [*_SMALL, "--index", "milvus", "--folder", str(tmp_path), "--json"]
    said = CliRunner().invoke(app, asked)
    assert said.exit_code == 0, said.output
    result = json.loads(said.stdout)
    assert list(result) == ["embedded", "milvus"]
    for figures in result.values():
        assert figures["passages"] == 300
        assert figures["words"] > 1000
        assert figures["found_in_10"] >= 0.9
        assert figures["ms_per_query_p50"] <= figures["ms_per_query_p95"]
        assert figures["mib_disk_all"] > 1 and figures["mib_ask"] > 100
    assert result["milvus"]["same_first"] == 1.0

    (built,) = tmp_path.glob("embedded-300/catalogue.sqlite")
    before = built.stat().st_mtime_ns
    again = CliRunner().invoke(app, [*_SMALL, "--folder", str(tmp_path)])
    assert again.exit_code == 0, again.output
    assert "ms_per_query_p95" in again.stdout and "milvus" not in again.stdout
    assert built.stat().st_mtime_ns == before


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, [*_SMALL, "--index", "none"]).exit_code == 2
    assert CliRunner().invoke(app, [*_SMALL, "--stock", "--index", "milvus"]).exit_code == 2
    assert CliRunner().invoke(app, [*_SMALL, "--stock", "--folder", str(tmp_path)]).exit_code == 2


def test_the_collection_is_the_same_each_time_and_grows(collection: Collection) -> None:
    first = list(collection.documents(350))
    assert [len(one.entries) for one in first] == [100, 100, 100, 50]
    again = list(collection.documents(1000))
    assert [one.document.text for one in first[:3]] == [one.document.text for one in again[:3]]
    assert {one.document.language for one in again} == {"ko", "zh", "en"}
    words = [
        {term for one in part for entry in one.entries for own in entry.terms for term in own}
        for part in (again[:4], again[4:8])
    ]
    assert len(words[1] - words[0]) > 500
    for entry in first[0].entries:
        assert len(entry.vectors) == 1 + len(entry.terms[1:])
        assert np.allclose(np.linalg.norm(entry.vectors, axis=1), 1)


def test_a_question_lies_near_its_passage(collection: Collection) -> None:
    entries = {
        (one.document.path, entry.chunk.start): entry.vectors[0]
        for one in collection.documents(1000)
        for entry in one.entries
    }
    rows = np.stack([*entries.values()])
    places = []
    for one in collection.questions(1000, 50):
        (vector,) = collection.encoder.encode_questions([one.text])
        places.append(int((rows @ vector > entries[one.path, one.start] @ vector).sum()))
    assert np.median(places) <= 5
