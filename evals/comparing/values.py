"""What a text says that can be compared by value."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from geungeo.evals.comparing.dates import Clock, Date, take_clocks, take_dates
from geungeo.evals.comparing.numerals import numbers
from geungeo.evals.comparing.units import alike, unit_of
from geungeo.evals.comparing.words import words

_REMEMBERED = 10_000
_KNOWN = words()["values"]
_ABOUT = re.compile(_KNOWN["about"], re.IGNORECASE)
_FRACTION = re.compile(_KNOWN["fraction"])
_TENTHS = re.compile(_KNOWN["tenths"])
_HALF = re.compile(_KNOWN["half"], re.IGNORECASE)
# Read as a number in a text, and as a day as well where it is all that is asked for.
_DAY = re.compile(r"(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])")
_CODE = re.compile(
    r"\b(?=[A-Za-z-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+\b|(?<![A-Za-z])[A-Z]+\d+(?:\.\d+)?\b"
)
_TELLING = 10
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, "" where none is known. ``is_word`` where a single word gives it."""

    value: Decimal
    unit: str
    is_word: bool = False

    def is_told_by(self, given: Quantity) -> bool:
        if self.value != given.value:
            return False
        # Three of whatever it may be are no three places; eighteen of it are likely those.
        is_telling = self.unit == given.unit or bool(given.unit) or given.value >= _TELLING
        return is_telling and alike(self.unit, given.unit)


Value = Date | Clock | Quantity


@dataclass(frozen=True)
class Values:
    """Everything in a text that has a value; ``rest`` is the text without it. ``codes`` are names
    with figures: HUI-2024-07, PM2.5."""

    found: tuple[Value, ...]
    codes: frozenset[str]
    rest: str

    def tell(self, wanted: Value) -> bool:
        """Whether a value is among these."""
        return any(_is_told(wanted, given) for given in self.found)


@lru_cache(_REMEMBERED)
def values(text: str) -> Values:
    """The dates, times of day and quantities of a text."""
    # Compatibility forms of letters and digits are those that people type: ㎡, １５.
    rest = unicodedata.normalize("NFKC", text)
    dates, rest = take_dates(rest)
    codes = frozenset(_CODE.findall(rest))
    rest = _blanked(_CODE, rest)
    clocks, rest = take_clocks(rest)
    shares, rest = _take_shares(rest)
    quantities, rest = _take_quantities(rest)
    years = [
        Date(int(one.value), None, None)
        for one in quantities
        if not one.unit and _FIRST_YEAR <= one.value <= _LAST_YEAR and one.value % 1 == 0
    ]
    return Values((*dates, *clocks, *shares, *quantities, *years), codes, rest)


def whole_values(text: str) -> tuple[Value, ...]:
    """What a text can mean that is a value and nothing else; nothing for another text."""
    if day := _DAY.fullmatch(text.strip()):
        return (*values(text).found, Date(None, int(day["m"]), int(day["d"])))
    read = values(text)
    rest = _ABOUT.sub(" ", read.rest)
    if re.search(r"\w", rest):
        return ()
    alone = [one for one in read.found if not isinstance(one, Date) or one.month or one.day]
    return read.found if len(alone) <= 1 else ()


def _is_told(wanted: Value, given: Value) -> bool:
    if isinstance(wanted, Quantity):
        return isinstance(given, Quantity) and wanted.is_told_by(given)
    if isinstance(wanted, Date):
        return isinstance(given, Date) and wanted.is_told_by(given)
    return isinstance(given, Clock) and wanted.is_told_by(given)


def _take_shares(text: str) -> tuple[list[Quantity], str]:
    found = []
    for pattern, factor in ((_FRACTION, 1), (_TENTHS, 10)):
        for match in pattern.finditer(text):
            (number,) = numbers(match["n"])
            found.append(Quantity(number.value * factor, "percent"))
        text = _blanked(pattern, text)
    found += [Quantity(Decimal(50), "percent", is_word=True) for _ in _HALF.finditer(text)]
    return found, _blanked(_HALF, text)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _take_quantities(text: str) -> tuple[list[Quantity], str]:
    found = []
    end = 0
    kept = []
    for number in numbers(text):
        if number.start < end:  # the 2 of m2
            continue
        unit, before, after = unit_of(text, number.start, number.end)
        if number.is_rank and unit != "line":
            unit = "rank"
        if number.is_word and not unit and after - before == 1:
            # 一 and 十 are parts of many words.
            continue
        kept.append(text[end:before])
        end = after
        found.append(Quantity(number.value, unit, number.is_word))
    return found, " ".join((*kept, text[end:]))
