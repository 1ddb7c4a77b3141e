"""The limits that a question sets: more than 90 %, 20시간 이상, 超过100辆, since 2010."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt

from geungeo.lang.folding import fold
from geungeo.lang.rules import alternatives
from geungeo.lang.terms import is_year
from geungeo.lang.values.facts import NAMED, Date
from geungeo.rag.question.question import Question

DATE = "date"
"""The unit of a limit that is a date."""

_Holds = Callable[[Decimal, Decimal], bool]
_OF_NUMBERS: dict[str, _Holds] = {"over": gt, "at least": ge, "under": lt, "at most": le}
_OF_DATES: dict[str, _Holds] = {"later than": gt, "since": ge, "earlier than": lt, "until": le}
# Limits that the last day of a month or of a year sets, not the first.
_AT_END = ("later than", "until")
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True)
class Limit:
    """``value`` is a number of a ``unit``, a date one of eight digits; ``said`` is the text of
    the question that sets it, and ``number`` that of the number."""

    value: Decimal
    unit: str
    said: str
    number: str
    holds: _Holds

    def lets_through(self, value: Decimal) -> bool:
        return self.holds(value, self.value)


def limits(question: Question) -> tuple[Limit, ...]:
    """The limits of a question: those of its dates, then those of its numbers."""
    return tuple(_limits(question))


def _limits(question: Question) -> Iterator[Limit]:
    text = fold(question.text)
    years = [
        Date(int(one.value), None, None, one.text)
        for one in question.facts.quantities
        if not one.unit and is_year(one.text)
    ]
    for date in (*question.facts.dates, *years):
        if date.year and (set_by := _set_by(text, date.text, _OF_DATES)):
            name, said = set_by
            at = _eight_digits(date, at_end=name in _AT_END)
            yield Limit(at, DATE, said, str(date.year), _OF_DATES[name])
    for one in question.facts.quantities:
        if one.unit != NAMED and (set_by := _set_by(text, one.text, _OF_NUMBERS)):
            name, said = set_by
            yield Limit(one.value, one.unit, said, f"{one.value:f}", _OF_NUMBERS[name])


def _set_by(text: str, number: str, known: dict[str, _Holds]) -> tuple[str, str] | None:
    """What kind of limit a text makes of a number, and where it says so."""
    own = re.escape(number)
    for name in known:
        before, after = (alternatives("limits", f"{name} {side}") for side in ("before", "after"))
        match = re.search(rf"(?:{before})\W?{own}|{own}(?:{after})", text, re.IGNORECASE)
        if match:
            return name, match[0]
    return None


def _eight_digits(date: Date, *, at_end: bool) -> Decimal:
    month = date.month or (_LAST_MONTH if at_end else 0)
    day = date.day or (_LAST_DAY if at_end else 0)
    return Decimal((date.year or 0) * 10_000 + month * 100 + day)
