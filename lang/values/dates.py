"""Dates, as three languages write them: 7.30., 7월 30일 and July 30 are one day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geungeo.lang.en.calendar import MONTHS, month_number
from geungeo.lang.scripts import HANGUL
from geungeo.lang.terms import day_term
from geungeo.lang.values.numerals import han_value
from geungeo.lang.values.scan import taken
from geungeo.lang.values.units import unit_source


@dataclass(frozen=True)
class Date:
    """A date; what it leaves open is None."""

    year: int | None
    month: int | None
    day: int | None
    text: str


YEAR_MARK = "년年"
MONTH_MARK = "월月"
_DAY_MARK = "일日号"
_ENGLISH_MONTH = rf"(?P<mon>{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)})\.?"
_Y = r"(?P<y>(?:19|20)\d\d)"
# With its mark a year may be an older one, where it is not as many years.
_MARKED_YEAR = (
    rf"(?:(?:19|20)\d\d|1[0-8]\d\d(?!\s?[{YEAR_MARK}]\s?(?:전|이상|넘|가까이|여|前|以上|的?历史"
    r"|의\s?(?:역사|전통|세월))))"
)
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_SHORT_YEAR = r"['’]\d\d"
_ED = r"(?:st|nd|rd|th)?"
# A zero in a year of Chinese characters is often drawn as a circle.
_CIRCLE, _ZERO = "○", "〇"
# By name, in the order in which they are read: what one has taken the next does not see.
_FORMS: dict[str, str] = {
    # 2024년 7월 30일, 7월 30일, '24년 7월 30일
    "day": rf"(?:(?P<y>{_MARKED_YEAR}|{_SHORT_YEAR})\s?[{YEAR_MARK}]\s?)?{_M}\s?[{MONTH_MARK}]"
    rf"\s?{_D}\s?[{_DAY_MARK}]",
    # 2024년 7월, '24.7월
    "month of a year": rf"(?P<y>{_MARKED_YEAR}(?=\s?[{YEAR_MARK}])|(?:19|20)\d\d|{_SHORT_YEAR})"
    rf"\s?(?:[{YEAR_MARK}]도?|\.)\s?{_M}\s?[{MONTH_MARK}](?!\s?\d)",
    # 2024-07-30, 2024. 7. 30.
    "digits": rf"(?<![\d.]){_Y}\s?[./-]\s?{_M}\s?[./-]\s?{_D}(?!\d)\.?",
    # July 30, 2024; 30 July 2024; July 2024
    "English, month first": rf"\b{_ENGLISH_MONTH}\s{_D}{_ED}\b(?:,?\s{_Y}\b)?",
    "English, day first": rf"\b{_D}{_ED}(?:\sof)?\s{_ENGLISH_MONTH}(?![a-z])(?:,?\s{_Y}\b)?",
    "English, no day": rf"\b{_ENGLISH_MONTH},?\s{_Y}\b",
    # '24. 7. 30.
    "short year": rf"(?P<y>{_SHORT_YEAR})\.\s?{_M}\.(?:\s?{_D}\.?)?",
    # 7.30.(화), ~8.1.
    "no year": rf"(?:(?<=~)|(?<=~\s)|(?<![\d.])){_M}\.\s?{_D}(?:\.(?!\d)|(?=\s?\())",
    "end of a span": rf"(?<=~){_M}\.{_D}(?![\d%])",
    "year": rf"(?<!\d)(?P<y>{_MARKED_YEAR})\s?[{YEAR_MARK}](?!\s?(?:간|동안|만에|째))도?",
    "short year alone": rf"(?P<y>{_SHORT_YEAR})\s?[{YEAR_MARK}]",
    "year in characters": rf"(?P<han>[一二三四五六七八九{_ZERO}{_CIRCLE}零]{{4}})年",
    "month": rf"(?<!\d){_M}\s?[{MONTH_MARK}](?![{HANGUL}]*요일)",
    "English month": r"\b(?:in|of|since|by|until|during|early|late|mid|next|last|this)\s"
    rf"{_ENGLISH_MONTH}(?![a-z])",
    "English month at an end": rf"\b(?!may\b){_ENGLISH_MONTH}(?=\s?[.,;)])",
    "four digits": rf"(?<![\d,.$₩¥€£-]){_Y}(?!\d|,\d|\.\d|<unit>)",
}
_DAY_OF_YEAR = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d)\s*[.\-/{YEAR_MARK}]\s*)?{_M}\s*(?:[.\-/]|월|月)\s*"
    rf"{_D}(?:\s*[{_DAY_MARK}.]|(?=\s*\(|\s|$|[~,)]))"
)


def dates(text: str) -> tuple[list[Date], str]:
    """The dates of a folded text, and the text with blanks in their place."""
    found: list[Date] = []
    for pattern in _patterns():
        more, text = taken(pattern, text, _read)
        found.extend(more)
    return found, text


def date_terms(text: str) -> Iterator[str]:
    """The days of the year that a folded text names, each as one index term."""
    for match in _DAY_OF_YEAR.finditer(text):
        yield day_term(int(match["m"]), int(match["d"]))


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    unit = unit_source("no_unit")
    return tuple(
        re.compile(form.replace("<unit>", unit), re.IGNORECASE) for form in _FORMS.values()
    )


def _read(match: re.Match[str]) -> Date:
    parts = match.groupdict()
    return Date(
        _year(parts.get("y") or "", parts.get("han") or ""),
        _month(parts.get("m") or "", parts.get("mon") or ""),
        int(parts["d"]) if parts.get("d") else None,
        match[0].strip(),
    )


def _year(digits: str, characters: str) -> int | None:
    if characters:
        return han_value(characters.replace(_CIRCLE, _ZERO))
    if not digits:
        return None
    return int(digits) if digits.isdigit() else 2000 + int(digits[1:])


def _month(digits: str, name: str) -> int | None:
    if digits:
        return int(digits)
    return month_number(name) if name else None
