"""What every language has to bring."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import get_args

import pytest

from geungeo.lang.detect import Language, language_of
from geungeo.lang.documents.kinds import NAMES, at_head, in_question, name_of_kind
from geungeo.lang.languages import FRAME_WORDS, LANGUAGES, OF_EACH_LANGUAGE
from geungeo.lang.profile import Profile
from geungeo.lang.rules import meanings
from geungeo.lang.values.facts import Date, Quantity, agree, facts
from geungeo.lang.values.written import in_scales, written_date, written_quantity


@pytest.fixture(params=LANGUAGES.values(), ids=lambda one: one.code)
def language(request: pytest.FixtureRequest) -> Profile:
    profile: Profile = request.param
    return profile


def test_every_language_has_a_profile() -> None:
    assert set(LANGUAGES) == set(get_args(Language))
    assert all(code == profile.code for code, profile in LANGUAGES.items())


def test_what_the_program_says_is_in_the_language(language: Profile) -> None:
    said = language.said
    for sentence in (said.no_answer, said.missing, said.differ, language.own_name):
        assert language_of(sentence) == language.code
    assert said.missing.count("{}") == 1


def test_replies_have_the_same_places_in_every_language(language: Profile) -> None:
    for name, text in asdict(language.replies).items():
        assert text.strip(), name
        assert language_of(text) == language.code, name
        assert text.count("{") == asdict(LANGUAGES["en"].replies)[name].count("{"), name


def test_every_language_names_all_and_every_kind_of_document(language: Profile) -> None:
    assert set(language.language_names) == set(LANGUAGES)
    assert language.language_names[language.code] == language.own_name
    for kind in NAMES:
        name = name_of_kind(kind, language.code)
        assert in_question(kind).search(name)
        assert language_of(name) == language.code
    assert name_of_kind("hymn", language.code) == "hymn"


def test_kinds_are_told_at_heads_and_in_questions() -> None:
    assert {meaning.split(" at ")[0].split(" in ")[0] for meaning in meanings("kinds")} == set(
        NAMES
    )
    assert at_head("judgment").search("항만법원\n판 결\n사건")
    assert not at_head("judgment").search("판례를 보여 주세요")


def test_every_language_writes_the_same_units(language: Profile) -> None:
    assert set(language.units) == set(LANGUAGES["en"].units)
    assert set(language.units) - {""} <= set(meanings("units"))


@pytest.mark.parametrize("unit", ["percent", "KRW", "km", "tonne", "month", "day", "person"])
def test_a_quantity_that_is_written_is_read_again(language: Profile, unit: str) -> None:
    given = Quantity(Decimal(1250), unit, "")
    (read,) = facts(written_quantity(given, language.code)).quantities
    assert agree(read, given)
    assert read.unit == unit


@pytest.mark.parametrize("value", [1_240_000_000, 350_000, 20_000_000, 7_000, 12_345_678])
def test_a_large_sum_that_is_written_in_scales_is_read_again(language: Profile, value: int) -> None:
    given = Quantity(Decimal(value), "KRW", "")
    (read,) = facts(in_scales(given, language.code)).quantities
    assert agree(read, given)


def test_a_large_sum_is_written_as_the_language_counts() -> None:
    given = Quantity(Decimal(1_240_000_000), "KRW", "")
    written = [in_scales(given, code) for code in ("ko", "zh", "en")]
    assert written == ["12억 4,000만원", "12亿4,000万韩元", "1,240,000,000 KRW"]


@pytest.mark.parametrize("day", [(2031, 9, 14), (2031, 9, None), (2031, None, None)])
def test_a_date_that_is_written_is_read_again(
    language: Profile, day: tuple[int, int | None, int | None]
) -> None:
    (read,) = facts(f"({written_date(Date(*day, ''), language.code)})").dates
    assert (read.year, read.month, read.day) == day


def test_a_question_of_all_languages_holds_a_word_of_each() -> None:
    assert {language_of(word) for word in OF_EACH_LANGUAGE.split()} == set(LANGUAGES)
    assert {"무엇", "名字", "date"} <= FRAME_WORDS
