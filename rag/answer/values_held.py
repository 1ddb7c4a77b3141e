"""Whether the dates, quantities and codes of a sentence stand in what it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from geungeo.lang.folding import fold
from geungeo.lang.rules import pattern
from geungeo.lang.values.facts import Date, Facts, Quantity, agree, facts

ValueReason = Literal["date", "number", "unit", "code"]

_WORD = re.compile(r"\w")


def first_wrong_value(
    claimed: Facts, quote: str, headings: str, context: str, dates: Sequence[str]
) -> tuple[ValueReason, str] | None:
    """The first value of a sentence that neither a quote nor the headings over it give, as
    written, with what is wrong with it. ``context`` is the text around the quote, and ``dates``
    are those of the documents, in ISO 8601: years may stand there alone."""
    given = facts(f"{quote}\n{headings}")
    years = {date.year for date in given.dates if date.year}
    if not years:
        years = {date.year for date in facts(context).dates if date.year}
        years |= {int(date[:4]) for date in dates if date[:4].isdigit()}
    days = {int(q.value) for q in given.quantities if q.unit == "day" and q.value < 32}
    for date in claimed.dates:
        if not any(_same_date(date, other, years, days) for other in given.dates) and not (
            date.month is None and date.year in years
        ):
            return "date", date.text
    for quantity in claimed.quantities:
        agreeing = any(agree(quantity, other) for other in given.quantities)
        if not agreeing and not _is_reckoned(quantity, given.quantities):
            equal = any(quantity.value == other.value for other in given.quantities)
            return "unit" if equal else "number", quantity.text
    if given.periods and not claimed.periods <= given.periods:
        return "unit", ", ".join(sorted(claimed.periods - given.periods))
    upper = fold(context).upper()
    for code in claimed.codes:
        if code not in upper:
            return "code", code
    return None


def _is_reckoned(claimed: Quantity, given: Sequence[Quantity]) -> bool:
    """Whether a value is the sum or the difference of two that are given, of its own unit."""
    own = [one.value for one in given if claimed.unit and one.unit == claimed.unit]
    return any(
        claimed.value in (one + other, abs(one - other)) for one, other in combinations(own, 2)
    )


def is_only_value(sentence: str, found: Facts) -> bool:
    """Whether a sentence, in which ``found`` stands, is a value and nothing else."""
    rest = fold(sentence)
    dates, quantities = ([one.text for one in own] for own in (found.dates, found.quantities))
    for value in (*found.codes, *dates, *quantities):
        rest = rest.replace(value, " ", 1)
    return not _WORD.search(pattern("bounds", "hedge").sub(" ", rest))


def _same_date(claimed: Date, given: Date, years: set[int], days: set[int]) -> bool:
    """``years`` and ``days`` are those that the text gives apart from a whole date."""
    same_year = claimed.year == given.year or (not given.year and claimed.year in years)
    same_day = claimed.day == given.day or (given.day is not None and claimed.day in days)
    return (
        (claimed.year is None or same_year)
        and (claimed.month is None or claimed.month == given.month)
        and (claimed.day is None or same_day)
    )
