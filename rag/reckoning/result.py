"""The result that a table gives, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from geungeo.lang.documents.tables import plain_label, unit_of
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.reckoning.columns import Column
from geungeo.rag.reckoning.reading import Reading

_FEWEST = _PAIR = 2


@dataclass(frozen=True)
class Result:
    """``line`` says it in the reader's language; ``rows`` are the numbers of the rows that it is
    reckoned from."""

    line: str
    rows: tuple[int, ...]


def result(reading: Reading) -> Result | None:
    """None where the rows are too few for what is asked."""
    column, rows = reading.column, reading.rows
    say = LANGUAGES[reading.words.question.language].reckoned
    if column is None:
        return Result(say.count.format(n=len(rows)), rows) if rows else None
    if reading.asked.kind == "difference":
        return _difference(reading, column)
    if len(rows) < _FEWEST:
        return None
    if reading.asked.is_extreme:
        return _extreme(reading, column)
    values = reading.values
    total = sum(values.values(), Decimal())
    is_sum = reading.asked.kind == "sum"
    value = total if is_sum else total / len(values)
    form = say.sum if is_sum else say.mean
    written = column.written(value, reading.words.question.language)
    return Result(form.format(label=plain_label(column.label), value=written, n=len(values)), rows)


def _extreme(reading: Reading, column: Column) -> Result:
    """The row of the greatest or the least value; of several where so many are asked for, or
    where they are equal."""
    values, is_greatest = reading.values, reading.asked.kind == "greatest"
    count = min(reading.asked.count, len(values))
    order = sorted(values, key=lambda i: values[i], reverse=is_greatest)
    last = values[order[count - 1]]
    best = [i for i in order if (values[i] >= last if is_greatest else values[i] <= last)]
    say = LANGUAGES[reading.words.question.language].reckoned
    dated, other = (say.latest, say.greatest) if is_greatest else (say.earliest, say.least)
    form = dated if column.is_of_dates else other
    unit = unit_of(column.label)
    cells = [f"{reading.table.rows[i].cells[column.label]}{unit}" for i in best]
    line = form.format(label=plain_label(column.label), value=_each(cells), n=len(values))
    return Result(f"{_each([reading.name(i) for i in best])}: {line}", tuple(best))


def _difference(reading: Reading, column: Column) -> Result | None:
    """Between the two rows that the question names."""
    if len(reading.rows) != _PAIR:
        return None
    one, other = reading.values.values()
    language = reading.words.question.language
    value = column.written(abs(one - other), language)
    form = LANGUAGES[language].reckoned.difference
    return Result(form.format(label=plain_label(column.label), value=value), reading.rows)


def _each(texts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(texts))
