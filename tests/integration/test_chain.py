import asyncio
from itertools import pairwise

import pytest

from geungeo.evals.answers import ask
from geungeo.evals.gold import GoldCase, read_gold
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.marks import as_message, marks
from geungeo.rag.assembly import make_chain, make_retriever
from geungeo.rag.chain import AnswerChain
from geungeo.rag.langchain_retriever import LangChainRetriever
from geungeo.rag.question.conversation import Asked
from geungeo.rag.settings import Settings
from geungeo.vectorstore import Store
from tests.conftest import SAMPLE

CASES = read_gold(SAMPLE / "questions.jsonl")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_quote_stands_in_its_document(
    case: GoldCase, sample_chain: AnswerChain, sample_store: Store
) -> None:
    answer = ask(case, sample_chain.invoke)
    assert answer.language == case.lang
    for n, citation in enumerate(answer.citations, 1):
        assert citation.n == n
        assert answer.refused or f"[{n}]" in answer.answer
        text = sample_store.text(citation.passage.path)
        assert text is not None
        assert text[citation.start : citation.end] == citation.quote
        assert 0 <= citation.score <= 1
    if answer.refused:
        assert answer.answer == LANGUAGES[answer.language].said.no_answer
        assert answer.citations, "a refusal names the nearest passages"
    else:
        assert answer.sentences
        placed = [(one.citation.n, answer.answer[one.start : one.end]) for one in marks(answer)]
        assert {n for n, _ in placed} == {citation.n for citation in answer.citations}
        assert all(mark == f"[{n}]" for n, mark in placed)
        # For a reader of another language the value that is asked for stands before its quote.
        quoted = [sentence for sentence in answer.sentences if sentence.verdict == "quoted"]
        assert len(answer.sentences) - len(quoted) in (0, 1)
        assert quoted


def test_near_misses_are_refused_for_what_they_lack(sample_chain: AnswerChain) -> None:
    asked = {
        "상하이에는 자율주행 버스가 몇 대 있나요?": "상하이",
        "환경팀의 2026년 예산은 얼마인가요?": "2026",
        "How many companies are in the Shanghai biotech park?": "Shanghai",
    }
    for question, word in asked.items():
        answer = sample_chain.invoke(question)
        assert answer.refused, question
        assert word in answer.lacking, question


def test_of_a_question_asked_one_by_one_the_part_that_is_there_is_answered(
    sample_chain: AnswerChain,
) -> None:
    answer = sample_chain.invoke("환경팀의 2025년 예산과 2026년 예산은 각각 얼마인가요?")
    assert "2억 2천만 원" in answer.answer
    assert answer.answer.splitlines()[-1] == "이 문서들에서 찾을 수 없는 것: 2026"


def test_documents_that_disagree_are_named_with_their_dates(sample_chain: AnswerChain) -> None:
    answer = sample_chain.invoke("제5회 도시포럼의 좌석은 몇 석인가요?")
    last = answer.answer.splitlines()[-1]
    assert last.startswith("문서마다 다릅니다: ")
    assert "2024-11-05" in last
    assert "2024-10-28" in last
    assert "180석" in answer.answer
    assert "150석" in answer.answer
    alone = sample_chain.invoke("베세토 연극제는 언제 처음 열렸나요?")
    assert "다릅니다" not in alone.answer


def test_an_empty_store_refuses(store: Store) -> None:
    answer = make_chain(store, Settings()).invoke("관측소는 언제 문을 열었나요?")
    assert answer.refused
    assert not answer.citations


def test_streamed_answers_grow_to_the_whole(sample_chain: AnswerChain) -> None:
    question = "제5회 서울-베이징 도시포럼은 어디에서 열리나요?"
    parts = [answer.answer for answer in sample_chain.stream(question)]
    assert parts[-1] == sample_chain.invoke(question).answer
    assert all(later.startswith(earlier) for earlier, later in pairwise(parts))


def test_it_composes_as_a_langchain_runnable(sample_chain: AnswerChain) -> None:
    questions: list[str | Asked] = [
        "베세토 연극제는 언제 처음 열렸나요?",
        "How many steps did Tiangong climb?",
    ]
    piped = sample_chain | (lambda answer: answer.citations[0].passage.document)
    assert piped.batch(questions) == ["09_beseto_blog.html", "08_robot_centre_visit.html"]
    assert asyncio.run(piped.ainvoke(questions[0])) == "09_beseto_blog.html"


def test_the_retriever_is_langchains(sample_store: Store) -> None:
    documents = LangChainRetriever(retriever=make_retriever(sample_store, Settings()), k=2).invoke(
        "环境组的项目"
    )
    assert len(documents) == 2
    text = sample_store.text(documents[0].metadata["path"])
    assert text is not None
    span = slice(documents[0].metadata["start"], documents[0].metadata["end"])
    assert text[span] == documents[0].page_content


def test_a_slip_of_the_finger_is_put_right_and_shown(sample_chain: AnswerChain) -> None:
    answer = sample_chain.invoke("제5회 도시푸럼의 좌석은 몇 석인가요?")
    assert answer.standalone == "제5회 도시포럼의 좌석은 몇 석인가요?"
    assert "180석" in answer.answer


def test_a_refusal_names_no_word_that_stands_in_what_was_found(sample_chain: AnswerChain) -> None:
    for question in ("통합위원회는 왜 해체되었나요?", "베세토 연극제의 입장료는 얼마인가요?"):
        found = sample_chain.explain(question)
        texts = " ".join(hit.passage.text for hit in found.found.hits)
        words = [word for word in found.answer.lacking if not any(map(str.isdigit, word))]
        assert not [word for word in words if word in texts], question


def test_each_of_several_questions_is_answered(sample_chain: AnswerChain) -> None:
    asked = "이좡의 자율주행 버스는 몇 대가 다니고 있으며, 두 도시의 시장은 언제 다시 만났나요?"
    answer = sample_chain.invoke(asked)
    assert not answer.refused
    assert "18대" in answer.answer
    assert "7월 30일" in answer.answer


def test_an_answer_is_a_message_with_citations(sample_chain: AnswerChain) -> None:
    question = "이좡의 자율주행 버스는 몇 대가 다니나요?"
    message = (sample_chain | as_message).invoke(question)
    (block,) = message.content_blocks
    assert block["type"] == "text"
    assert block["text"] == message.text
    (citation,) = block["annotations"]
    assert citation["type"] == "citation"
    said = block["text"][citation["start_index"] : citation["end_index"]]
    # What is quoted has the marks of its items, which are not shown.
    assert said == f"{citation['cited_text']} [1]".replace("\n- ", "\n")
    assert citation["extras"]["document"] == "02_trip_report_2024.txt"
    assert message.response_metadata["geungeo"]["refused"] is False
