"""What every catalogue does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from geungeo.vectorstore import Catalogue, Chunk, Document, Filter, StoreError
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.records import Entry
from tests.conftest import ROOT
from tests.contract.implementations import CATALOGUES, Implementation
from tests.read_only import read_only

DIMENSION = 8
PATH = "/문서/항구 · 港口 é.txt"
TEXT = "항구의 등불은 열두 개이다. 燈火 12 盏。"
WHOLE = Document(
    PATH, "항구 · 港口 é.txt", "0f", TEXT, title="등불 대장", date="2024-08-14",
    organisation="항만청 시설과", type="report", language="ko", pages=3, author="이하나",
    code="2024-PR-27",
)  # fmt: skip
CHUNKS = (
    Chunk(0, 16, ((0, 16),), section="1 등불 › 수", page=2, kinds=("row",)),
    Chunk(17, 25, ((17, 23), (23, 25)), recognised=True),
)
NAMES = [(("항구",), ("harbour", "light")), (("등불",), ("燈火",))]
Opener = Callable[[], AbstractContextManager[Catalogue]]


def vectors(rows: int, seed: int = 0) -> Vectors:
    made = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1)[:, None])


def entries(chunks: Sequence[Chunk] = CHUNKS) -> list[Entry]:
    """Chunks with a term of their own for their headings and for each sentence."""
    return [
        Entry(
            chunk,
            (("대장",), *((f"말{chunk.start}", str(start)) for start, _ in chunk.sentences)),
            vectors(1 + len(chunk.sentences), seed=chunk.start),
        )
        for chunk in chunks
    ]


def put(catalogue: Catalogue, document: Document, chunks: Sequence[Chunk] = CHUNKS) -> int:
    key, _ = catalogue.add(document, entries(chunks), NAMES)
    catalogue.publish(key)
    return key


def shown(catalogue: Catalogue) -> list[tuple[str, str | None, int]]:
    return [
        (one.path, catalogue.text(one.path), one.passages) for one in catalogue.documents(Filter())
    ]


@pytest.fixture(params=CATALOGUES)
def kind(request: pytest.FixtureRequest) -> Implementation[Catalogue]:
    return CATALOGUES[request.param].ready(request)


@pytest.fixture
def opener(kind: Implementation[Catalogue], tmp_path: Path) -> Opener:
    return partial(kind.open, tmp_path / "store")


@pytest.fixture
def catalogue(opener: Opener) -> Iterator[Catalogue]:
    with opener() as opened:
        yield opened


def assert_nothing_is_seen(catalogue: Catalogue, passages: Sequence[int] = ()) -> None:
    assert catalogue.documents(Filter()) == []
    assert catalogue.matching(Filter()) == []
    assert catalogue.text(PATH) is None
    assert catalogue.passages_of(PATH) == []
    assert catalogue.passages(passages) == {}
    assert catalogue.vectors(passages) == {}
    assert catalogue.passages_by_language() == {}
    assert catalogue.names() == []
    assert list(catalogue.records()) == []


def test_an_empty_catalogue_has_nothing(catalogue: Catalogue) -> None:
    assert_nothing_is_seen(catalogue, [1, 2])
    assert catalogue.leftovers() == []
    assert catalogue.terms([1]) == set()
    catalogue.withdraw(PATH)
    catalogue.rename(PATH, "/b", "b")
    catalogue.purge([1])
    assert_nothing_is_seen(catalogue)


def test_nothing_is_seen_before_it_is_published(catalogue: Catalogue) -> None:
    key, passages = catalogue.add(WHOLE, entries(), NAMES)
    assert len(set(passages)) == len(CHUNKS)
    assert_nothing_is_seen(catalogue, passages)
    assert catalogue.leftovers() == [key]
    assert catalogue.terms([key]) == {"대장", "말0", "0", "말17", "17", "23"}


def test_what_is_published_is_what_was_written(catalogue: Catalogue) -> None:
    key, ids = catalogue.add(WHOLE, entries(), NAMES)
    catalogue.publish(key)
    (summary,) = catalogue.documents(Filter())
    assert summary.passages == 2
    assert all(
        getattr(summary, name) == value
        for name, value in vars(WHOLE).items()
        if hasattr(summary, name) and name != "passages"
    )
    assert catalogue.text(PATH) == TEXT
    assert catalogue.leftovers() == []
    assert catalogue.passages_by_language() == {"ko": 2}
    assert sorted(catalogue.names()) == sorted(NAMES)
    found = catalogue.passages(ids)
    assert [found[one][0] for one in ids] == catalogue.passages_of(PATH)
    for one, entry in zip(ids, entries(), strict=True):
        passage, terms = found[one]
        assert terms == entry.terms
        assert passage.text == TEXT[entry.chunk.start : entry.chunk.end]
        for name, value in vars(entry.chunk).items():
            assert getattr(passage, name) == value
        assert (passage.path, passage.document, passage.title) == (PATH, WHOLE.name, WHOLE.title)
        assert (passage.author, passage.code, passage.date) == ("이하나", "2024-PR-27", WHOLE.date)


def test_vectors_are_kept_nearly_as_they_were(catalogue: Catalogue) -> None:
    key, ids = catalogue.add(WHOLE, entries(), NAMES)
    catalogue.publish(key)
    found = catalogue.vectors([*ids, 99])
    assert set(found) == set(ids)
    asked = vectors(1, seed=7)[0]
    for one, entry in zip(ids, entries(), strict=True):
        assert found[one].shape == entry.vectors.shape
        np.testing.assert_allclose(found[one] @ asked, entry.vectors @ asked, atol=0.01)
        np.testing.assert_allclose(np.linalg.norm(found[one], axis=1), 1, atol=1e-5)


def test_all_that_an_index_holds_is_given_by_documents(catalogue: Catalogue) -> None:
    first = put(catalogue, WHOLE)
    second = put(catalogue, replace(WHOLE, path="/b"), CHUNKS[:1])
    catalogue.add(replace(WHOLE, path="/c"), entries(), NAMES)
    given = sorted(catalogue.records(), key=len)
    assert [[one.document for one in records] for records in given] == [[second], [first] * 2]
    one = given[1][1]
    assert list(one.terms) == ["대장", "말17", "17", "말17", "23"]
    assert one.vector == pytest.approx(catalogue.vectors([one.passage])[one.passage][0])
    assert one.vector.shape == (DIMENSION,)


def test_a_document_takes_the_place_of_the_one_of_its_path(catalogue: Catalogue) -> None:
    old = put(catalogue, WHOLE)
    key, _ = catalogue.add(replace(WHOLE, text="새 글" + TEXT[3:]), entries(CHUNKS[:1]), [])
    assert shown(catalogue) == [(PATH, TEXT, 2)]
    catalogue.publish(key)
    assert shown(catalogue) == [(PATH, "새 글" + TEXT[3:], 1)]
    assert catalogue.matching(Filter()) == [key]
    assert catalogue.names() == []
    assert catalogue.leftovers() == [old]
    catalogue.purge([old])
    assert catalogue.leftovers() == []
    assert shown(catalogue) == [(PATH, "새 글" + TEXT[3:], 1)]


def test_what_is_published_twice_stays(catalogue: Catalogue) -> None:
    key = put(catalogue, WHOLE)
    catalogue.publish(key)
    assert shown(catalogue) == [(PATH, TEXT, 2)]
    assert catalogue.leftovers() == []


def test_a_withdrawn_document_is_seen_no_more(catalogue: Catalogue) -> None:
    key = put(catalogue, WHOLE)
    put(catalogue, replace(WHOLE, path="/b"))
    passages = [one.id for one in catalogue.passages_of(PATH)]
    catalogue.withdraw(PATH)
    assert [path for path, *_ in shown(catalogue)] == ["/b"]
    assert catalogue.passages(passages) == {}
    assert catalogue.vectors(passages) == {}
    assert catalogue.leftovers() == [key]
    catalogue.purge([key])
    assert catalogue.terms([key]) == set()


def test_ids_are_never_given_again(catalogue: Catalogue) -> None:
    key, passages = catalogue.add(WHOLE, entries(), NAMES)
    catalogue.purge([key])
    again, others = catalogue.add(WHOLE, entries(), NAMES)
    assert again != key
    assert set(passages).isdisjoint(others)


def test_a_document_gets_another_path_and_name(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    catalogue.rename(PATH, "/새 곳/등대.txt", "등대.txt")
    catalogue.rename("/nowhere", "/elsewhere", "x")
    assert shown(catalogue) == [("/새 곳/등대.txt", TEXT, 2)]
    assert catalogue.documents(Filter())[0].name == "등대.txt"
    assert {one.document for one in catalogue.passages_of("/새 곳/등대.txt")} == {"등대.txt"}
    assert len(catalogue.matching(Filter(documents=("등대.txt",)))) == 1
    assert catalogue.matching(Filter(documents=(WHOLE.name,))) == []


@pytest.mark.parametrize(
    ("only", "found"),
    [
        (Filter(), "abc"),
        (Filter(since="2024"), "b"),
        (Filter(until="2024"), "ab"),
        (Filter(since="2023-05-01", until="2023-05"), "a"),
        (Filter(since="2023-05-02"), "b"),
        (Filter(languages=("ko", "zh")), "ab"),
        (Filter(types=("report",)), "a"),
        (Filter(organisations=("시설과", "외사판공실")), "ab"),
        (Filter(organisations=("%",)), ""),
        (Filter(documents=("가각.txt", "없음")), "a"),
        (Filter(documents=(unicodedata.normalize("NFD", "가각.txt"),)), "a"),
        (Filter(languages=("zh",), until="2023"), ""),
        (Filter(documents=("x' OR '1'='1",)), ""),
    ],
)
def test_filters(catalogue: Catalogue, only: Filter, found: str) -> None:
    rows = {
        "a": ("가각.txt", "2023-05-01", "항만청 시설과", "report", "ko"),
        "b": ("나.txt", "2024-11", "北京市外事办·외사판공실", "press release", "zh"),
        "c": ("다.txt", "", "", "", "en"),
    }
    keys = {}
    for path, (name, date, maker, kind, language) in rows.items():
        document = Document(
            path, name, path, TEXT, date=date, organisation=maker, type=kind, language=language
        )
        keys[put(catalogue, document)] = path
    assert sorted(keys[key] for key in catalogue.matching(only)) == sorted(found)
    assert [one.path for one in catalogue.documents(only)] == sorted(found)


def test_names_that_several_documents_explain_are_given_once(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE)
    put(catalogue, replace(WHOLE, path="/b", language="zh"), CHUNKS[:1])
    assert sorted(catalogue.names()) == sorted(NAMES)
    assert catalogue.passages_by_language() == {"ko": 2, "zh": 1}


def test_a_document_without_passages_is_one_all_the_same(catalogue: Catalogue) -> None:
    put(catalogue, WHOLE, ())
    assert shown(catalogue) == [(PATH, TEXT, 0)]
    assert catalogue.passages_of(PATH) == []


def test_others_see_what_is_written_and_that_it_was(opener: Opener) -> None:
    with opener() as writer, opener() as reader:
        before = reader.version()
        assert reader.version() == before
        put(writer, WHOLE)
        assert shown(reader) == [(PATH, TEXT, 2)]
        after = reader.version()
        assert after != before
        writer.withdraw(PATH)
        assert reader.version() != after
        assert shown(reader) == []


def test_one_writer_keeps_the_others_waiting(opener: Opener) -> None:
    with opener() as one, opener() as other, ThreadPoolExecutor(1) as beside:
        told: list[str] = []

        def wait() -> None:
            with other.alone():
                told.append("other")

        with one.alone():
            waiting = beside.submit(wait)
            time.sleep(0.3)
            told.append("one")
        waiting.result(20)
        assert told == ["one", "other"]


def write_and_be_killed(name: str, folder: Path, published: bool) -> None:
    """To be run in a process of its own."""
    with CATALOGUES[name].open(folder) as catalogue:
        key, _ = catalogue.add(replace(WHOLE, text=TEXT[::-1]), entries(CHUNKS[:1]), [])
        if published:
            catalogue.publish(key)
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("published", [False, True])
def test_a_writer_that_is_killed_leaves_the_old_state_or_the_new_one(
    kind: Implementation[Catalogue], opener: Opener, tmp_path: Path, published: bool
) -> None:
    with opener() as before:
        put(before, WHOLE)
    name = next(name for name, one in CATALOGUES.items() if one is kind)
    call = (
        f"{write_and_be_killed.__name__}({name!r}, Path({str(tmp_path / 'store')!r}), {published})"
    )
    code = f"from pathlib import Path; from {__name__} import *; {call}"
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=120)
    assert died.returncode == -signal.SIGKILL
    with opener() as after:
        assert shown(after) == [(PATH, TEXT[::-1], 1) if published else (PATH, TEXT, 2)]
        (left,) = after.leftovers()
        with after.alone():
            after.purge([left])
        assert after.leftovers() == []


def test_where_nothing_can_be_written_it_is_read_and_changes_are_refused(
    kind: Implementation[Catalogue], tmp_path: Path
) -> None:
    if not kind.in_folder:
        pytest.skip("it lies on a server")
    folder = tmp_path / "store"
    with kind.open(folder) as writer:
        key = put(writer, WHOLE)
        assert not writer.why_read_only
    with read_only(folder), kind.open(folder) as reader:
        assert reader.why_read_only
        assert shown(reader) == [(PATH, TEXT, 2)]
        with reader.alone():
            for change in (
                lambda: reader.add(WHOLE, entries(), NAMES),
                lambda: reader.publish(key),
                lambda: reader.withdraw(PATH),
                lambda: reader.rename(PATH, "/b", "b"),
                lambda: reader.purge([key]),
            ):
                with pytest.raises(StoreError, match="cannot be changed"):
                    change()
        assert shown(reader) == [(PATH, TEXT, 2)]
