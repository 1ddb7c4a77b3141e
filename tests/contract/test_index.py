"""What every index does."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from geungeo.vectorstore import Index
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.protocols import IndexRecord
from tests.contract.implementations import INDEXES, Implementation
from tests.read_only import read_only

DIMENSION = 8
OPEN_PASSAGES = {
    # passage: (document, terms)
    1: (10, "항구 등불 열두 개"),
    2: (10, "등불 유리 닦다"),
    3: (20, "방파제 길이 이백 미터 방파제"),
    4: (20, "北京 机器人 产业"),
    5: (30, "committee 2013 第三 c++ café"),
}
Opener = Callable[[], AbstractContextManager[Index]]


def unit(number: int) -> Vectors:
    """A vector that is only like itself."""
    row = np.random.default_rng(number).normal(size=DIMENSION).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row))


def record(passage: int, document: int, terms: str) -> IndexRecord:
    return IndexRecord(passage, document, terms.split(), unit(passage))


RECORDS = [record(passage, *held) for passage, held in OPEN_PASSAGES.items()]


def words(*alone: str) -> list[dict[str, float]]:
    """A question of words that stand for themselves."""
    return [{word: 1.0} for word in alone]


@pytest.fixture(params=INDEXES)
def kind(request: pytest.FixtureRequest) -> Implementation[Index]:
    return INDEXES[request.param]


@pytest.fixture
def opener(kind: Implementation[Index], tmp_path: Path) -> Opener:
    return partial(kind.open, tmp_path / "store")


@pytest.fixture
def empty(opener: Opener) -> Iterator[Index]:
    with opener() as opened:
        yield opened


@pytest.fixture
def index(empty: Index) -> Index:
    empty.add(RECORDS)
    return empty


def test_an_empty_index_finds_nothing_and_knows_nothing(empty: Index) -> None:
    assert empty.search_lexical(words("등불"), 5) == {}
    assert empty.search_lexical([], 5) == {}
    assert empty.search_dense(unit(1), 5) == {}
    assert empty.score_lexical(words("등불"), [1]) == {}
    assert empty.words() == []
    assert empty.near_words(np.stack([unit(1)]), 3, 0.5) == [{}]
    assert not empty.look_up(["등불"])["등불"].known
    assert empty.lacking(0) == []
    empty.remove([10])
    empty.forget(["등불"])
    empty.add([])


def test_one_who_has_looked_into_an_empty_index_finds_what_comes_later(opener: Opener) -> None:
    with opener() as reader, opener() as writer:
        assert reader.search_dense(unit(1), 5) == {}
        assert reader.search_lexical(words("등불"), 5) == {}
        writer.add(RECORDS)
        reader.refresh()
        assert list(reader.search_dense(unit(3), 1)) == [3]
        assert list(reader.search_lexical(words("방파제"), 1)) == [3]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("등불", {1, 2}), ("北京", {4}), ("第三", {5}), ("café", {5}), ("c++", {5}), ("2013", {5}),
        ("등", set()), ("Committee", set()),
    ],
)  # fmt: skip
def test_terms_are_found_as_they_are(index: Index, term: str, found: set[int]) -> None:
    assert set(index.search_lexical(words(term), 5)) == found
    assert index.look_up([term])[term].known == bool(found)


def test_lexical_scores_are_okapi_bm25_by_what_could_be_reached(index: Index) -> None:
    asked = ("등불", "유리", "방파제")
    found = index.search_lexical(words(*asked), 5)
    assert list(found) == sorted(found, key=lambda passage: -found[passage])
    assert found == pytest.approx(bm25(asked), abs=1e-3)
    assert all(0 <= score < 1 for score in found.values())


def bm25(asked: Sequence[str]) -> dict[int, float]:
    texts = {passage: terms.split() for passage, (_, terms) in OPEN_PASSAGES.items()}
    mean = sum(map(len, texts.values())) / len(texts)

    def idf(term: str) -> float:
        held = sum(term in text for text in texts.values())
        return math.log(1 + (len(texts) - held + 0.5) / (held + 0.5))

    found = {}
    for passage, text in texts.items():
        counts = Counter(text)
        length = 1.2 * (0.25 + 0.75 * len(text) / mean)
        score = sum(idf(t) * counts[t] * 2.2 / (counts[t] + length) for t in asked if counts[t])
        if score:
            found[passage] = score / (2.2 * sum(map(idf, asked)))
    return found


def test_statistics_are_those_of_bm25(index: Index) -> None:
    found = index.look_up(["등불", "방파제", "없음"])
    assert {term: one.known for term, one in found.items()} == {
        "등불": True, "방파제": True, "없음": False,
    }  # fmt: skip
    for term, held in (("등불", 2), ("방파제", 1), ("없음", 0)):
        assert found[term].idf == pytest.approx(math.log(1 + (5 - held + 0.5) / (held + 0.5)))


def test_an_unknown_word_lessens_what_is_reached(index: Index) -> None:
    alone = index.search_lexical(words("등불"), 5)
    beside = index.search_lexical(words("등불", "없음"), 5)
    assert set(alone) == set(beside)
    assert all(beside[passage] < alone[passage] for passage in alone)
    assert index.search_lexical(words("없음"), 5) == {}


def test_of_a_group_the_best_counts_by_its_weight(index: Index) -> None:
    whole = index.search_lexical([{"방파제": 1.0}], 5)[3]
    assert index.search_lexical([{"방파제": 1.0, "미터": 0.5}], 5)[3] == pytest.approx(whole)
    both = index.search_lexical([{"방파제": 1.0, "등불": 0.5}], 5)
    assert next(iter(both)) == 3
    assert 0 < both[1] < index.search_lexical(words("등불"), 5)[1]


def test_dense_search_gives_cosines(index: Index) -> None:
    asked = unit(2) + unit(4)
    asked /= np.linalg.norm(asked)
    found = index.search_dense(asked, 5)
    assert list(found) == sorted(found, key=lambda passage: -found[passage])
    for passage in OPEN_PASSAGES:
        assert found[passage] == pytest.approx(float(unit(passage) @ asked), abs=1e-3)


def test_no_more_are_found_than_are_wanted(index: Index) -> None:
    assert len(index.search_dense(unit(1), 2)) == 2
    assert len(index.search_lexical(words("등불", "방파제", "北京"), 2)) == 2


@pytest.mark.parametrize(
    ("documents", "found"),
    [([10], {1, 2}), ({20, 30}, {3, 4, 5}), ([99], set()), ([], set()), ((10, 99), {1, 2})],
)
def test_a_search_is_narrowed_to_documents(
    index: Index, documents: Sequence[int], found: set[int]
) -> None:
    asked = words("등불", "방파제", "北京", "committee")
    assert set(index.search_lexical(asked, 9, documents)) == found
    assert set(index.search_dense(unit(1), 9, documents)) == found


def test_narrowing_changes_no_score(index: Index) -> None:
    asked = words("등불", "유리")
    assert index.search_lexical(asked, 9, [10]) == pytest.approx(index.search_lexical(asked, 9))


def test_given_passages_are_scored_as_a_search_scores_them(index: Index) -> None:
    asked = words("등불", "유리", "방파제")
    found = index.search_lexical(asked, 9)
    assert index.score_lexical(asked, [2, 3, 4, 99]) == pytest.approx(
        {passage: found[passage] for passage in (2, 3)}
    )
    assert index.score_lexical(asked, []) == {}


def test_removed_documents_leave_neither_passages_nor_terms(index: Index) -> None:
    index.remove([10, 99])
    asked = words("등불", "방파제")
    assert set(index.search_lexical(asked, 9)) == {3}
    assert set(index.search_dense(unit(1), 9)) == {3, 4, 5}
    assert index.score_lexical(asked, [1, 2, 3]).keys() == {3}
    known = {term: found.known for term, found in index.look_up(["등불", "방파제"]).items()}
    assert known == {"등불": False, "방파제": True}


def test_a_document_in_the_place_of_another_keeps_the_terms_of_both_apart(index: Index) -> None:
    index.add([record(6, 40, "등대 등불 세 개")])
    index.remove([10])
    assert set(index.search_lexical(words("등불", "항구"), 9)) == {6}
    known = {term: found.known for term, found in index.look_up(["등불", "항구"]).items()}
    assert known == {"등불": True, "항구": False}


def test_it_is_all_there_when_it_is_opened_again(opener: Opener) -> None:
    with opener() as before:
        before.add(RECORDS)
        before.learn(["등불", "北京"], np.stack([unit(1), unit(2)]))
        found = before.search_lexical(words("등불"), 5), before.search_dense(unit(1), 5)
    with opener() as again:
        assert (again.search_lexical(words("등불"), 5), again.search_dense(unit(1), 5)) == found
        assert again.words() == ["등불", "北京"]


def test_another_reader_sees_what_was_removed_and_forgotten(opener: Opener) -> None:
    with opener() as reader, opener() as writer:
        writer.add(RECORDS)
        writer.learn(["등불", "北京"], np.stack([unit(1), unit(2)]))
        reader.refresh()
        assert reader.words() == ["등불", "北京"]
        writer.remove([10])
        writer.forget(["등불"])
        reader.refresh()
        assert set(reader.search_lexical(words("등불", "방파제"), 9)) == {3}
        assert reader.words() == ["北京"]


def test_words_that_are_learned_after_the_vocabulary_was_read_empty_count(empty: Index) -> None:
    assert empty.words() == []
    assert empty.near_words(np.stack([unit(1)]), 3, 0.5) == [{}]
    empty.learn(["등불", "유리"], np.stack([unit(1), unit(2)]))
    assert empty.words() == ["등불", "유리"]
    assert empty.unlearned({"등불", "방파제"}) == {"방파제"}
    assert list(empty.near_words(np.stack([unit(2)]), 1, 0.5)[0]) == ["유리"]
    empty.learn(["방파제"], np.stack([unit(3)]))
    assert list(empty.near_words(np.stack([unit(3)]), 1, 0.5)[0]) == ["방파제"]


def test_near_words_come_nearest_first_and_are_near(empty: Index) -> None:
    names = [f"말{number}" for number in range(9)]
    rows = np.stack([unit(number) for number in range(9)])
    empty.learn(names, rows)
    for asked, found in zip(rows, empty.near_words(rows, 3, 0.3), strict=True):
        cosines = dict(zip(names, (rows @ asked).tolist(), strict=True))
        nearest = sorted(cosines, key=lambda name: -cosines[name])[:3]
        assert list(found) == [name for name in nearest if cosines[name] >= 0.3]
        assert found == pytest.approx({name: cosines[name] for name in found}, abs=0.01)
    assert empty.near_words(np.empty((0, DIMENSION), np.float32), 3, 0.3) == []


def test_a_word_is_learned_once_and_forgotten_wholly(empty: Index) -> None:
    empty.learn(["등불"], np.stack([unit(1)]))
    empty.learn(["등불", "유리"], np.stack([unit(5), unit(2)]))
    assert empty.words() == ["등불", "유리"]
    assert list(empty.near_words(np.stack([unit(1)]), 1, 0.9)[0]) == ["등불"]
    empty.forget({"등불", "없음"})
    assert empty.words() == ["유리"]
    assert empty.near_words(np.stack([unit(1)]), 1, 0.9) == [{}]
    assert empty.unlearned({"등불", "유리"}) == {"등불"}
    empty.learn(["등불"], np.stack([unit(5)]))
    assert list(empty.near_words(np.stack([unit(5)]), 1, 0.9)[0]) == ["등불"]


def test_what_is_lacking_is_mended_and_not_doubled(empty: Index) -> None:
    lacking = empty.lacking(len(RECORDS))
    assert lacking
    empty.mend(lacking, RECORDS[:2])
    empty.mend(lacking, RECORDS[2:])
    empty.mend(lacking, [])
    assert empty.lacking(len(RECORDS)) == []
    empty.mend(lacking, RECORDS[:2])
    assert set(empty.search_lexical(words("등불"), 9)) == {1, 2}
    assert empty.look_up(["등불"])["등불"].known
    assert len(empty.search_dense(unit(1), 9)) == 5


def test_a_whole_index_lacks_nothing(index: Index) -> None:
    assert index.lacking(5) == []
    assert index.lacking(3) == []
    assert index.lacking(6)


def test_readers_go_on_while_one_writes(empty: Index) -> None:
    empty.add(RECORDS)

    def ask(number: int) -> bool:
        found = empty.search_lexical(words("北京"), 9)
        near = empty.search_dense(unit(4), 1)
        return 4 in found and 4 in near and empty.look_up(["北京"])["北京"].known

    with ThreadPoolExecutor(3) as readers:
        asked = [readers.submit(ask, number) for number in range(60)]
        for number in range(100, 105):
            empty.add([record(number, number, "北京 등대")])
            empty.learn([f"등대{number}"], np.stack([unit(number)]))
            empty.remove([number])
        assert all(one.result() for one in asked)


def test_an_index_in_a_folder_that_cannot_be_written_is_read(
    kind: Implementation[Index], tmp_path: Path
) -> None:
    if not kind.in_folder:
        pytest.skip("it lies on a server")
    folder = tmp_path / "store"
    with kind.open(folder) as writer:
        writer.add(RECORDS)
        writer.learn(["등불"], np.stack([unit(1)]))
    with read_only(folder), kind.open(folder) as reader:
        assert set(reader.search_lexical(words("등불"), 9)) == {1, 2}
        assert list(reader.search_dense(unit(3), 1)) == [3]
        assert reader.words() == ["등불"]
