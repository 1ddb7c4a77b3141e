from pathlib import Path

import pytest

from geungeo.lang import Analyzer, GlossaryError, read_groups
from geungeo.lang.forms import analysed
from geungeo.lang.glossary import Glossary, glosses, shipped_things


@pytest.fixture(scope="module")
def shipped(analyzer: Analyzer) -> Glossary:
    return Glossary(analysed(shipped_things(), analyzer))


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Who is the mayor?", ("시장",)),
        ("首尔市市长是谁？", ("시장",)),
        ("북경의 날씨", ("베이징",)),
        ("the sister city agreement", ("자매", "도시")),
        ("友好城市协议", ("friendship", "citi")),
    ],
)
def test_other_forms_are_found(
    question: str, other: tuple[str, ...], shipped: Glossary, analyzer: Analyzer
) -> None:
    assert any(other in found.others for found in shipped.find(analyzer.terms(question)))


def test_the_longest_form_wins(shipped: Glossary, analyzer: Analyzer) -> None:
    found = shipped.find(analyzer.terms("deputy mayor"))
    assert [one.terms for one in found] == [("deputi", "mayor")]


def test_a_text_explains_its_names() -> None:
    text = "후헝화(胡衡華, Hu Henghua) 시장과 인 용(殷勇) 시장이 징진지(京津冀)를 말했다 (금)."
    assert glosses(text) == [
        ("후헝화", "胡衡華", "Hu Henghua"),
        ("인용", "殷勇", "인융"),
        ("징진지", "京津冀"),
    ]


def test_remarks_in_parentheses_are_no_names() -> None:
    assert glosses("11월 26일(월) 오전에는 서울의 맛(味)과 회의(3차)를 보았다.") == []


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("# 이름\n하늘구 = Haneul District = 天空区\n", encoding="utf-8")
    assert read_groups(file) == [("하늘구", "Haneul District", "天空区")]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text("하늘구\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"own\.txt:1"):
        read_groups(file)
    with pytest.raises(GlossaryError, match=r"none\.txt"):
        read_groups(tmp_path / "none.txt")


def test_a_domain_brings_its_words_and_can_be_left_out() -> None:
    general, whole = shipped_things(""), shipped_things()
    assert ("도시외교", "city diplomacy", "城市外交") in whole
    assert ("도시외교", "city diplomacy", "城市外交") not in general
    assert set(general) < set(whole)
    with pytest.raises(GlossaryError, match="domains/whales"):
        shipped_things("whales")
