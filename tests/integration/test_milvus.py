"""A store whose index is on Milvus, by milvus-lite: it finds what the embedded one finds."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geungeo.ingest import CHUNKER, Ledger, ingest
from geungeo.lang import Analyzer
from geungeo.rag.question.expansion import Expander
from geungeo.vectorstore import Encoder, Hit, MilvusAddress, Store, StoreError
from geungeo.vectorstore.milvus.opening import open_milvus
from geungeo.vectorstore.protocols import Index, IndexRecord
from geungeo.vectorstore.rarity import idf
from tests.asking import search
from tests.conftest import ROOT, SAMPLE

QUESTIONS = [
    json.loads(line)["question"] for line in (SAMPLE / "questions.jsonl").read_text().splitlines()
]


def place(hit: Hit) -> tuple[str, int]:
    return hit.passage.path, hit.passage.start


def scores(hits: Sequence[Hit]) -> dict[tuple[str, int], float]:
    return {place(hit): hit.score for hit in hits}


def test_the_sample_is_found_as_the_embedded_index_finds_it(
    tmp_path: Path, sample_store: Store, encoder: Encoder, analyzer: Analyzer
) -> None:
    address = MilvusAddress(str(tmp_path / "index.db"))
    with Store.open(tmp_path, encoder, analyzer, CHUNKER, milvus=address) as store:
        report = ingest([SAMPLE / "documents"], store, Ledger(tmp_path / "ledger.sqlite"))
        assert not report.failed
        assert sorted(store.words()) == sorted(sample_store.words())
        expander, own = Expander.of(sample_store), Expander.of(store)
        for question in QUESTIONS:
            asked = expander.analyse(question)
            wanted, found = sample_store.search(asked), store.search(asked)
            assert scores(found) == pytest.approx(scores(wanted), abs=5e-4), question
            assert list(map(place, found[:1])) == list(map(place, wanted[:1])), question
            # Of words that are equally near, other ones may stand for a question's.
            again = store.search(own.analyse(question))
            assert list(map(place, again[:1])) == list(map(place, wanted[:1])), question


def put(index: Index, passage: int, terms: str) -> None:
    vector = np.eye(8, dtype=np.float32)[passage % 8]
    index.add([IndexRecord(passage, passage, terms.split(), vector)])


def test_rows_of_another_mean_length_score_as_if_written_today(tmp_path: Path) -> None:
    """Short passages come first and long ones later, one at a time and all at once."""
    texts = ["등불 항구", "등불 유리 닦다", "등불 " + "바다 " * 60, "방파제 " * 3 + "등불 " * 90]
    asked = [{"등불": 1.0, "항구": 0.7}, {"방파제": 1.0, "바다": 0.5}]
    found = []
    for name in ("slowly", "at once"):
        index = open_milvus(MilvusAddress(str(tmp_path / "index.db")), name.replace(" ", "_"))
        if name == "slowly":
            for passage, text in enumerate(texts):
                put(index, passage, text)
        else:
            rows = np.eye(8, dtype=np.float32)
            index.add([IndexRecord(n, n, text.split(), rows[n]) for n, text in enumerate(texts)])
        found.append(index.search_lexical(asked, 9))
        assert index.search_lexical(asked, 1) == dict([next(iter(found[-1].items()))])
        index.close()
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert list(found[0]) == list(found[1])


def write_and_be_killed(file: str) -> None:
    """To be run in a process of its own; it dies when the terms are written and the passages
    are not."""

    class Killing(IndexRecord):
        def __getattribute__(self, name: str) -> Any:
            if name == "vector":
                os.kill(os.getpid(), signal.SIGKILL)
            return super().__getattribute__(name)

    index = open_milvus(MilvusAddress(file), "store")
    put(index, 1, "등불 항구")
    vector = np.eye(8, dtype=np.float32)[2]
    index.add([IndexRecord(2, 2, ["등불"], vector), Killing(3, 3, ["유리"], vector)])


def test_what_a_killed_writer_left_is_counted_anew(tmp_path: Path) -> None:
    file = str(tmp_path / "index.db")
    code = f"from {__name__} import *; {write_and_be_killed.__name__}({file!r})"
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=300)
    assert died.returncode == -signal.SIGKILL
    index = open_milvus(MilvusAddress(file), "store")
    index.remove([2, 3])
    put(index, 4, "항구 유리")
    found = index.look_up(["등불", "항구", "유리"])
    assert {term: one.idf for term, one in found.items()} == pytest.approx(
        {"등불": idf(2, 1), "항구": idf(2, 2), "유리": idf(2, 1)}
    )
    assert set(index.search_lexical([{"유리": 1.0}], 9)) == {4}
    index.remove([4])
    assert not index.look_up(["유리"])["유리"].known
    assert index.lacking(1) == []
    index.close()


def test_a_store_moves_to_milvus_with_its_words_and_apart_from_others(
    tmp_path: Path, sample_store: Store, encoder: Encoder, analyzer: Analyzer
) -> None:
    moved, other = tmp_path / "moved", tmp_path / "other"
    moved.mkdir()
    for name in ("index.json", "catalogue.sqlite", "catalogue.sqlite-wal"):
        if (sample_store.folder / name).exists():
            shutil.copy(sample_store.folder / name, moved / name)
    address = MilvusAddress(str(tmp_path / "index.db"))
    with (
        Store.open(moved, encoder, analyzer, CHUNKER, milvus=address) as one,
        Store.open(other, encoder, analyzer, CHUNKER, milvus=address) as empty,
    ):
        for question in QUESTIONS[:3]:
            assert search(one, question, 3)
            assert search(empty, question, 3) == []
        assert sorted(one.words()) == sorted(sample_store.words())
        assert empty.words() == []


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("", "GEUNGEO_MILVUS_URI"),
        ("http://127.0.0.1:9", r"GEUNGEO_MILVUS_URI=http://127\.0\.0\.1:9"),
        ("http://someone:secret@127.0.0.1:9", r"GEUNGEO_MILVUS_URI=http://127\.0\.0\.1:9"),
        ("/nowhere/index.db", r"GEUNGEO_MILVUS_URI=/nowhere/index\.db"),
    ],
)
def test_a_server_that_is_not_there_is_named(uri: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as told:
        open_milvus(MilvusAddress(uri), "store")
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_a_package_that_is_not_there_is_named(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pymilvus'] = None\n"
        "from geungeo.vectorstore.milvus.opening import open_milvus\n"
        "from geungeo.vectorstore import MilvusAddress\n"
        "open_milvus(MilvusAddress('http://127.0.0.1:9'), 'store')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300
    )
    assert "needs pymilvus: pip install 'geungeo[milvus]'" in done.stderr.splitlines()[-1]
