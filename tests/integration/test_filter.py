import pytest

from geungeo.rag.chain import AnswerChain
from geungeo.rag.question.conversation import Asked
from geungeo.vectorstore import Filter, Store
from tests.asking import search


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Filter(languages=("zh",)), {"05_zhongguancun_visit.md", "06_thirty_years.txt"}),
        (Filter(since="2025-07"), {"15_sixth_forum_notice.html"}),
        (Filter(since="2023", until="2023"), {"06_thirty_years.txt"}),
        (Filter(since="2024-08-14", until="2024-08-14"), {"08_robot_centre_visit.html"}),
        (Filter(documents=("09_beseto_blog.html",)), {"09_beseto_blog.html"}),
        (
            Filter(organisations=("대외협력실", "도시교류팀")),
            {
                "03_press_release_forum.txt",
                "14_forum_release_draft.txt",
                "02_trip_report_2024.txt",
            },
        ),
        (
            Filter(types=("press release",)),
            {"03_press_release_forum.txt", "14_forum_release_draft.txt"},
        ),
        (Filter(documents=("no such file",)), set()),
        (Filter(languages=("zh",), until="2020"), set()),
    ],
)
def test_only_what_the_filter_lets_through(
    only: Filter, expected: set[str], sample_store: Store
) -> None:
    hits = search(sample_store, "북경과 서울의 협력", 50, only)
    assert {hit.passage.document for hit in hits} == expected


def test_an_open_filter_changes_nothing(sample_store: Store) -> None:
    assert search(sample_store, "예산", 5, Filter()) == search(sample_store, "예산", 5)


def test_a_refusal_names_the_documents_that_a_filter_keeps_out(sample_chain: AnswerChain) -> None:
    question = "이좡의 자율주행 버스는 몇 대가 다니나요?"
    narrowed = Asked(question, only=Filter(documents=("09_beseto_blog.html",)))
    refusal = sample_chain.invoke(narrowed)
    assert refusal.refused
    assert "베이징 스마트시티 현장조사 출장 결과" in refusal.elsewhere
    hopeless = Asked("양자컴퓨터 큐비트 오류 정정 방법은 무엇인가?", only=narrowed.only)
    assert sample_chain.invoke(hopeless).elsewhere == ()
