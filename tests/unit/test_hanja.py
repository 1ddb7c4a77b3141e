import pytest

from geungeo.lang import Analyzer
from geungeo.lang.ko.hanja import reading


@pytest.mark.parametrize(
    ("word", "korean"),
    [
        ("首都外交", "수도외교"),
        ("歷史", "역사"),
        ("女子", "여자"),
        ("勞動", "노동"),
        ("淸華大學", "청화대학"),
        ("清華大學", "청화대학"),
        ("六年", "육년"),
        ("的嗎", ""),
        ("서울", ""),
        ("", ""),
    ],
)
def test_reading(word: str, korean: str) -> None:
    assert reading(word) == korean


def test_simplified_characters_are_read_too(analyzer: Analyzer) -> None:
    assert analyzer.korean_readings("国际关系")[0] == "국제관계"
    assert analyzer.korean_readings("Seoul") == []
