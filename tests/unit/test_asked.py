import pytest

from geungeo.rag.question.asked import form


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("왜 예산이 줄었나요?", "reason"),
        ("为什么推迟了？", "reason"),
        ("Why was it put off?", "reason"),
        ("누가 서명했나요?", "person"),
        ("버스는 몇 대인가요?", "number"),
        ("When does it open?", "time"),
        ("在哪里举行？", "place"),
        ("在哪儿举行？", "place"),
        ("论坛因何推迟？", "reason"),
        ("Is the park open?", "yes or no"),
        ("어느 회사가 뽑혔나요?", ""),
    ],
)
def test_the_form_of_a_question(question: str, asked: str) -> None:
    assert form(question) == asked
