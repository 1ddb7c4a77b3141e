"""The columns of a table whose cells can be compared and added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from geungeo.lang.detect import Language
from geungeo.lang.documents.tables import plain_label, unit_of
from geungeo.lang.folding import fold
from geungeo.lang.rules import pattern
from geungeo.lang.values.facts import Quantity, facts, same_unit
from geungeo.lang.values.written import in_scales, written_number
from geungeo.rag.question.wanted import CLOCK
from geungeo.rag.reckoning.operation import UNITS, UNITS_OF_LABELS, Measure
from geungeo.rag.reckoning.table import Table

# The share of the cells that have a value in a column of values.
_MOSTLY = 0.6
_FEWEST = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PLAIN = re.compile(
    r"(?P<sign>[△▲▽−-])?\s?(?P<before>[$€£₩¥])?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<after>\D{0,14})"
)
_SHOWN = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """``values`` by the number of their row in the table; a date is one as eight digits, a time
    of day one of minutes. ``unit`` is that of all of them where it is known, and ``form``, with a
    place for the number, how its cells are written where all are alike; ``worth`` is what a one in
    a cell is: 10000 in 만원."""

    label: str
    values: Mapping[int, Decimal]
    unit: str = ""
    form: str = ""
    is_of_dates: bool = False
    worth: Decimal = Decimal(1)

    @property
    def called(self) -> str:
        """Its label, without a unit that stands behind its values."""
        return plain_label(self.label) if unit_of(self.label) else self.label

    @cached_property
    def units(self) -> frozenset[str]:
        """The unit of its values, or those that they may have by what their label means; none
        where nothing tells."""
        if self.unit or self.is_of_dates:
            return frozenset((self.unit,) if self.unit else ())
        return _units_of(self.label)

    def measures(self, measure: Measure) -> bool:
        """Whether it has values of what is measured."""
        if self.is_of_dates or measure == "date":
            return self.is_of_dates and measure == "date"
        return not measure or bool(self.units & UNITS[measure])

    def is_of_unit(self, unit: str) -> bool:
        """Whether its values may be of a unit."""
        known = self.units or {""}
        return not self.is_of_dates and any(same_unit(own, unit) for own in known)

    def as_shown(self, cell: str) -> str:
        """One of its cells, with the unit that is not written in it."""
        unit = self.form.rpartition("}")[2]
        return f"{cell}{unit}" if cell[-1:].isdigit() else cell

    def written(self, value: Decimal, language: Language) -> str:
        """A value as the cells write theirs, or else as a language does."""
        if self.form:
            return self.form.format(written_number(value.quantize(_SHOWN)))
        return in_scales(Quantity(value, self.unit, ""), language) or written_number(
            value.quantize(_SHOWN)
        )


def columns(table: Table) -> list[Column]:
    """The columns of a table that hold values, in their order."""
    return [column for label in table.labels if (column := _column(table, label))]


def _column(table: Table, label: str) -> Column | None:
    """The values under a label; None where a cell with a number gives none, since nothing that
    is reckoned from the others would be right."""
    cells = {
        number: row.cells[label]
        for number, row in enumerate(table.rows)
        if label in row.cells and not row.is_total
    }
    numbered = {number for number, cell in cells.items() if any(map(str.isdigit, cell))}
    if len(numbered) < max(_FEWEST, _MOSTLY * len(cells)):
        return None
    plain = _plain(label, cells, unit_of(label) or _unit_above(table, label))
    for found in (_dates(label, cells), plain, _quantities(label, cells)):
        if found and found.values.keys() >= numbered:
            return found
    return None


def _dates(label: str, cells: Mapping[int, str]) -> Column | None:
    """Cells with one date or one time of day each; bare numbers where all of them may be years."""
    bare = [int(match["number"]) for _, match in _matched(cells) if _is_bare(match)]
    are_years = len(bare) == len(cells) and all(_FIRST_YEAR <= one <= _LAST_YEAR for one in bare)
    values = {}
    for number, cell in cells.items():
        found = facts(f"{cell}-01-01" if are_years else cell)
        if len(found.dates) == 1 and (year := found.dates[0].year):
            month, day = found.dates[0].month or 0, found.dates[0].day or 0
            values[number] = Decimal(year * 10_000 + month * 100 + day)
        elif len(found.quantities) == 1 and found.quantities[0].unit in CLOCK:
            values[number] = found.quantities[0].value
    return Column(label, MappingProxyType(values), is_of_dates=True)


def _is_bare(match: re.Match[str]) -> bool:
    return match[0].isdecimal()


def _unit_above(table: Table, label: str) -> str:
    """The unit of a whole table, where the label of a column does not mean something else."""
    units, meant = {one.unit for one in facts(f"1{table.unit}").quantities}, _units_of(label)
    return table.unit if not meant or units & meant else ""


def _units_of(label: str) -> frozenset[str]:
    """The units that numbers may have by what their label means."""
    return frozenset[str]().union(
        *(
            units
            for meaning, units in UNITS_OF_LABELS.items()
            if pattern("labels", meaning).search(label)
        )
    )


def _plain(label: str, cells: Mapping[int, str], unit: str) -> Column | None:
    """Cells that are one number each, with the same before and behind it in all; ``unit`` is theirs
    where they have none."""
    found = dict(_matched(cells))
    around = {(match["before"] or "", match["after"].rstrip()) for match in found.values()}
    if len(around) != 1:
        return None
    before, after = around.pop()
    unit = after.strip() or ("" if before else unit)
    values = {number: _value(match) for number, match in found.items()}
    known = next(iter(facts(f"{before}1{unit}").quantities), Quantity(Decimal(1), "", ""))
    form = f"{before}{{}}{after or unit}"
    return Column(label, MappingProxyType(values), known.unit, form, worth=known.value)


def _matched(cells: Mapping[int, str]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, cell in cells.items():
        if match := _PLAIN.fullmatch(cell):
            yield number, match


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["number"].replace(",", ""))
    return -value if match["sign"] else value


def _quantities(label: str, cells: Mapping[int, str]) -> Column | None:
    """Cells with one quantity each and nothing else, however it is written, all of one unit."""
    found = {number: _whole_quantity(cell) for number, cell in cells.items()}
    values = {number: own for number, own in found.items() if own}
    units = {one.unit for one in values.values()}
    if len(units) != 1:
        return None
    worth = {number: one.value for number, one in values.items()}
    return Column(label, MappingProxyType(worth), units.pop())


def _whole_quantity(cell: str) -> Quantity | None:
    known = facts(cell).quantities
    if len(known) != 1:
        return None
    rest = fold(cell).replace(known[0].text, "", 1)
    return None if any(map(str.isalnum, rest)) else known[0]
