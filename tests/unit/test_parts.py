"""The questions that one sentence asks together."""

from __future__ import annotations

import pytest

from geungeo.lang.detect import Language
from geungeo.rag.question.parts import parts


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ko",
            "상설사무국은 어디에 두기로 했으며, 한 해 운영비는 얼마인가요?",
            ["상설사무국은 어디에 두기로 했으며", "한 해 운영비는 얼마인가요"],
        ),
        (
            "ko",
            "버스는 몇 대가 다니고 요금은 어떻게 받나요?",
            ["버스는 몇 대가 다니고", "요금은 어떻게 받나요"],
        ),
        (
            "en",
            "How many buses run in Yizhuang, and who rides along?",
            ["How many buses run in Yizhuang", "who rides along"],
        ),
        (
            "en",
            "Who wrote the report? Was it published?",
            ["Who wrote the report", "Was it published"],
        ),
        (
            "zh",
            "2024年，秘书处设在哪里，每年要花多少钱？",
            ["2024年，秘书处设在哪里", "每年要花多少钱"],
        ),
    ],
)
def test_each_question_stands_by_itself(language: Language, text: str, expected: list[str]) -> None:
    assert parts(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "위원회는 왜 사무국을 서울에 두자고 했나요?"),
        ("ko", "두 도시의 교류는 어떻게 달라지고 있나요?"),
        ("ko", "포럼이 먼저 열렸나요, 아니면 협약이 먼저인가요?"),
        ("ko", "서울과 베이징, 도쿄가 함께 하는 모임의 이름은 무엇인가요?"),
        ("en", "When and where was the forum held?"),
        ("en", "Which buses, trams and ferries run at night?"),
        ("zh", "先开的是论坛，还是展览？"),
        ("zh", "在北京，谁负责外事工作？"),
    ],
)
def test_one_question_stays_whole(language: Language, text: str) -> None:
    assert parts(text, language) == [text]
