"""What a sentence claims that can be compared by value: dates, times, quantities, codes.

The written forms of Korean, Chinese and English come to the same value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geungeo.lang.folding import fold
from geungeo.lang.rules import meanings, pattern
from geungeo.lang.values.dates import Date, dates
from geungeo.lang.values.quantities import Quantity, agree, quantities
from geungeo.lang.values.scan import taken
from geungeo.lang.values.units import NAMED, same_unit

__all__ = ["NAMED", "Date", "Facts", "Quantity", "agree", "facts", "same_unit"]

# Texts, most of them sentences, whose facts are kept.
_REMEMBERED = 20_000
_CODE = re.compile(
    r"\b(?=[A-Za-z0-9-]*\d)(?=[A-Za-z0-9-]*[A-Z])(?!\d+(?:st|nd|rd|th)\b)"
    r"(?:[A-Z]+\d[A-Za-z0-9]*|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)\b"
    r"|\b\d{2,4}-\d{3,4}-\d{4}\b"
)


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
    codes, rest = taken(_CODE, fold(text), lambda match: match[0].upper())
    days, rest = dates(rest)
    periods = frozenset(
        period for period in meanings("periods") if pattern("periods", period).search(text)
    )
    return Facts(tuple(days), tuple(quantities(rest)), tuple(codes), periods)
