"""Numbers with their units, as three languages write them: 60만㎡, 600,000 square metres and
六十万平方米 are one quantity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from geungeo.lang.scripts import HANGUL
from geungeo.lang.values.numerals import (
    ENGLISH_NUMBERS,
    ENGLISH_ORDINALS,
    NATIVE_NUMBER,
    SCALES,
    SINO_NUMBER,
    english_value,
    han_value,
    native_value,
    scaled_value,
    sino_value,
)
from geungeo.lang.values.scan import taken
from geungeo.lang.values.units import NAMED, same_unit, unit_at

_DAY, _HALF_DAY = 24 * 60, 12 * 60


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, "" where none is known, ``NAMED`` where it is a part of a name:
    코로나19.

    Times of day are minutes since midnight (``clock``), or since midnight or noon where
    the half of the day is not said (``half clock``).
    """

    value: Decimal
    unit: str
    text: str


def agree(claimed: Quantity, given: Quantity) -> bool:
    """Whether two quantities are equal, times of day with and without 오후 included."""
    if {claimed.unit, given.unit} <= {"clock", "half clock"}:
        day = _DAY if claimed.unit == given.unit == "clock" else _HALF_DAY
        return claimed.value % day == given.value % day
    return claimed.value == given.value and same_unit(claimed.unit, given.unit)


def quantities(text: str) -> list[Quantity]:
    """The quantities of a folded text from which dates and codes have been taken: times of day,
    shares, then what is counted."""
    found: list[Quantity] = []
    for pattern, read in _WHOLE:
        more, text = taken(pattern, text, read)
        found.extend(more)
    return [*found, *_counted(text)]


_AFTERNOON = re.compile(r"오후|下午|晚上?|p\.?m", re.IGNORECASE)
_MORNING = re.compile(r"오전|上午|早上|凌晨|a\.?m", re.IGNORECASE)
_CLOCKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<half>오전|오후|上午|下午|早上|晚上|凌晨)?\s?(?P<h>[01]?\d|2[0-4])\s?"
        r"(?:시(?!간|대|장|민|내|작)|点|點|時(?!間)|时(?!间))(?:\s?(?P<min>[0-5]?\d)\s?[분分])?",
        r"\b(?P<h>[01]?\d|2[0-4])(?::(?P<min>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)",
        r"\b(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?P<half>)",
    )
)


def _clock(match: re.Match[str]) -> Quantity:
    hour = int(match["h"])
    half = match["half"] or ""
    if _AFTERNOON.match(half):
        hour = hour % 12 + 12
    elif _MORNING.match(half):
        hour %= 12
    known = bool(half) or hour > 12 or ":" in match[0]
    minutes = hour * 60 + int(match["min"] or 0)
    return Quantity(Decimal(minutes), "clock" if known else "half clock", match[0].strip())


def _of_hundred(match: re.Match[str]) -> Quantity:
    return Quantity(_value(match["n"]), "percent", match[0])


def _of_so_many(match: re.Match[str]) -> Quantity:
    share = 100 * _value(match["n"]) / _value(match["of"])
    return Quantity(share.normalize() + 0, "percent", match[0])


def _tenths(match: re.Match[str]) -> Quantity:
    return Quantity(_value(match["n"]) * 10, "percent", match[0])


def _half(match: re.Match[str]) -> Quantity:
    return Quantity(Decimal(50), "percent", match[0])


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "|".join(SCALES)
_SCALED = (
    rf"(?:{_DIGITS})\s?(?:{_SCALE})+(?:\s?(?:{_DIGITS})\s?(?:{_SCALE})+)*"
    rf"(?:\s?(?:{_DIGITS})(?=\s?(?:원|명|개|건|위안|달러|[韩韓美欧日]?元|人)))?"
)
_HAN = r"[零〇一二三四五六七八九十百千两兩万萬亿億]"
_WHOLE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity]], ...] = (
    *((pattern, _clock) for pattern in _CLOCKS),
    (re.compile(rf"百分之(?P<n>{_HAN}+|{_DIGITS})"), _of_hundred),
    (re.compile(rf"(?<![\d.,])(?P<of>10{{1,3}})\s?분의\s?(?P<n>{_DIGITS})"), _of_so_many),
    (re.compile(rf"(?P<n>{_HAN}|\d)成(?![立为了员就果])"), _tenths),
    (re.compile(r"절반|(?<!상)(?<!하)반수|一半|\bhalf\b(?!\sof\sthe\syear)", re.I), _half),
)
_KOREAN_COUNTED = (
    "번째|번|차례|개|명|곳|가지|팀|달|사람|시간|해|대|건|편|회|주|살|분"
    "|권|마리|그루|척|벌|채|쌍|켤레|통|장"
)
_SINO_COUNTED = (
    "명|개|원|년|권|건|대|곳|회|장|그루|마리|척|톤|미터|킬로|제곱|평|퍼센트|달러|위안|유로|엔"
)
_HAN_COUNTED = (
    r"[二三四五六七八九十两兩](?=[多余]?[个個位名家座所条项年月天日周次届人种级小]"
    r"|[市国方地者][^场民内外长面])"
)
_ENGLISH = rf"(?:{'|'.join(ENGLISH_NUMBERS)})"
_ENGLISH_SCALES = "thousand|million|billion"
_ORDINAL = "|".join(ENGLISH_ORDINALS[1:])
_RANK_MARKS = ("제", "第")
_CURRENCY_MARKS = {"$": "USD", "₩": "KRW", "¥": "CNY", "€": "EUR", "£": "GBP"}
_NUMBER = re.compile(
    rf"(?P<mark>[$₩¥€£]|{'|'.join(_RANK_MARKS)})?\s?(?:(?P<scaled>{_SCALED})|(?P<digits>{_DIGITS}))"
    rf"(?P<th>st\b|nd\b|rd\b|th\b)?"
    rf"|(?P<rank>第)(?P<ranked>{_HAN}+)"
    rf"|(?P<han>{_HAN}{{2,}}|{_HAN_COUNTED})"
    rf"|(?<![{HANGUL}\d])(?P<ko>{NATIVE_NUMBER})"
    rf"(?:(?<![열쉰])\s(?=[{HANGUL}])|\s?(?={_KOREAN_COUNTED}))"
    rf"|(?<![{HANGUL}\d])(?P<sino>{SINO_NUMBER})(?:(?<!조)\s?(?={_SINO_COUNTED})|\s?(?=원))"
    rf"|\b(?P<ord>{_ORDINAL})\b(?!\s(?:half|of all))"
    rf"|\b(?!one\b(?!\s(?:hundred|{_ENGLISH_SCALES})))"
    rf"(?P<en>{_ENGLISH}(?:[\s-](?:and\s)?(?:{_ENGLISH}|hundred|{_ENGLISH_SCALES}))*)\b",
    re.IGNORECASE,
)
# Those that a text speaks of anyway, as the two cities: no number that it tells.
_PAIR = re.compile(
    r"\s?(?:个)?\s?(?:도시|기관|나라|국가|쪽|정부|지역|회사|사람의|市|国|城|方|地|机构|cities|countries|sides"
    r"|institutions|organi[sz]ations|governments|capitals|parties)"
)
# What a column or field is measured in: 면적(m2): 2300.
_LABEL = re.compile(r"\((?P<unit>[^()]{1,12})\)\s?:\s?$")
_LONGEST_LABEL = 18
_WITHIN_NAME = re.compile(rf"[{HANGUL}A-Za-z]-?$")


def _whole_unit(text: str) -> str:
    """The unit that a text is, "" where it is none."""
    unit, end = unit_at(text, 0)
    return unit if end == len(text) else ""


def _value(text: str) -> Decimal:
    return Decimal(text.replace(",", "")) if text[0].isdigit() else Decimal(han_value(text))


def _counted(text: str) -> Iterator[Quantity]:
    end = 0
    for match in _NUMBER.finditer(text):
        if match.start() < end:  # the 2 of m2
            continue
        value, unit = _read(match)
        if value == 2 and not unit and _PAIR.match(text, match.end()):
            continue
        written = match[0]
        if not unit:
            unit, after = unit_at(text, match.end())
            if unit:
                written += text[match.end() : after]
                end = after
                # Korea's own numbers count people by 분, and no minutes.
                unit = "person" if match["ko"] and unit == "minute" else unit
            elif labelled := _LABEL.search(
                text, max(match.start() - _LONGEST_LABEL, 0), match.start()
            ):
                unit = _whole_unit(labelled["unit"])
            elif match["digits"] and _WITHIN_NAME.search(text, 0, match.start("digits")):
                unit = NAMED
        yield Quantity(value, unit, written.strip())


_READ: dict[str, Callable[[str], Decimal]] = {
    "scaled": scaled_value,
    "digits": _value,
    "ranked": lambda text: Decimal(han_value(text)),
    "han": lambda text: Decimal(han_value(text)),
    "ko": lambda text: Decimal(native_value(text)),
    "sino": lambda text: Decimal(sino_value(text)),
    "ord": lambda text: Decimal(ENGLISH_ORDINALS.index(text.lower()) + 1),
    "en": lambda text: Decimal(english_value(text)),
}
_RANKS = ("ranked", "ord")


def _read(match: re.Match[str]) -> tuple[Decimal, str]:
    """The value of a number, and the unit that its own marks give."""
    form = next(name for name in _READ if match[name])
    mark = match["mark"] or ""
    if form in _RANKS or match["th"] or mark in _RANK_MARKS:
        return _READ[form](match[form]), "ordinal"
    return _READ[form](match[form]), _CURRENCY_MARKS.get(mark, "")
