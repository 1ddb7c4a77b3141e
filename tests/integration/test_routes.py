"""Questions that need no passage to be found, asked of the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from geungeo.ingest import Ledger, ingest
from geungeo.rag.assembly import make_chain
from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.conversation import Asked
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Filter, Store


@pytest.mark.parametrize("said", ["안녕하세요", "谢谢！", "good morning", "네", "ㅁㄴㅇㄹ"])
def test_small_talk_gets_a_reply_and_no_search(sample_chain: AnswerChain, said: str) -> None:
    answer = sample_chain.invoke(said)
    assert answer.kind == "talk"
    assert answer.answer
    assert not answer.refused
    assert not answer.citations


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("문서가 모두 몇 개 있나요?", "16"),
        ("有哪些文件？", "16"),
        ("how many documents are there?", "16"),
        ("보도자료는 어떤 것이 있나요?", "03_press_release_forum.txt"),
        ("출장보고서 목록", "02_trip_report_2024.txt"),
        ("do you have anything on Zhongguancun?", "05_zhongguancun_visit.md"),
    ],
)
def test_the_collection_is_told_from_the_catalogue(
    sample_chain: AnswerChain, question: str, expected: str
) -> None:
    answer = sample_chain.invoke(question)
    assert answer.kind == "collection"
    documents = [citation.passage.document for citation in answer.citations]
    assert expected in answer.answer or expected in documents


def test_the_newest_documents_come_by_date(sample_chain: AnswerChain) -> None:
    dates = [
        citation.passage.date for citation in sample_chain.invoke("가장 최근 문서는?").citations
    ]
    assert dates == sorted(dates, reverse=True)
    assert all(dates)


def test_a_topic_that_no_document_has_is_searched_and_refused(sample_chain: AnswerChain) -> None:
    assert sample_chain.invoke("비트코인에 관한 문서가 있나요?").refused


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("중관춘 방문 보고서를 요약해 주세요", "05_zhongguancun_visit.md"),
        ("请总结京津冀的资料", "10_jingjinji_explained.txt"),
        ("Summarise the report on the robot centre visit", "08_robot_centre_visit.html"),
    ],
)
def test_a_summary_quotes_one_document_in_its_order(
    sample_chain: AnswerChain, question: str, document: str
) -> None:
    answer = sample_chain.invoke(question)
    assert answer.kind == "document"
    assert {citation.passage.document for citation in answer.citations} == {document}
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)
    assert 1 < len(starts) <= 6


def test_a_summary_has_no_pieces_of_lines(tmp_path: Path, store: Store, ledger: Ledger) -> None:
    file = tmp_path / "등대.md"
    file.write_text(
        "# 등대 보수 계획\n\n- 해안 등대 연구소 소식 K-) 등대 보수 계획 internet\n"
        "- (추진 방향) 등대 보수는 밝기 개선을 먼저 함\n\n"
        "등대 보수는 봄에 시작한다. 등대의 등은 모두 열두 개를 바꾼다. "
        "보수 계획은 항만과가 세웠다. 등대 보수에는 두 달이 걸린다.\n",
        encoding="utf-8",
    )
    ingest([file], store, ledger)
    answer = make_chain(store, Settings()).invoke("등대 보수 계획을 요약해 줘")
    assert answer.kind == "document" and "봄에 시작한다" in answer.answer
    assert "K-)" not in answer.answer


def test_a_bare_summary_is_of_what_was_cited_last_or_asks_which(sample_chain: AnswerChain) -> None:
    before = sample_chain.invoke("이좡의 자율주행 버스는 몇 대가 다니나요?")
    after = sample_chain.invoke(Asked("이 문서를 요약해 줘", (before,)))
    assert {c.passage.path for c in after.citations} == {before.citations[0].passage.path}
    assert len(sample_chain.invoke("요약해 줘").citations) > 1


def test_small_talk_between_leaves_a_follow_up_alone(sample_chain: AnswerChain) -> None:
    first = sample_chain.invoke("이좡의 자율주행 버스는 몇 대가 다니나요?")
    thanks = sample_chain.invoke(Asked("고맙습니다", (first,)))
    assert thanks.standalone == "고맙습니다"
    summed_up = "중관촌 방문기의 주요 내용을 요약해 주세요"
    summary = sample_chain.invoke(Asked(summed_up, (first,)))
    assert (summary.kind, summary.standalone) == ("document", summed_up)
    greeting = sample_chain.invoke(Asked("안녕하세요 5", (first, thanks)))
    assert greeting.kind == "talk"
    assert "이좡" not in greeting.standalone
    plain = sample_chain.invoke(Asked("언제부터 다니나요?", (first,)))
    assert (
        sample_chain.invoke(Asked("언제부터 다니나요?", (first, thanks))).standalone
        == plain.standalone
    )


@pytest.mark.parametrize(
    "question",
    ["통합위원회의 주요 기능은 무엇인가요?", "How many documents were signed at the forum?"],
)
def test_what_passages_answer_is_looked_for_there(sample_chain: AnswerChain, question: str) -> None:
    assert sample_chain.invoke(question).kind == "passages"


@pytest.mark.parametrize(
    ("said", "kind"),
    [("고맙습니다", "talk"), ("네", "talk"), ("문서가 모두 몇 개 있나요?", "collection")],
)
def test_the_conversation_before_changes_no_route(
    sample_chain: AnswerChain, said: str, kind: str
) -> None:
    before = sample_chain.invoke("이좡의 자율주행 버스는 몇 대가 다니나요?")
    answer = sample_chain.invoke(Asked(said, (before,)))
    assert answer.kind == kind
    assert answer.answer == sample_chain.invoke(said).answer


def test_a_list_keeps_within_what_the_reader_narrowed_the_search_to(
    sample_chain: AnswerChain,
) -> None:
    only = Filter(types=("press release",))
    answer = sample_chain.invoke(Asked("포럼을 다룬 문서가 있나요?", only=only))
    assert answer.kind == "collection"
    assert {citation.passage.type for citation in answer.citations} == {"press release"}
