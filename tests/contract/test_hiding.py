"""A store without some folders is as one that never had their documents, whatever keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geungeo.lang import Analyzer
from geungeo.vectorstore import Chunk, Correction, Document, Encoder, Filter, Store, StoreError
from tests.asking import search
from tests.contract.implementations import CATALOGUES, INDEXES

OPEN = {
    "/reports/배.txt": "나루터의 배는 다섯 척이다. 배는 아침에 떠난다.",
    "/reports/secret2/bridge.txt": "The bridge over the harbour was painted in May.",
    "/reports/등대.txt": "등대의 등불은 열두 개이다. 등불은 밤에 켜진다.",
}
HIDDEN = {
    "/reports/secret/금고.txt": "금고의 비밀번호는 참새가 안다. 나루터의 배는 여섯 척이다.",
    "/reports/secret/a/zephyr.txt": "Project Zephyr (제피르 사업) moves the harbour in June.",
    "/reports/box.zip!/notes.txt": "The quokka keeps the ledger of the harbour.",
    "/reports/비밀.txt": "도롱뇽은 등대 아래 산다.",
}
FOLDERS = ("/reports/secret", "/reports/box.zip", "/reports/비밀.txt")
UNSAID = ("참새", "zephyr", "quokka", "도롱뇽")
QUESTIONS = (
    "나루터의 배는 몇 척?", "참새는 무엇을 아나?", "When was the bridge painted?", "등불은 몇 개?",
    "quokka harbour ledger", "도롱뇽은 어디에 사나?",
)  # fmt: skip


def document(path: str, text: str) -> tuple[Document, list[Chunk]]:
    language = "en" if text.isascii() else "ko"
    title, date = f"title of {path}", f"2024-01-{len(text) % 28 + 1:02}"
    made = Document(path, Path(path).name, path, text, title, date, path, "report", language)
    ends = [place + 1 for place, letter in enumerate(text) if letter == "."]
    spans = tuple(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    return made, [Chunk(0, len(text), spans)]


@contextmanager
def opened(
    folder: Path, pair: tuple[str, str], encoder: Encoder, analyzer: Analyzer
) -> Iterator[Store]:
    catalogue, index = pair
    with ExitStack() as parts:
        book = parts.enter_context(CATALOGUES[catalogue].open(folder))
        finder = parts.enter_context(INDEXES[index].open(folder / "index"))
        yield Store(folder, book, finder, encoder, analyzer)


PAIRS = [*((one, "chroma and tantivy") for one in CATALOGUES), ("sqlite", "milvus-lite")]


@pytest.fixture(params=PAIRS)
def two(
    request: pytest.FixtureRequest, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> Iterator[tuple[Store, Store]]:
    """All of the documents, and the open ones alone."""
    CATALOGUES[request.param[0]].ready(request)
    with ExitStack() as stores:
        whole, alone = (
            stores.enter_context(opened(tmp_path / name, request.param, encoder, analyzer))
            for name in ("whole", "alone")
        )
        whole.replace_all([document(*one) for one in (OPEN | HIDDEN).items()])
        alone.replace_all([document(*one) for one in OPEN.items()])
        yield whole, alone


def is_as(seen: Store, alone: Store, whole: Store) -> None:
    """Whatever is asked of both is answered alike."""
    assert seen.documents() == alone.documents()
    assert seen.count() == alone.count()
    assert seen.passages_by_language() == alone.passages_by_language()
    assert seen.names() == alone.names()
    assert sorted(seen.words()) == sorted(alone.words())
    terms = {*whole.words(), "나루터", "nowhere"}
    found, expected = seen.look_up(terms), alone.look_up(terms)
    assert [one.known for one in found.values()] == [expected[term].known for term in found]
    vectors = whole.encoder.encode_questions([*UNSAID, "harbour"])
    for most, least in ((1, 0.0), (3, 0.2), (50, 0.0)):
        near = seen.near_words(vectors, most, least)
        like = alone.near_words(vectors, most, least)
        assert [one.keys() for one in near] == [one.keys() for one in like]
    for question in QUESTIONS:
        hits, others = search(seen, question, 10), search(alone, question, 10)
        assert {one.passage.path for one in hits} == {one.passage.path for one in others}


def counts_as(seen: Store, alone: Store, whole: Store) -> None:
    """As ``is_as`` of how rare words are, where an index counts none that was removed."""
    found, expected = seen.look_up(whole.words()), alone.look_up(whole.words())
    assert [one.passages for one in found.values()] == [expected[term].passages for term in found]
    assert [one.idf for one in found.values()] == pytest.approx(
        [expected[term].idf for term in found]
    )
    for question in QUESTIONS:
        hits, others = search(seen, question, 10), search(alone, question, 10)
        assert [one.passage.path for one in hits] == [one.passage.path for one in others]
        # Lengths of passages are measured against the mean of all of them.
        assert [one.lexical for one in hits] == pytest.approx(
            [one.lexical for one in others], abs=0.1
        )


def test_what_is_hidden_is_as_if_it_were_not_there(two: tuple[Store, Store]) -> None:
    whole, alone = two
    seen = whole.without(FOLDERS)
    is_as(seen, alone, whole)
    counts_as(seen, alone, whole)
    for path in HIDDEN:
        assert (seen.text(path), seen.as_read(path), seen.passages(path)) == (None, None, [])
        passages = whole.passages(path)
        assert passages and not seen.sentence_vectors(passages)
    found = (one.passage.path for question in QUESTIONS for one in search(seen, question, 10))
    assert {*found} <= OPEN.keys()
    assert seen.count(Filter(documents=("금고.txt",))) == 0
    assert not any(one.known for one in seen.look_up(UNSAID).values())
    assert all(one.known for one in whole.look_up(UNSAID).values())
    assert {one.passage.path for one in search(whole, QUESTIONS[1], 3)} & HIDDEN.keys()
    assert len(search(seen, QUESTIONS[0], 10, Filter(documents=("배.txt", "금고.txt")))) == 1


def test_it_follows_what_is_written(two: tuple[Store, Store]) -> None:
    whole, alone = two
    seen = whole.without(FOLDERS)
    is_as(seen, alone, whole)
    new = document("/reports/새.txt", "참새는 등대에 앉는다.")
    for store in two:
        store.replace(*new)
    is_as(seen, alone, whole)
    counts_as(seen, alone, whole)
    assert seen.look_up(["참새"])["참새"].passages == 1
    whole.replace(*document("/reports/secret/new.txt", "A marmot guards the harbour."))
    whole.correct("/reports/secret/new.txt", Correction(title="marmots"))
    is_as(seen, alone, whole)
    assert not seen.corrections() and whole.corrections()
    for store in two:
        store.remove(new[0].path)
    is_as(seen, alone, whole)
    # What is moved into a hidden folder is hidden from then on.
    whole.rename("/reports/배.txt", "/reports/secret/배.txt")
    alone.remove("/reports/배.txt")
    is_as(seen, alone, whole)
    assert whole.count() == seen.count() + len(HIDDEN) + 2


def test_what_hides_is_only_read_and_written_as_a_disk_writes_it(
    two: tuple[Store, Store],
) -> None:
    import unicodedata

    whole, _ = two
    seen = whole.without(FOLDERS)
    with pytest.raises(StoreError, match="hidden"):
        seen.remove("/reports/배.txt")
    made, chunks = document("/reports/secret/금고.txt", "또 다른 금고이다.")
    path = "/보고서/" + unicodedata.normalize("NFD", "극비") + "/금고.txt"
    whole.replace(replace(made, path=path), chunks)
    assert path in {one.path for one in seen.documents()}
    assert path not in {one.path for one in whole.without(["/보고서/극비"]).documents()}
    everything = whole.without(["/reports", "/보고서"])
    assert everything.documents() == [] and everything.words() == []
    assert search(everything, QUESTIONS[0], 5) == []
    assert np.isfinite(everything.look_up(["배"])["배"].idf)
