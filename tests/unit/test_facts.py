from decimal import Decimal

import pytest

from geungeo.lang.values.facts import agree, facts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60만㎡", "600,000 square metres"),
        ("12억 4,000만 원", "1.24 billion won"),
        ("38%", "百分之三十八"),
        ("석 달", "3个月"),
        ("오후 1시", "1 p.m."),
        ("네 팀", "four teams"),
        ("제5회", "第五届"),
        ("서른한 명", "31명"),
        ("세 분", "세 사람"),
        ("천이백 개", "1,200개"),
        ("일억 이천만 원", "1억 2천만 원"),
        ("이백 년", "200 years"),
        ("스물두 개", "二十二个"),
    ],
)
def test_a_quantity_has_one_value_in_every_form(one: str, other: str) -> None:
    (first,), (second,) = facts(one).quantities, facts(other).quantities
    assert agree(first, second)


@pytest.mark.parametrize(("one", "other"), [("3시간", "3일"), ("60만㎡", "60만평"), ("8대", "9대")])
def test_other_values_and_units_do_not_agree(one: str, other: str) -> None:
    (first,), (second,) = facts(one).quantities, facts(other).quantities
    assert not agree(first, second)


@pytest.mark.parametrize(
    "text", ["2024년 7월 30일", "2024. 7. 30.", "July 30, 2024", "2024年7月30日", "2024-07-30"]
)
def test_a_date_is_read_in_every_form(text: str) -> None:
    (date,) = facts(text).dates
    assert (date.year, date.month, date.day) == (2024, 7, 30)


@pytest.mark.parametrize(
    "text",
    [
        "구조 대상",
        "만일 사람이 오면",
        "이천시 명물",
        "수천 명",
        "한 사람",
        "조 명예 회장",
        "가천 대 역",
    ],
)
def test_words_that_only_look_like_numbers_are_none(text: str) -> None:
    assert facts(text).quantities == ()


def test_a_number_has_the_unit_of_its_label() -> None:
    assert facts("면적(㎡): 2300").quantities[-1].unit == "m2"
    assert facts("이름(가칭): 2300").quantities[-1].unit == ""


def test_numbers_in_codes_are_no_quantities() -> None:
    found = facts("2024-PR-27 과제는 3명이 맡는다")
    assert found.codes == ("2024-PR-27",)
    assert [quantity.value for quantity in found.quantities] == [Decimal(3)]


def test_a_share_of_ten_a_hundred_or_a_thousand_is_in_percent() -> None:
    shares = facts("100분의 5, 10분의 1, 1000분의 3").quantities
    assert [(str(one.value), one.unit) for one in shares] == [
        ("5", "percent"), ("10", "percent"), ("0.3", "percent")
    ]  # fmt: skip


def test_a_year_with_its_mark_may_be_an_old_one() -> None:
    assert [date.year for date in facts("1392년에 세워 1878年 고쳤다.").dates] == [1392, 1878]
    assert not facts("1500년 전의 무덤, 1200년의 역사").dates
