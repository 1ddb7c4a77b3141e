"""What kind of value a question asks for, and whether a text gives one.

A question word stands for a value: with 7 in its place, 몇 명 reads as 7 persons, how many
buses as 7 vehicles, 多少家 as 7 of a count. The facts of a text then tell whether it holds a
value of that unit that the question does not name itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geungeo.lang.detect import Language
from geungeo.lang.rules import alternatives, pattern
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.values.facts import NAMED, Facts, Quantity, facts, same_unit

Kind = Literal["", "quantity", "time", "month", "day", "code", "phone"]

MONEY = frozenset(("KRW", "USD", "EUR", "GBP", "JPY", "CNY"))
SPAN = frozenset(("year", "month", "week", "day", "hour", "minute", "second"))
LENGTH = frozenset(("m", "km", "cm"))
AREA = frozenset(("m2", "km2", "hectare", "pyeong"))
_WEIGHT = frozenset(("kg", "tonne"))
CLOCK = frozenset(("clock", "half clock"))
_PEOPLE = frozenset(("person",))

# What each meaning of the rules asks for; what is asked by a counter is read by the facts.
_ASKED: dict[str, tuple[Kind, frozenset[str]]] = {
    "code": ("code", frozenset()),
    "nights": ("quantity", SPAN),
    "phone": ("phone", frozenset()),
    "clock": ("quantity", CLOCK),
    "day": ("day", frozenset()),
    "month": ("month", frozenset()),
    "year": ("time", frozenset()),
    "from when until when": ("month", frozenset()),
    "until when": ("time", SPAN),
    "when": ("time", frozenset()),
    "how long": ("quantity", SPAN),
    "length": ("quantity", LENGTH),
    "area": ("quantity", AREA),
    "size": ("quantity", frozenset()),
    "weight": ("quantity", _WEIGHT),
    "people": ("quantity", _PEOPLE),
    "share": ("quantity", frozenset(("percent",))),
    "change": ("quantity", frozenset()),
    "money": ("quantity", MONEY),
}
# Of these the unit behind the question word tells more: 돈이 몇 %, 인구가 몇 배.
_MEASURES = frozenset(("length", "area", "size", "weight", "people", "change", "money"))
# Of these a word may name the value while something else is asked for: 인구 감소 지역은 어디.
_NAMED_BY_A_WORD = frozenset(("length", "area", "weight", "people", "share", "money"))
# Stands for the number that is asked for.
_PLACEHOLDER = "7"
_HANGUL = re.compile(f"[{HANGUL}]")
_HAN = re.compile(f"[{HAN}]")
_PHONE = re.compile(r"[\d-]+-\d{3,4}-\d{4}")
_UNASKED = frozenset(("clock", "half clock", "ordinal", NAMED))
# What is counted may be any noun, so that a number without a known unit can be of these.
COUNTED = frozenset(("", "count", "person", "vehicle", "times"))


@dataclass(frozen=True)
class Wanted:
    """``units`` are those that a quantity may have; none stands for any unit.

    The kinds ``time``, ``month`` and ``day`` are dates, the latter two at least so exact. With
    units a quantity may stand in place of a date: 언제까지 may be 30일 이내.
    """

    kind: Kind = ""
    units: frozenset[str] = frozenset()

    def is_given_by(self, text: Facts, asked: Facts) -> bool:
        """Whether a text has such a value that the question does not name; true where nothing
        of the kind is wanted."""
        return not self.kind or bool(self.values(text, asked))

    def values(self, text: Facts, asked: Facts) -> frozenset[tuple[object, ...]]:
        """The values of a text that are wanted, without those that the question names."""
        if self.kind in ("code", "phone"):
            return frozenset(
                (code,)
                for code in text.codes
                if code not in asked.codes
                and bool(_PHONE.fullmatch(code)) == (self.kind == "phone")
            )
        if self.kind == "quantity":
            return self._counted(text, asked)
        dates = frozenset(
            (date.year, date.month, date.day)
            for date in text.dates
            if self._is_date(date.month, date.day)
        )
        return dates | self._counted(text, asked) if self.units else dates

    def _counted(self, text: Facts, asked: Facts) -> frozenset[tuple[object, ...]]:
        return frozenset((one.value, one.unit) for one in self.quantities(text, asked))

    def written(self, text: Facts, asked: Facts) -> list[str]:
        """The quantities of a text that are wanted, as they are written there."""
        return [one.text for one in self.quantities(text, asked)]

    def quantities(self, text: Facts, asked: Facts) -> list[Quantity]:
        """The quantities of a text that are wanted, without those that the question names."""
        known = {(one.value, one.unit) for one in asked.quantities}
        return [
            one
            for one in text.quantities
            if self._fits(one.unit) and (one.value, one.unit) not in known
        ]

    def _fits(self, unit: str) -> bool:
        if not self.units:
            return unit not in _UNASKED
        if not unit:
            return bool(self.units & COUNTED)
        return any(same_unit(unit, one) for one in self.units)

    def _is_date(self, month: int | None, day: int | None) -> bool:
        if self.kind == "day":
            return day is not None
        return self.kind == "time" or month is not None


def is_undecided(text: str) -> bool:
    """Whether a text says that something has not been settled."""
    return bool(pattern("wanted", "undecided").search(text))


def named_kind(question: str) -> str:
    """The words of a question that only name the kind of value: its date, 센티 in 몇 센티."""
    unit = _unit_behind(question)
    for meaning, (kind, _) in _ASKED.items():
        if match := pattern("wanted", meaning).search(question):
            return f"{match[0]} {unit}" if kind != "quantity" else unit
    return unit


def _unit_behind(question: str) -> str:
    """The unit behind the question word, as it is written; "" where there is none."""
    counter = pattern("wanted", "counter").search(question)
    counted = _counted_as(question[counter.end() :]) if counter else None
    return counted.text.removeprefix(_PLACEHOLDER).strip() if counted and counted.unit else ""


def subject(question: str) -> str:
    """The part of a question that names what is measured or counted, or the office of whoever
    is asked for, "" where there is none: 예산은 in 예산은 얼마, companies in how many companies
    are there, 所长 in 所长是谁."""
    for meaning in ("measure", "who"):
        if match := pattern("wanted", meaning).search(question):
            return str(next(filter(None, match.groups())))
    match = pattern("wanted", "some number").search(question)
    if not match:
        return ""
    before, after = question[: match.start()], question[match.end() :]
    if _HANGUL.search(question):
        return _korean_subject(before, after)
    return _chinese_subject(before, after) if _HAN.search(question) else _counted("en", after)


def _korean_subject(before: str, after: str) -> str:
    if counted := _counted("ko", after):
        return counted
    # An adverb may be of two words.
    adverb = rf"(?<!\S)(?:{alternatives('wanted', 'adverb')})(?!\S)"
    words = re.sub(adverb, " ", before).split()
    return words[-1] if words else ""


def _chinese_subject(before: str, after: str) -> str:
    if counted := _counted("zh", after):
        return counted
    preceding = pattern("wanted", "counted before zh").search(before)
    return preceding[1] if preceding else ""


def _counted(language: Language, after: str) -> str:
    """What a question word counts, as far as it follows."""
    following = pattern("wanted", f"counted {language}").match(after)
    return following[1] if following else ""


def wanted(question: str) -> Wanted:
    """What a question asks for, as far as its form tells."""
    counter = pattern("wanted", "counter").search(question)
    counted = _units_after(question[counter.end() :]) if counter else frozenset()
    some = pattern("wanted", "some number").search(question)
    only_named = not some and pattern("wanted", "something else").search(question)
    for meaning, (kind, units) in _ASKED.items():
        if only_named and meaning in _NAMED_BY_A_WORD:
            continue
        if pattern("wanted", meaning).search(question):
            return Wanted(kind, counted if counted and meaning in _MEASURES else units)
    if counter:
        return Wanted("quantity", counted)
    return Wanted("quantity") if some else Wanted()


def _units_after(rest: str) -> frozenset[str]:
    """The unit that a number in place of the question word would have."""
    counted = _counted_as(rest)
    return frozenset((counted.unit,)) if counted and counted.unit else frozenset()


def _counted_as(rest: str) -> Quantity | None:
    """The quantity that stands there with a number in place of the question word."""
    return next(iter(facts(f"{_PLACEHOLDER} {rest.lstrip()}").quantities), None)
