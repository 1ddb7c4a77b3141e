"""What is read from the text of a question."""

from dataclasses import FrozenInstanceError, replace

import pytest

from tests.questions import question


def test_every_reading_is_made_once() -> None:
    asked = question("환경팀의 2025년 예산은 얼마인가요?")
    assert asked.wanted is asked.wanted
    assert asked.facts is asked.facts
    assert (asked.form, asked.wanted.kind) == ("number", "quantity")
    assert asked.subject == "예산은"
    assert [date.year for date in asked.facts.dates] == [2025]
    with pytest.raises(FrozenInstanceError):
        asked.text = "another"  # type: ignore[misc]


def test_another_text_is_read_anew() -> None:
    asked = question("버스는 몇 대인가요?")
    assert asked.wanted.kind == "quantity"
    assert replace(asked, text="왜 늦어졌나요?").form == "reason"


def test_a_quoted_title_is_not_the_readers_language() -> None:
    asked = question("《北京市城市总体规划2035年》 언제 나왔나요?")
    assert asked.language == "ko"
    assert asked.written_in == "zh"


@pytest.mark.parametrize(
    ("text", "by_document", "items"),
    [
        ("문서별로 예산을 알려 주세요.", True, 0),
        ("What does each report say of the budget?", True, 0),
        ("각각의 문서에서 예산은 얼마인가요?", True, 0),
        ("보고서별로 예산을 알려 주세요.", True, 0),
        ("请按文件列出预算。", True, 0),
        ("按文件规定，预算是多少？", False, 0),
        ("세 가지 제안은 무엇인가요?", False, 3),
        ("Which two cities signed it?", False, 2),
        ("这四点是什么？", False, 4),
        ("예산은 얼마인가요?", False, 0),
    ],
)
def test_how_the_answer_is_to_be_laid_out(text: str, by_document: bool, items: int) -> None:
    asked = question(text)
    assert (asked.is_by_document, asked.items) == (by_document, items)
