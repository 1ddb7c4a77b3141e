"""Names with the forms that other readers know them by."""

from geungeo.lang.forms import Group
from geungeo.lang.names import names_in, proper_names

GROUPS: list[Group] = [
    ("베이징", "베이징시", "Beijing", "北京"),
    ("웨이하이", "위해", "Weihai", "威海"),
    ("중관촌", "Zhongguancun", "中关村"),
]
TEXT = "인융 베이징시 시장은 협력을 위해 중관촌을 찾았다."


def test_a_reader_gets_the_form_of_the_language() -> None:
    nouns = {"인융", "베이징시", "시장", "협력", "중관촌"}
    groups = [("인융", "殷勇"), *GROUPS]
    assert names_in(TEXT, groups, nouns, "en") == [
        ("인융", "Yin Yong", "殷勇"),
        ("베이징시", "Beijing", "北京"),
        ("중관촌", "Zhongguancun", "中关村"),
    ]
    assert names_in(TEXT, groups, nouns, "zh")[0] == ("인융", "殷勇")
    assert names_in(TEXT, groups, nouns, "ko") == []


def test_a_form_that_the_text_gives_itself_is_not_repeated() -> None:
    assert names_in("인융(Yin Yong) 시장", [("인융", "Yin Yong", "殷勇")], {"인융"}, "en") == []


def test_common_words_are_no_names() -> None:
    groups: list[Group] = [("시장", "mayor", "市长"), ("서울", "Seoul", "首尔")]
    assert proper_names(groups) == [groups[1]]
