"""A table as a question reads it: the column that it asks about, the rows that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from geungeo.lang.documents.tables import is_of_numbers, plain_label
from geungeo.lang.folding import run_together
from geungeo.lang.rules import pattern
from geungeo.rag.question.wanted import COUNTED
from geungeo.rag.reckoning.columns import Column, columns
from geungeo.rag.reckoning.limits import DATE, Limit
from geungeo.rag.reckoning.operation import Operation
from geungeo.rag.reckoning.table import Table
from geungeo.rag.reckoning.words import Held, Words

# What the label of a column is at least to a question, as a share of its words or as a cosine.
_NEAR = 0.12
# The cosine of a label with a question that means it in other words.
_MEANT = 0.2
_PERSONS = frozenset(("person",))
# Rows whose cells count as the question's: the two of a difference.
_LOOKED_AT = 2


@dataclass(frozen=True)
class Reading:
    """``column`` is None where rows are only counted, ``names`` the label under which they have
    their names, and ``rows`` are the numbers of those that are meant.

    ``fit`` is the share of the question's words, from 0 to 1, that the table has. ``is_only``
    where no other column has what is measured.
    """

    table: Table
    asked: Operation
    words: Words
    column: Column | None
    names: str
    rows: tuple[int, ...]
    fit: float
    is_only: bool

    @property
    def has_part(self) -> bool:
        """Whether it has the part of a year that the question asks about, where it does."""
        parts = pattern("limits", "part of a year").findall(self.words.question.text)
        cells = (cell for i in self.rows for cell in self.table.rows[i].cells.values())
        there = run_together(" ".join((_above(self.table), *cells)))
        return all(run_together(part) in there for part in parts)

    @classmethod
    def of(cls, table: Table, asked: Operation, words: Words) -> Reading | None:
        """None where the table has no column that is asked about, or no names."""
        names = next((label for label in table.labels if not is_of_numbers(label)), "")
        known = [
            one for one in columns(table) if one.label != names and not is_of_numbers(one.label)
        ]
        fitting = _fitting(known, asked, words)
        column = None if asked.kind == "count" else _asked_about(fitting, known, asked, words)
        if column and _is_unread(table, column, known, names, words):
            return None
        if not names or (column is None and asked.kind != "count"):
            return None
        rows = [
            i
            for i, row in enumerate(table.rows)
            if not row.is_total and (column is None or i in column.values)
        ]
        for limit in asked.limits:
            within = _within(limit, rows, known, words)
            if within is None:
                return None
            rows = within
        above = words.held(_above(table))
        if asked.kind == "difference":
            rows = [i for i in rows if words.has_name(table.rows[i].cells.get(names, ""))]
        else:
            rows = _named(table, rows, names, known, words)
        cells = (cell for i in rows[:_LOOKED_AT] for cell in table.rows[i].cells.values())
        fit = words.share(above | words.held(" ".join(cells)))
        is_only = len(fitting) == 1 < len(known) and _has_measure(asked, words)
        return cls(table, asked, words, column, names, tuple(rows), fit, is_only)

    @property
    def is_called(self) -> bool:
        """Whether the question has words of the label of the column, names both rows of a
        difference, or measures what no other column does."""
        if self.column is None:
            return False
        if self.is_only or self.asked.kind == "difference":
            return True
        return bool(self.words.held(_called(self.column, self.asked)))

    @property
    def is_meant(self) -> bool:
        """Whether the question means the label of the column in other words."""
        if self.column is None:
            return False
        return self.words.nearness([plain_label(self.column.label)])[0] >= _MEANT

    @property
    def counts_names(self) -> bool:
        """Whether what the question counts is what the rows are names of."""
        subject = self.words.question.subject.casefold()
        terms = self.words.question.query.terms
        held = self.words.held(f"{self.names} {self.table.rows[0].passage.title}")
        return any(terms[i].word.casefold() in subject for i in held)

    @property
    def values(self) -> dict[int, Decimal]:
        """The values that are asked about, by the numbers of their rows."""
        return {i: self.column.values[i] for i in self.rows} if self.column else {}

    def name(self, row: int) -> str:
        return self.table.rows[row].cells.get(self.names, "")


def _above(table: Table) -> str:
    """The labels of a table and what stands above it."""
    first = table.rows[0].passage
    return " ".join((first.title, first.document, first.section, *table.labels))


def _fitting(known: Sequence[Column], asked: Operation, words: Words) -> list[Column]:
    """The columns that have what is measured, or the unit that is asked for."""
    fitting = [one for one in known if one.measures(asked.measure)]
    wanted = words.question.wanted
    if asked.measure or not _has_measure(asked, words):
        return fitting
    of_unit = [one for one in fitting if any(map(one.is_of_unit, wanted.units))]
    # A unit that only counts may be left out of any column.
    surely = wanted.units - COUNTED | wanted.units & _PERSONS
    measured = [one for one in of_unit if one.units & surely]
    return measured or of_unit or fitting


def _has_measure(asked: Operation, words: Words) -> bool:
    """Whether a question tells what is measured: money, a length, so many persons."""
    wanted = words.question.wanted
    is_number = wanted.kind == "quantity" and bool(wanted.units)
    return bool(asked.measure) or (is_number and not asked.is_extreme)


def _asked_about(
    fitting: Sequence[Column], known: Sequence[Column], asked: Operation, words: Words
) -> Column | None:
    """The column that a question calls by its label, by the words and by what they mean, or the
    only one that has what is measured."""
    if len(fitting) == 1 < len(known) and _has_measure(asked, words):
        return fitting[0]
    best, worth = _nearest(fitting, [_called(one, asked) for one in fitting], words)
    return best if worth >= _NEAR else None


def _is_unread(
    table: Table, column: Column, known: Sequence[Column], names: str, words: Words
) -> bool:
    """Whether the question rather calls a column of which the numbers are no values."""
    aside = {names, *(one.label for one in known)}
    own = words.likeness(plain_label(column.label))
    return any(
        words.likeness(plain_label(label)) > own
        for label in table.labels
        if label not in aside
        and any(any(map(str.isdigit, row.cells.get(label, ""))) for row in table.rows)
    )


def _called(column: Column, asked: Operation) -> str:
    """What a question may call a column by: its label, and where a number is asked for the unit
    of its cells."""
    unit = "" if asked.is_extreme else column.form.replace("{}", " ")
    return f"{plain_label(column.label)} {unit}"


def _nearest(
    known: Sequence[Column], called: Sequence[str], words: Words
) -> tuple[Column | None, float]:
    """The column of which the label is nearest to the question, and how near it is."""
    near = words.nearness([plain_label(one.label) for one in known])
    found = [
        (words.likeness(text), cosine, one)
        for one, text, cosine in zip(known, called, near, strict=True)
    ]
    if not found:
        return None, 0.0
    share, cosine, best = max(found, key=lambda one: one[0] + one[1])
    return best, max(share, cosine)


def _within(
    limit: Limit, rows: Sequence[int], known: Sequence[Column], words: Words
) -> list[int] | None:
    """The rows that a limit lets through; None where no column is of its unit."""
    if limit.unit == DATE:
        fitting = [one for one in known if one.is_of_dates]
    else:
        of_unit = [one for one in known if one.is_of_unit(limit.unit)]
        fitting = [one for one in of_unit if one.unit == limit.unit] or of_unit
    column, _ = _nearest(fitting, [plain_label(one.label) for one in fitting], words)
    if column is None:
        return None
    values = column.values
    return [i for i in rows if i in values and limit.lets_through(values[i] * column.worth)]


def _named(
    table: Table, rows: Sequence[int], names: str, known: Sequence[Column], words: Words
) -> list[int]:
    """The rows with one of the cells that the question names, in every column of which it names
    any, and then those whose cells of text have all else that it names; all where it names none.
    A row's own name is one only as the question writes it."""
    measured = {one.label for one in known if one.unit}
    values = {one.label for one in known if not one.is_of_dates}
    texts = [label for label in table.labels if label not in values]
    labels = run_together(" ".join(table.labels))
    for label in (one for one in table.labels if one not in measured):
        of_row = {i: table.rows[i].cells.get(label, "") for i in rows}
        said = {
            one
            for one in of_row.values()
            if words.has_name(one) and run_together(one) not in labels
        }
        rows = [i for i in rows if of_row[i] in said] if said else rows
    first = table.rows[0].passage
    above = words.held(f"{first.title} {first.document} {first.section}", as_="written")
    above |= words.held(" ".join(table.labels))
    # Between languages a name is never as it is written.
    as_: Held = "written" if first.language == words.question.written_in else "form"
    held = {}
    for i in rows:
        cells = table.rows[i].cells
        beside = " ".join(cells.get(label, "") for label in texts if label != names)
        own_name = words.held(cells.get(names, ""), as_="written")
        held[i] = (own_name | words.held(beside, as_=as_)) - above
    named = frozenset[int]().union(*held.values())
    return [i for i in rows if named <= held[i]]
