"""The questions that one sentence asks together."""

from __future__ import annotations

import pytest

from geungeo.lang import Analyzer
from geungeo.lang.detect import Language
from geungeo.rag.question.each import of_each
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
            "ko",
            "창고 신고는 언제부터 받고 사고 보고는 누가 하나요?",
            ["창고 신고는 언제부터 받고", "사고 보고는 누가 하나요"],
        ),
        (
            "ko",
            "포럼은 며칠에 열리나요? 그리고 누가 여나요?",
            ["포럼은 며칠에 열리나요", "누가 여나요"],
        ),
        (
            "ko",
            "원금은 얼마나 늘었고, 심사해서 줄었나요?",
            ["원금은 얼마나 늘었고", "심사해서 줄었나요"],
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
def test_each_question_stands_by_itself(
    language: Language, text: str, expected: list[str], analyzer: Analyzer
) -> None:
    assert parts(text, language, analyzer) == expected


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
def test_one_question_stays_whole(language: Language, text: str, analyzer: Analyzer) -> None:
    assert parts(text, language, analyzer) == [text]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ko",
            "자전거를 탄다는 사람이 시청 조사랑 학교 조사에서 각각 몇 %였나요?",
            [
                "자전거를 탄다는 사람이 시청 조사에서 몇 %였나요?",
                "자전거를 탄다는 사람이 학교 조사에서 몇 %였나요?",
            ],
        ),
        (
            "ko",
            "버스를 늘리자는 위원과 그대로 두자는 위원은 각각 몇 명인가요?",
            ["버스를 늘리자는 위원은 몇 명인가요?", "그대로 두자는 위원은 몇 명인가요?"],
        ),
        (
            "ko",
            "경제팀과 환경팀의 올해 예산은 각각 얼마인가요?",
            ["경제팀의 올해 예산은 얼마인가요?", "환경팀의 올해 예산은 얼마인가요?"],
        ),
        (
            "zh",
            "市政府的调查和大学的调查里，骑车的人各占多少？",
            ["市政府的调查里，骑车的人占多少？", "大学的调查里，骑车的人占多少？"],
        ),
        (
            "zh",
            "银行业和保险业的支援分别有哪些内容？",
            ["银行业的支援有哪些内容？", "保险业的支援有哪些内容？"],
        ),
        (
            "en",
            "Where were the spring fair and the autumn fair held, respectively?",
            ["Where were the spring fair?", "Where were the autumn fair held?"],
        ),
    ],
)
def test_what_is_asked_of_each_of_two_is_asked_twice(
    language: Language, text: str, expected: list[str], analyzer: Analyzer
) -> None:
    assert of_each(text, language, analyzer) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "각각의 팀이 맡은 일은 무엇인가요?"),
        ("ko", "만족도와 매출을 늘리는 데 성공한 A사, B사는 각각 무엇을 했나요?"),
        ("ko", "서울과 베이징이 함께 연 포럼은 무엇인가요?"),
        ("zh", "政府和为小商户减轻利息负担的各家金融机构推出的措施分别是哪些？"),
        ("en", "What is the rate in each bracket of the city and state tax?"),
    ],
)
def test_what_is_asked_of_one_thing_is_not(
    language: Language, text: str, analyzer: Analyzer
) -> None:
    assert of_each(text, language, analyzer) == []
