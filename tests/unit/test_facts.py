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


def test_numbers_in_codes_are_no_quantities() -> None:
    found = facts("2024-PR-27 과제는 3명이 맡는다")
    assert found.codes == ("2024-PR-27",)
    assert [quantity.value for quantity in found.quantities] == [Decimal(3)]
