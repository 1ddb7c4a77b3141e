"""What a sentence claims that can be compared by value: dates, times, quantities, codes.

The written forms of Korean, Chinese and English come to the same value: 60만㎡, 600,000
square metres and 六十万平方米; 7.30., 7월 30일 and July 30; 38% and 百分之三十八.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from geungeo.lang.analyzer import fold
from geungeo.lang.values.numerals import (
    ENGLISH_NUMBERS,
    ENGLISH_ORDINALS,
    english_value,
    han_value,
    scaled_value,
)

T = TypeVar("T")
NAMED = "name"
# Texts, most of them sentences, whose facts are kept.
_REMEMBERED = 20_000


@dataclass(frozen=True)
class Date:
    """A date; what it leaves open is None."""

    year: int | None
    month: int | None
    day: int | None
    text: str


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


@dataclass(frozen=True)
class Facts:
    """``periods`` are those for which a number holds: an hour, a day, a week, a month, a year."""

    dates: tuple[Date, ...]
    quantities: tuple[Quantity, ...]
    codes: tuple[str, ...]
    periods: frozenset[str]


@lru_cache(_REMEMBERED)
def facts(text: str) -> Facts:
    """Everything in a text that has a value, in the order of its kinds."""
    rest = fold(text)
    codes, rest = _taken(_CODE, rest, lambda match: match[0].upper())
    dates: list[Date] = []
    for pattern in _DATES:
        found, rest = _taken(pattern, rest, _date)
        dates.extend(found)
    quantities: list[Quantity] = []
    for pattern, read in _QUANTITIES:
        more, rest = _taken(pattern, rest, read)
        quantities.extend(more)
    periods = frozenset(name for name, pattern in _PERIODS if pattern.search(text))
    return Facts(tuple(dates), (*quantities, *_counted(rest)), tuple(codes), periods)


def same_unit(one: str, other: str) -> bool:
    """Whether two units can mean the same; an unknown one can mean any."""
    if not one or not other or one == other:
        return True
    return any({one, other} <= alike for alike in _ALIKE)


def agree(claimed: Quantity, given: Quantity) -> bool:
    """Whether two quantities are equal, times of day with and without 오후 included."""
    if {claimed.unit, given.unit} <= {"clock", "half clock"}:
        whole = claimed.unit == given.unit == "clock"
        day = 24 * 60 if whole else 12 * 60
        return claimed.value % day == given.value % day
    return claimed.value == given.value and same_unit(claimed.unit, given.unit)


# An a year earlier is a point in time and no period.
_A = r"\b(?:per|a|each|every) {}\b(?!\s(?:earlier|ago|later|before|after))"
_PERIODS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("hour", r"시간\s?당|시간마다|매시간|每(?:个)?小时|\b(?:per|an|each|every) hour\b|\bhourly\b"),
        ("day", r"하루|매일|날마다|일일|[每一]天|每日|日均|" + _A.format("day") + r"|\bdaily\b"),
        ("week", r"매주|주당|한 주에|每周|每星期|" + _A.format("week") + r"|\bweekly\b"),
        ("month", r"매달|매월|달마다|월평균|한 달에|每(?:个)?月|月均|" + _A.format("month") + r"|\bmonthly\b"),
        (
            "year",
            r"매년|해마다|연간|연평균|연례|한 해에|每年|年均|每一年|年度"
            r"|" + _A.format("year") + r"|\b(?:yearly|annual(?:ly)?)\b",
        ),
    )
)  # fmt: skip

_ALIKE = (
    {"ordinal", "times"},
    {"count", "times"},
    {"count", "vehicle"},
    {"month", "ordinal"},
    {"age", "vehicle"},
)

_CODE = re.compile(
    r"\b(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Z])(?!\d+(?:st|nd|rd|th)\b)"
    r"(?:[A-Z]+\d[A-Za-z0-9]*|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)\b"
    r"|\b\d{2,4}-\d{3,4}-\d{4}\b"
)

_UNITS: tuple[tuple[str, str], ...] = (
    ("percent", r"%p?|퍼센트|프로(?!그|젝)|percent(?:age points?)?|per cent|个百分点"),
    ("KRW", r"원(?!장|칙|인|구|정|탁)|won(?![A-Za-z])|韩元|韩币|韓元|KRW"),
    ("USD", r"달러|(?:US )?dollars?(?![A-Za-z])|美元|美金|USD"),
    ("EUR", r"유로|euros?(?![A-Za-z])|欧元|歐元"),
    ("JPY", r"엔(?![가-힣]{2})|yen(?![A-Za-z])|日元|日圆"),
    ("CNY", r"위안|元(?!旦)|人民币|yuan(?![A-Za-z])|RMB|CNY"),
    ("m2", r"m2|제곱\s?미터|square (?:met(?:re|er)s?)|平方米"),
    ("km2", r"km2|제곱\s?킬로미터|square (?:kilomet(?:re|er)s?)|平方公里|平方千米"),
    ("hectare", r"헥타르|ha(?![A-Za-z])|hectares?|公顷"),
    ("pyeong", r"평(?!균|가|일|양|소|화|생)"),
    ("km", r"km(?![A-Za-z])|킬로미터|kilomet(?:re|er)s?|公里|千米"),
    ("cm", r"cm(?![A-Za-z])|센티미터|centimet(?:re|er)s?|厘米"),
    ("m", r"m(?![A-Za-z])|미터|met(?:re|er)s?(?![A-Za-z])|米"),
    ("kg", r"kg(?![A-Za-z])|킬로그램|kilograms?|公斤|千克"),
    ("tonne", r"톤|tons?(?![A-Za-z])|tonnes?(?![A-Za-z])|吨"),
    ("celsius", r"°C|℃|도씨|摄氏度"),
    ("month", r"개월|달(?!러)|months?(?![A-Za-z])|个月"),
    ("week", r"주일|주간|주(?![가-힣]{2}|제|요)|weeks?(?![A-Za-z])|周|星期"),
    ("year", r"개년|년|해(?![가-힣]{2})|years?(?![a-z])(?! old)|年"),
    ("day", r"(?:영업|근무)?일(?![가-힣]{3})|(?:working |business )?days?(?![A-Za-z])|个?工作日|天|日|号(?!线)"),
    ("hour", r"시간|hours?(?![A-Za-z])|小时|个钟头"),
    ("minute", r"분(?!야|기|석|과|의|위)|minutes?(?![A-Za-z])|分钟"),
    ("second", r"초(?![가-힣])|seconds?(?![A-Za-z])|秒"),
    ("age", r"세(?![가-힣]{2}|계|대|미)|살|years? old|周?岁"),
    (
        "person",
        r"명|사람|인(?!치|구|증|근|천|공|기|식|상|의\s?아)|people(?![A-Za-z])|persons?(?![A-Za-z])|members?(?![A-Za-z])|students?(?![A-Za-z])|residents?(?![A-Za-z])"
        r"|visitors?(?![A-Za-z])|researchers?(?![A-Za-z])|experts?(?![A-Za-z])|delegates?(?![A-Za-z])|participants?(?![A-Za-z])|riders?(?![A-Za-z])"
        r"|人次?|名|位",
    ),
    ("fold", r"배(?![가-힣]{2})|times (?:as|more|higher|larger)|-?fold(?![A-Za-z])|倍"),
    ("ordinal", r"번째|차(?!례|량|이)|기(?![가-힣])|호(?:선|기)?|届|屆|期|号线|(?<=第)次"),
    ("times", r"회|번|차례|times(?![A-Za-z])|次|回"),
    ("vehicle", r"대(?![가-힣]{2}|학|표)|台|辆|buses(?![A-Za-z])|vehicles?(?![A-Za-z])|cars?(?![A-Za-z])|bicycles?(?![A-Za-z])"),
    (
        "count",
        r"개사|개국|개소|개|곳|가지|건|편|팀|석|종|쪽|장|권|호|companies(?![A-Za-z])|firms?(?![A-Za-z])|countries(?![A-Za-z])"
        r"|家|个|個|座|所|项|条|件|种|級|级",
    ),
)  # fmt: skip
_UNIT = re.compile(
    r"\s?-?(?:여|餘|余|多)?\s?(?:"
    + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS))
    + ")",
    re.IGNORECASE,
)

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = rf"(?P<mon>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)})\.?"
_Y = r"(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_ED = r"(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2024년 7월 30일, 7월 30일, 2024年7月, '24년 7월
        rf"(?:(?P<y>(?:19|20)\d\d|['’]\d\d)\s?[년年]\s?)?{_M}\s?[월月]\s?{_D}\s?[일日号]",
        rf"{_Y}\s?[년年]도?\s?{_M}\s?[월月](?!\s?\d)",
        # 2024-07-30, 2024. 7. 30.
        rf"(?<![\d.]){_Y}\s?[./-]\s?{_M}\s?[./-]\s?{_D}(?!\d)\.?",
        # July 30, 2024; 30 July 2024; July 2024
        rf"\b{_MONTH}\s{_D}{_ED}\b(?:,?\s{_Y}\b)?",
        rf"\b{_D}{_ED}(?:\sof)?\s{_MONTH}(?![a-z])(?:,?\s{_Y}\b)?",
        rf"\b{_MONTH},?\s{_Y}\b",
        # '24. 7. 30.
        rf"(?P<y>['’]\d\d)\.\s?{_M}\.(?:\s?{_D}\.?)?",
        # 7.30.(화), ~8.1.
        rf"(?:(?<=~)|(?<=~\s)|(?<![\d.])){_M}\.\s?{_D}(?:\.(?!\d)|(?=\s?\())",
        rf"(?<=~){_M}\.{_D}(?![\d%])",
        rf"{_Y}\s?[년年](?!\s?(?:간|동안|만에|째))도?",
        r"(?P<y>['’]\d\d)\s?[년年]",
        r"(?P<han>[一二三四五六七八九〇○零]{4})年",
        r"(?<!\d)(?P<m>1[0-2]|0?[1-9])\s?[월月](?![가-힣]*요일)",
        rf"\b(?:in|of|since|by|until|during|early|late|mid|next|last|this)\s{_MONTH}(?![a-z])",
        rf"\b(?!may\b){_MONTH}(?=\s?[.,;)])",
        rf"(?<![\d,.$₩¥€-]){_Y}(?!\d|,\d|\.\d|{_UNIT.pattern})".replace("?P<u", "?P<_u"),
    )
)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"십|백|천|만|억|조|万|萬|亿|億|thousand|million|billion|trillion"
_SCALED = re.compile(
    rf"(?:{_DIGITS})\s?(?:{_SCALE})+(?:\s?(?:{_DIGITS})\s?(?:{_SCALE})+)*"
    rf"(?:\s?(?:{_DIGITS})(?=\s?(?:원|명|개|건|위안|달러|元|人)))?",
    re.IGNORECASE,
)
_HAN = r"[零〇一二三四五六七八九十百千两兩万萬亿億]"
_KOREAN = {
    word: value
    for value, words in (
        (2, "두 둘"),
        (3, "세 석 셋"),
        (4, "네 넉 넷"),
        (5, "다섯"),
        (6, "여섯"),
        (7, "일곱"),
        (8, "여덟"),
        (9, "아홉"),
        (10, "열"),
        (11, "열한"),
        (12, "열두"),
        (20, "스무"),
    )
    for word in words.split()
}
_ENGLISH = rf"(?:{'|'.join(ENGLISH_NUMBERS)})"
_ORDINAL = "|".join(ENGLISH_ORDINALS[1:])
_NUMBER = re.compile(
    rf"(?P<mark>[$₩¥€]|제|第)?\s?(?:(?P<scaled>{_SCALED.pattern})|(?P<digits>{_DIGITS}))"
    rf"(?P<th>st\b|nd\b|rd\b|th\b)?"
    rf"|(?P<rank>第)(?P<ranked>{_HAN}+)"
    rf"|(?P<han>{_HAN}{{2,}}|[二三四五六七八九十两兩](?=[多余]?[个個位名家座所条项年月天日周次届人种级小]|[市国方地者][^场民内外长面]))"
    rf"|(?<![가-힣\d])(?P<ko>{'|'.join(sorted(_KOREAN, key=len, reverse=True))})"
    r"(?:(?<!열)\s(?=[가-힣])|\s?(?=번째|번|차례|개|명|곳|가지|팀|달|사람|시간|해|대|건|편|회|주|살))"
    rf"|\b(?P<ord>{_ORDINAL})\b(?!\s(?:half|of all))"
    rf"|\b(?!one\b(?!\s(?:hundred|thousand|million|billion)))(?P<en>{_ENGLISH}(?:[\s-](?:and\s)?(?:{_ENGLISH}|hundred|thousand|million|billion))*)\b",
    re.IGNORECASE,
)
# Those that a text speaks of anyway, as the two cities: no number that it tells.
_PAIR = re.compile(
    r"\s?(?:个)?\s?(?:도시|기관|나라|국가|쪽|정부|지역|회사|사람의|市|国|城|方|地|机构|cities|countries|sides"
    r"|institutions|organi[sz]ations|governments|capitals|parties)"
)
_MARKS = {"$": "USD", "₩": "KRW", "¥": "CNY", "€": "EUR"}


def _taken(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], T]
) -> tuple[list[T], str]:
    """What a pattern finds, and the text with blanks in its place."""
    found = []

    def blank(match: re.Match[str]) -> str:
        found.append(read(match))
        return " " * len(match[0])

    return found, pattern.sub(blank, text)


def _date(match: re.Match[str]) -> Date:
    parts = match.groupdict()
    year = parts.get("y")
    month = parts.get("m")
    name = parts.get("mon")
    if parts.get("han"):
        years = han_value(parts["han"].replace("○", "〇"))
    elif year:
        years = int(year) if year.isdigit() else 2000 + int(year[1:])
    return Date(
        years if year or parts.get("han") else None,
        int(month) if month else _month(name) if name else None,
        int(parts["d"]) if parts.get("d") else None,
        match[0].strip(),
    )


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))


_AFTERNOON = re.compile(r"오후|下午|晚上?|p\.?m", re.IGNORECASE)
_MORNING = re.compile(r"오전|上午|早上|凌晨|a\.?m", re.IGNORECASE)
_CLOCKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<half>오전|오후|上午|下午|早上|晚上|凌晨)?\s?(?P<h>[01]?\d|2[0-4])\s?(?:시(?!간|대|장|민|내|작)|点|點|時(?!間)|时(?!间))"
        r"(?:\s?(?P<min>[0-5]?\d)\s?[분分])?",
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


def _tenths(match: re.Match[str]) -> Quantity:
    return Quantity(_value(match["n"]) * 10, "percent", match[0])


def _half(match: re.Match[str]) -> Quantity:
    return Quantity(Decimal(50), "percent", match[0])


_QUANTITIES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity]], ...] = (
    *((pattern, _clock) for pattern in _CLOCKS),
    (re.compile(rf"百分之(?P<n>{_HAN}+|{_DIGITS})"), _of_hundred),
    (re.compile(rf"(?P<n>{_HAN}|\d)成(?![立为了员就果])"), _tenths),
    (re.compile(r"절반|(?<!상)(?<!하)반수|一半|\bhalf\b(?!\sof\sthe\syear)", re.I), _half),
)


_WITHIN_NAME = re.compile(r"[가-힣A-Za-z]-?$")


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
            after = _UNIT.match(text, match.end())
            if after:
                unit = next(
                    name for i, (name, _) in enumerate(_UNITS) if after[f"u{i}"] is not None
                )
                written += after[0]
                end = after.end()
            elif match["digits"] and _WITHIN_NAME.search(text, 0, match.start("digits")):
                unit = NAMED
        yield Quantity(value, unit, written.strip())


def _read(match: re.Match[str]) -> tuple[Decimal, str]:
    mark = match["mark"] or ""
    unit = "ordinal" if match["th"] or mark in ("제", "第") else _MARKS.get(mark, "")
    if match["scaled"]:
        return scaled_value(match["scaled"]), unit
    if match["digits"]:
        return _value(match["digits"]), unit
    if match["ranked"]:
        return Decimal(han_value(match["ranked"])), "ordinal"
    if match["han"]:
        return Decimal(han_value(match["han"])), ""
    if match["ko"]:
        return Decimal(_KOREAN[match["ko"]]), ""
    if match["ord"]:
        return Decimal(ENGLISH_ORDINALS.index(match["ord"].lower()) + 1), "ordinal"
    return Decimal(english_value(match["en"])), ""
