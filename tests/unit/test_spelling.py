"""Slips of the finger, put right where one word is meant beyond doubt."""

import pytest

from geungeo.lang.spelling import Speller

TERMS = {
    "도시",
    "포럼",
    "세미나",
    "온라인",
    "슝안신구",
    "보고서",
    "이민규",
    "인구",
    "방",
    "분기",
    "secretariat",
    "propos",
}
KNOWN = {*TERMS, "도시의", "세미나를", "좌석은", "proposed"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("세미너를 했나요?", "세미나를 했나요?"),
        ("온러인 자료실", "온라인 자료실"),
        ("슝안신고는 왜", "슝안신구는 왜"),
        ("도시푸럼의 좌석은", "도시포럼의 좌석은"),
        ("the propsoed secretariat", "the proposed secretariat"),
        ("the secretraiat", "the secretariat"),
    ],
)
def test_one_wrong_letter_is_put_right(typed: str, meant: str) -> None:
    assert Speller(TERMS).corrected(typed, KNOWN.__contains__) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "이민구는 누구인가요?",  # another person
        "몇 석인가요?",  # 석 + 인가요 is no 인구
        "도시인가요?",
        "포롬은",  # too short to tell alone
        "세모니를",  # two letters apart
        "방문기는",  # 방 + 분기 is no word that one means
        "the hostel",  # not two letters exchanged
    ],
)
def test_what_may_be_meant_as_it_stands_stays(typed: str) -> None:
    assert Speller({*TERMS, "hotel"}).corrected(typed, KNOWN.__contains__) == typed
