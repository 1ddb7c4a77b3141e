"""Dates and times of day, as Korean, Chinese and English write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geungeo.evals.comparing.numerals import east_asian

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NAME = rf"(?P<name>{'|'.join(f'{month}|{month[:3]}' for month in _MONTHS)}|sept)\b\.?"
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d)"
_SHORT = r"['’](?P<y2>\d\d)"
_MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HAN_YEAR = r"(?P<han>[一二][零〇○一二三四五六七八九]{3})"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:(?:(?<!\d){_YEAR}|{_SHORT}|{_HAN_YEAR})\s?[년年]\s?)?(?<!\d){_MONTH}\s?[월月]\s?{_DAY}\s?[일日号]",
        rf"(?:(?<!\d){_YEAR}|{_SHORT}|{_HAN_YEAR})\s?[년年]도?\s?{_MONTH}\s?[월月]",
        rf"(?<![\d.]){_YEAR}\s?[./-]\s?{_MONTH}\s?[./-]\s?{_DAY}(?!\d)\.?",
        rf"(?<!\d){_SHORT}\.\s?{_MONTH}\.(?:\s?{_DAY}(?!\d)\.?)?",
        rf"(?<![\d.])(?P<y2>\d\d)\.\s?{_MONTH}\.\s?{_DAY}(?!\d)\.?",
        rf"\b{_NAME}\s{_DAY}(?:st|nd|rd|th)?\b(?:,?\s{_YEAR}\b)?",
        rf"\b{_DAY}(?:st|nd|rd|th)?(?:\sof)?\s{_NAME}(?:,?\s{_YEAR}\b)?",
        rf"\b{_NAME},?\s(?:of\s)?{_YEAR}\b",
        rf"(?:(?<!\d){_YEAR}|{_SHORT}|{_HAN_YEAR})\s?[년年](?!\s?(?:간|동안|만에|째))도?",
        # 7.30.(화), 7.24~8.1
        rf"(?<![\d.]){_MONTH}\.\s?{_DAY}(?:\.(?!\d)|(?=\s?[(（~∼〜-]))",
        rf"(?<=[~∼〜-]){_MONTH}\.{_DAY}(?![\d%])",
        rf"(?<!\d){_MONTH}\s?[월月](?!요일)",
        rf"\b(?!may\b){_NAME}",
        r"\b(?P<name>May)\b(?=\s?(?:[.,;)]|$))",
    )
)
_AFTERNOON = re.compile(r"오후|저녁|밤|下午|晚上|p\.?m", re.IGNORECASE)
_MORNING = re.compile(r"오전|새벽|아침|上午|早上|凌晨|a\.?m", re.IGNORECASE)
_HALF = r"오전|오후|새벽|아침|저녁|밤|上午|下午|早上|晚上|凌晨"
_HOUR = r"[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九]"
_CLOCKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<half>{_HALF})?\s?(?<!\d)(?P<h>{_HOUR})\s?(?:시(?!간|대|장|민|내)|点|时(?!间))(?:\s?(?P<min>[0-5]?\d)\s?分?분?|(?P<thirty>\s?반|半))?",
        r"\b(?P<h>[01]?\d|2[0-4])(?::(?P<min>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)(?P<thirty>)",
        r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?![\d:])(?P<half>)(?P<thirty>)",
    )
)


@dataclass(frozen=True)
class Date:
    """A date; what it leaves open is None."""

    year: int | None
    month: int | None
    day: int | None

    def is_told_by(self, given: Date) -> bool:
        """Whether a date says all that this one does; it may say more."""
        pairs = zip(self._parts, given._parts, strict=True)
        return all(own is None or own == other for own, other in pairs)

    @property
    def _parts(self) -> tuple[int | None, int | None, int | None]:
        return self.year, self.month, self.day


@dataclass(frozen=True)
class Clock:
    """A time of day in minutes since midnight, or since midnight or noon where the half of the day
    is not said."""

    minutes: int
    is_half_known: bool

    def is_told_by(self, given: Clock) -> bool:
        day = 24 * 60 if self.is_half_known and given.is_half_known else 12 * 60
        return self.minutes % day == given.minutes % day


def take_dates(text: str) -> tuple[list[Date], str]:
    """The dates of a text, and the text with blanks in their place."""
    found: list[Date] = []
    for pattern in _DATES:
        text = _taken(pattern, text, lambda match: found.append(_date(match)))
    return found, text


def take_clocks(text: str) -> tuple[list[Clock], str]:
    """The times of day of a text, and the text with blanks in their place."""
    found: list[Clock] = []
    for pattern in _CLOCKS:
        text = _taken(pattern, text, lambda match: found.append(_clock(match)))
    return found, text


def _taken(pattern: re.Pattern[str], text: str, keep: Callable[[re.Match[str]], None]) -> str:
    def blank(match: re.Match[str]) -> str:
        keep(match)
        return " " * len(match[0])

    return pattern.sub(blank, text)


def _date(match: re.Match[str]) -> Date:
    parts = match.groupdict()
    year, short, han, name = (parts.get(key) for key in ("y", "y2", "han", "name"))
    years = int(year) if year else 2000 + int(short) if short else None
    month = _number(parts.get("m"))
    return Date(
        int(east_asian(han)) if han else years,
        _month(name) if name else month,
        _number(parts.get("d")),
    )


def _number(text: str | None) -> int | None:
    return int(east_asian(text)) if text else None


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _clock(match: re.Match[str]) -> Clock:
    hour = int(east_asian(match["h"]))
    half = match["half"] or ""
    if _AFTERNOON.match(half):
        hour = hour % 12 + 12
    elif _MORNING.match(half):
        hour %= 12
    minutes = int(match["min"] or 0) or (30 if match["thirty"] else 0)
    return Clock(hour * 60 + minutes, bool(half) or hour > 12 or ":" in match[0])
