import asyncio
import json
from itertools import pairwise

import pytest

from rag.answer import ABSTENTION
from rag.assembly import make_chain, make_retriever
from rag.chain import AnswerChain
from rag.conversation import Asked
from rag.langchain_retriever import LangChainRetriever
from rag.settings import Settings
from tests.conftest import SAMPLE
from vectorstore import Store

CASES = [
    json.loads(line)
    for line in (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", [c for c in CASES if c["answerable"]], ids=lambda c: c["id"])
def test_every_quote_stands_in_its_document(
    case: dict[str, str], sample_chain: AnswerChain, sample_store: Store
) -> None:
    answer = sample_chain.invoke(case["question"])
    assert not answer.refused
    assert answer.language == case["lang"]
    assert answer.citations
    for n, citation in enumerate(answer.citations, 1):
        assert citation.n == n
        assert f"[{n}]" in answer.answer
        text = sample_store.text(citation.passage.path)
        assert text is not None
        assert text[citation.start : citation.end] == citation.quote
        assert 0 <= citation.score <= 1


@pytest.mark.parametrize("case", [c for c in CASES if not c["answerable"]], ids=lambda c: c["id"])
def test_what_is_not_there_is_refused_in_the_language_of_the_question(
    case: dict[str, str], sample_chain: AnswerChain
) -> None:
    answer = sample_chain.invoke(case["question"])
    assert answer.refused
    assert answer.answer == ABSTENTION[answer.language]
    assert answer.language == case["lang"]
    assert answer.citations, "a refusal names the nearest passages"


def test_an_empty_store_refuses(store: Store) -> None:
    answer = make_chain(store, Settings()).invoke("무엇이든 물어본다")
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
