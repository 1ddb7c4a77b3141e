"""Dates and times of day, as Korean, Chinese and English write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geungeo.evals.comparing.numerals import east_asian
from geungeo.evals.comparing.words import words

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NAME = rf"(?P<name>{'|'.join(f'{month}|{month[:3]}' for month in _MONTHS)}|sept)\b\.?"
_YEAR = r"(?P<y>1[0-9]\d\d|20\d\d)"
_SHORT = r"['’](?P<y2>\d\d)"
_KNOWN, _KNOWN_CLOCKS = words()["dates"], words()["clocks"]
_DATES = tuple(
    re.compile(
        pattern.replace("<NAME>", _NAME)
        .replace("<YEAR>", _YEAR)
        .replace("<SHORT>", _SHORT)
        .replace("<HANYEAR>", _KNOWN["han_year"])
        .replace("<MONTH>", _KNOWN["month"])
        .replace("<DAY>", _KNOWN["day"]),
        re.IGNORECASE,
    )
    for pattern in _KNOWN["patterns"]
)
_AFTERNOON = re.compile(_KNOWN_CLOCKS["afternoon"], re.IGNORECASE)
_MORNING = re.compile(_KNOWN_CLOCKS["morning"], re.IGNORECASE)
_CLOCKS = tuple(
    re.compile(
        pattern.replace("<HALF>", _KNOWN_CLOCKS["half"]).replace("<HOUR>", _KNOWN_CLOCKS["hour"]),
        re.IGNORECASE,
    )
    for pattern in _KNOWN_CLOCKS["patterns"]
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
