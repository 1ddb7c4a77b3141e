"""The words of questions as an index has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geungeo.lang import Analyzer
from geungeo.rag.assembly import open_store
from geungeo.rag.question.expansion import Expander
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Chunk, Document, Encoder, Store
from tests.asking import search


def put(store: Store, path: str, text: str) -> None:
    whole = (0, len(text))
    store.replace(Document(path, Path(path).name, path, text), [Chunk(*whole, (whole,))])


def known(expander: Expander, question: str) -> dict[str, bool]:
    return {term.word: term.known for term in expander.analyse(question).terms}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("首都外交的研究很多。", "수도외교 연구"),
        ("수도외교의 제도화가 과제이다.", "首都外交的制度化"),
        ("북경시의 인구가 늘었다.", "베이징의 인구"),
        ("시장이 포럼에 참석하였다.", "Which mayor attended the forum?"),
        ("도시계획전시관은 북쪽에 있다.", "도시계획 전시관의 위치"),
        ("제3차 회의는 인천에서 열렸다.", "第三次会议在哪里举行？"),
        ("부지는 600,000㎡이다.", "60만㎡의 부지"),
        ("바람미술관은 북구에 있다.", "Where is Baram?"),
        ("바람미술관은 북구에 있다.", "the art museum"),
    ],
)
def test_words_meet_in_other_forms(store: Store, text: str, question: str) -> None:
    put(store, "/a.txt", text)
    put(store, "/b.txt", "녹차는 보성에서 많이 난다.")
    hits = search(store, question, 2)
    assert hits[0].passage.text == text
    assert hits[0].lexical > 0.2


def test_a_year_is_found_in_its_short_form(store: Store) -> None:
    put(store, "/a.txt", "연간 독서량은 ('23년) 34.0권이다.")
    expander = Expander.of(store)
    assert known(expander, "2023년 독서량")["2023"]
    assert not known(expander, "2024년 독서량").get("2024")


def test_names_that_a_document_explains_are_found_in_another(store: Store) -> None:
    put(store, "/a.txt", "대표단은 가람산(嘉藍山, Jialan Hill)에 올랐다.")
    put(store, "/b.txt", "가람산에는 소나무가 많다.")
    for question in ("Jialan Hill pine trees", "嘉蓝山"):
        assert {hit.passage.path for hit in search(store, question, 2) if hit.lexical > 0} == {
            "/a.txt",
            "/b.txt",
        }
    store.remove("/a.txt")
    assert not any(hit.lexical for hit in search(store, "Jialan Hill", 2))


def test_the_dictionary_helps_those_who_ask_in_another_language(store: Store) -> None:
    put(store, "/a.txt", "보증금은 두 달 안에 돌려준다.")
    put(store, "/b.txt", "느티나무는 가을에 물든다.")
    put(store, "/c.txt", "The deposit is paid at the town hall.")
    expander = Expander.of(store)

    def meant(question: str) -> set[str]:
        return {form for term in expander.analyse(question).terms for form in term.alternatives}

    assert {"보증금", "deposit"} <= meant("When is the deposit paid back?")
    assert "보증금" in meant("押金什么时候退还？")


def test_groups_of_ones_own(tmp_path: Path, encoder: Encoder, analyzer: Analyzer) -> None:
    own = [("가온누리관", "Hall Seven")]
    with Store.open(tmp_path, encoder, analyzer, "chunks", glossary=own) as opened:
        put(opened, "/a.txt", "가온누리관은 월요일에 쉰다.")
        assert search(opened, "When is Hall Seven closed?", 1)[0].lexical > 0


@pytest.mark.parametrize(("domain", "is_known"), [("city_diplomacy", True), ("", False)])
def test_the_domain_of_the_settings(tmp_path: Path, domain: str, is_known: bool) -> None:
    with open_store(Settings(store=tmp_path, domain=domain), "chunks") as opened:
        put(opened, "/a.txt", "베세토 연극제는 이른 봄에 있었다.")
        assert known(Expander.of(opened), "贝塞托")["贝塞托"] is is_known


def test_the_words_of_removed_text_are_words_of_the_index_no_more(store: Store) -> None:
    kept, gone = "공원의 나무는 느티나무이다.", "소나무길의 가로수는 77그루이다."
    for name, text in (("/a.txt", kept), ("/b.txt", gone)):
        span = (0, len(text))
        store.replace(Document(name, name, name, text), [Chunk(*span, (span,))])
    expander = Expander.of(store)
    asked = "소나무길의 가로수는 공원에 있나요?"
    assert all(term.known for term in expander.analyse(asked).terms)
    store.remove("/b.txt")
    known = {term.word: term.known for term in expander.analyse(asked).terms}
    assert known["공원"]
    assert not known["가로수"]


def test_a_collection_that_was_empty_is_asked_again_once_it_has_words(store: Store) -> None:
    expander = Expander.of(store)
    assert known(expander, "보성의 녹차") == {"보성": False, "녹차": False}
    put(store, "/a.txt", "녹차는 보성에서 많이 난다.")
    assert known(expander, "보성의 녹차") == {"보성": True, "녹차": True}
    (term,) = expander.analyse("Boseong").terms
    assert "보성" in term.alternatives, "by its sound"
    (term,) = expander.analyse("茶").terms
    assert "녹차" in term.alternatives, "by the encoder"


def test_a_slip_of_the_finger_is_mended_by_words_that_came_later(store: Store) -> None:
    expander = Expander.of(store)
    assert expander.corrected("갈메기는 어디인가?") == "갈메기는 어디인가?"
    put(store, "/a.txt", "갈매기는 항구의 북쪽에 산다.")
    assert expander.corrected("갈메기는 어디인가?") == "갈매기는 어디인가?"
    store.remove("/a.txt")
    assert expander.corrected("갈메기는 어디인가?") == "갈메기는 어디인가?"


def test_an_expander_sees_what_another_process_writes(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    with (
        Store.open(tmp_path, encoder, analyzer, "c") as reader,
        Store.open(tmp_path, encoder, analyzer, "c") as writer,
    ):
        expander = Expander.of(reader)
        assert known(expander, "녹차") == {"녹차": False}
        put(writer, "/a.txt", "녹차(綠茶, Nokcha)는 보성에서 많이 난다.")
        assert known(expander, "녹차") == {"녹차": True}
        (term,) = expander.analyse("Nokcha").terms
        assert "녹차" in term.alternatives
