"""What a question asks of the rows of a table together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from geungeo.lang.ko.words import is_predicate
from geungeo.lang.rules import meanings, pattern
from geungeo.lang.scripts import HAN
from geungeo.rag.question.question import Question
from geungeo.rag.question.wanted import AREA, COUNTED, LENGTH, MONEY, SPAN
from geungeo.rag.reckoning.limits import Limit, limits

_HAN = re.compile(f"[{HAN}]+")
# Rows of an extreme that are asked for at the most.
_MOST = 10

Kind = Literal["greatest", "least", "sum", "mean", "count", "difference"]
Measure = Literal["", "date", "money", "area", "length", "time"]

UNITS: dict[Measure, frozenset[str]] = {
    "money": MONEY,
    "area": AREA,
    "length": LENGTH | SPAN,
    "time": SPAN,
}
"""The units of what is measured; a date has none."""
UNITS_OF_LABELS: dict[str, frozenset[str]] = {
    "person": frozenset(("person",)),
    "money": MONEY,
    "area": AREA,
    "length": LENGTH,
    "share": frozenset(("percent",)),
}
"""The units that numbers may have by what their label means."""

# What each meaning of the rules asks for, those that tell more before the others.
_ASKED: dict[str, tuple[Kind, Measure]] = {
    "difference": ("difference", ""),
    "dearest": ("greatest", "money"),
    "cheapest": ("least", "money"),
    "latest": ("greatest", "date"),
    "earliest": ("least", "date"),
    "widest": ("greatest", "area"),
    "narrowest": ("least", "area"),
    "slowest": ("greatest", "time"),
    "longest": ("greatest", "length"),
    "shortest": ("least", "length"),
    "greatest": ("greatest", ""),
    "least": ("least", ""),
    "mean": ("mean", ""),
    "sum": ("sum", ""),
}


@dataclass(frozen=True)
class Operation:
    """``measure`` is what is measured as far as the word for it tells, ``said`` the text of
    the question that asks for it, and ``count`` how many rows of an extreme it asks for,
    of those within its ``limits``."""

    kind: Kind
    measure: Measure = ""
    said: str = ""
    count: int = 1
    limits: tuple[Limit, ...] = ()

    def is_said_by(self, word: str) -> bool:
        """Whether a word asks for it, as 最少 does, or 总长度 for a sum."""
        said = self.said.casefold()
        if word in (str(self.count), *(limit.number for limit in self.limits)):
            return True
        stem = word[:-1] if is_predicate(word) else word
        return stem in said or any(_HAN.fullmatch(one) and one in word for one in said.split())

    @property
    def is_extreme(self) -> bool:
        return self.kind in ("greatest", "least")


def operations(question: Question) -> list[Operation]:
    """What may be asked of a table as a whole, the likeliest first; none where the question asks
    for nothing of the kind.

    A number is counted where a table has no column for it: 모두 몇 곳, how many routes.
    """
    text = question.text
    found = {one: match for one in meanings("reckoning") if (match := _match(one, text))}
    set_by, count = limits(question), _count(question)
    said = " ".join((*found.values(), *(limit.said for limit in set_by)))
    kinds = [own for meaning, own in _ASKED.items() if meaning in found][:1]
    asked = [Operation(kind, measure, said, count, set_by) for kind, measure in kinds]
    wanted = question.wanted
    is_counted = wanted.kind == "quantity" and wanted.units <= COUNTED
    if is_counted and (question.subject or set_by) and (not asked or asked[0].kind == "sum"):
        asked.append(Operation("count", said=said, count=count, limits=set_by))
    return asked


def _count(question: Question) -> int:
    """How many of the greatest it asks for: 세 곳, three groups."""
    numbers = (
        int(one.value)
        for one in question.facts.quantities
        if one.unit in COUNTED and one.value % 1 == 0 and 1 < one.value <= _MOST
    )
    return next(numbers, 1)


def is_named(asked: Operation, text: str) -> bool:
    """Whether a text says itself that something is the greatest, a sum and so on, as asked."""
    return any(
        kind == asked.kind and _match(meaning, text) for meaning, (kind, _) in _ASKED.items()
    )


def _match(meaning: str, text: str) -> str:
    return " ".join(match[0] for match in pattern("reckoning", meaning).finditer(text))
