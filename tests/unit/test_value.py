"""The value that a question asks for, for a reader of another language than the document's."""

import pytest

from geungeo.rag.answer.value import said_in
from tests.questions import question


@pytest.mark.parametrize(
    ("asked", "sentence", "said"),
    [
        ("When was it founded?", "센터는 '24. 7. 24.에 문을 열었다.", "24 July 2024"),
        ("When was it founded?", "센터는 '24.2월에 문을 열었다.", "February 2024"),
        ("什么时候成立的？", "센터는 2024년 7월 24일에 문을 열었다.", "2024年7月24日"),
        ("언제 생겼나요?", "The centre opened on July 24, 2024.", "2024년 7월 24일"),
        ("When is the fair?", "7월 24일부터 8월 1일까지 열린다.", "24 July – 1 August"),
        ("How many people came?", "약 1200명이 참석했다.", "about 1,200 people"),
        ("有多少人参加？", "50여 명이 참석했다.", "50人以上"),
        ("What share is it?", "점유율은 38.5%다.", "38.5%"),
        ("What time does it begin?", "오후 4시에 시작한다.", "16:00"),
        ("What is the project code?", "과제코드 : 2018-PR-32", "2018-PR-32"),
    ],
)
def test_a_value_is_said_for_the_reader(asked: str, sentence: str, said: str) -> None:
    assert said_in(question(asked), sentence) == said


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("Who is the mayor?", "시장은 2023년에 취임했다."),
        ("How many companies are there?", "기업 150개와 대학 30개가 있다."),
        ("When did it open?", "2018년에 계획하고 2024년에 열었다."),
        ("How many people may enter?", "50명 미만이어야 한다."),
        ("When in 2024 did it open?", "2024년에 열었다."),
    ],
)
def test_nothing_is_said_where_it_is_not_the_one_value(asked: str, sentence: str) -> None:
    assert said_in(question(asked), sentence) == ""
