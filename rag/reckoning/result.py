"""The result that a table gives, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from geungeo.lang.languages import LANGUAGES
from geungeo.rag.reckoning.columns import Column
from geungeo.rag.reckoning.reading import Reading

_FEWEST = _PAIR = 2
# Rows that are shown where all of them count.
_FEW = 8


@dataclass(frozen=True)
class Result:
    """``line`` says it in the reader's language. By their numbers ``rows`` are those that it is
    reckoned from, and ``telling`` those that are worth a look."""

    line: str
    rows: tuple[int, ...]
    telling: tuple[int, ...]


def result(reading: Reading) -> Result | None:
    """None where the rows are too few for what is asked."""
    column, rows = reading.column, reading.rows
    say = LANGUAGES[reading.words.question.language].reckoned
    if column is None:
        return _of_all(say.count.format(n=len(rows)), rows) if rows else None
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
    line = form.format(label=column.called, value=written, n=len(values))
    return _of_all(line, rows)


def _of_all(line: str, rows: tuple[int, ...]) -> Result:
    return Result(line, rows, rows if len(rows) <= _FEW else ())


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
    cells = [column.as_shown(reading.table.rows[i].cells[column.label]) for i in best]
    line = form.format(label=column.called, value=_each(cells), n=len(values))
    said = f"{_each([reading.name(i) for i in best])}: {line}"
    return Result(said, reading.rows, tuple(best))


def _difference(reading: Reading, column: Column) -> Result | None:
    """Between the two rows that the question names."""
    if len(reading.rows) != _PAIR:
        return None
    one, other = reading.values.values()
    language = reading.words.question.language
    value = column.written(abs(one - other), language)
    form = LANGUAGES[language].reckoned.difference
    line = form.format(label=column.called, value=value)
    return _of_all(line, reading.rows)


def _each(texts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(texts))
