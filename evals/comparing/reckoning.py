"""What can be reckoned from the rows of a table that is quoted: a sum, a mean, a difference, a
count, the greatest and the least."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from geungeo.evals.comparing.values import Quantity, values

_CELL = re.compile(r"(?<=\|)\s*([^|:：]{1,60}?)[:：]\s([^|]+?)\s*(?=\|)")
_UNIT = re.compile(r"[(（]([^()（）]{1,12})[)）]")
_NUMBER = re.compile(r"[\d,.]+")
_YEAR = re.compile(r"\d{4}")
_CENT = Decimal("0.01")
_FEWEST = 2


def reckoned(sentence: str, quote: str) -> bool:
    """Whether a sentence gives a number that is reckoned from the cells of one column of a quoted
    table, which it names, beside no number but how many rows there are."""
    columns = _columns(quote)
    # What the rows are called may be a number too: a year.
    years = [one for one in next(iter(columns.values()), []) if _YEAR.fullmatch(one)]
    rest = _without(_without(sentence, columns), years)
    given = [one for one in values(rest).found if isinstance(one, Quantity)]
    named = [label for label in columns if _plain(label) in _plain(sentence)]
    rows = max((len(cells) for cells in columns.values()), default=0)
    if not given or rows < _FEWEST:
        return False
    if not named:
        return all(one.value == rows for one in given)
    results = ([*_results(columns[one]), *_results(_bare(columns[one]))] for one in named)
    return any(all(one.value == rows or _is_near(one, found) for one in given) for found in results)


def _columns(quote: str) -> dict[str, list[str]]:
    """The cells of each column, with the unit that its label has in parentheses."""
    columns: dict[str, list[str]] = {}
    for label, cell in _CELL.findall(quote):
        unit = "".join(_UNIT.findall(label)[-1:])
        own = columns.setdefault(_UNIT.sub("", label).strip(), [])
        own.append(f"{cell}{unit}" if cell[-1:].isdigit() else cell)
    return columns


def _bare(cells: list[str]) -> list[str]:
    """The numbers alone, as a sentence gives them that has the unit with the label."""
    return [number[0] for cell in cells if (number := _NUMBER.match(cell))]


def _without(sentence: str, labels: Iterable[str]) -> str:
    """A sentence without labels, some of which have numbers."""
    for label in sorted(labels, key=len, reverse=True):
        sentence = sentence.replace(label, " ")
    return sentence


def _results(cells: list[str]) -> Iterator[Quantity]:
    read = (values(cell).found for cell in cells)
    own = [[one for one in found if isinstance(one, Quantity)][:1] for found in read]
    numbers = [one for found in own for one in found]
    if len(numbers) < _FEWEST:
        return
    unit = numbers[0].unit
    total = sum((one.value for one in numbers), Decimal())
    yield Quantity(total, unit)
    yield Quantity(total / len(numbers), unit)
    yield max(numbers, key=lambda one: one.value)
    yield min(numbers, key=lambda one: one.value)
    for one, other in combinations(numbers, _FEWEST):
        yield Quantity(abs(one.value - other.value), unit)


def _is_near(claimed: Quantity, found: list[Quantity]) -> bool:
    return any(
        claimed.value.quantize(_CENT) == one.value.quantize(_CENT)
        and (not claimed.unit or not one.unit or claimed.unit == one.unit)
        for one in found
    )


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
