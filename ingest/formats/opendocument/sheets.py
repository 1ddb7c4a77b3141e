"""Tables of OpenDocument files, and the sheets of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.opendocument.text import Speaker, Styles, plain_text
from geungeo.ingest.formats.packaged.package import Element, attribute, children, local, whole
from geungeo.ingest.formats.packaged.sheets import SheetCell, sheet_blocks
from geungeo.ingest.formats.result import counted
from geungeo.lang.documents.styles import SHEET_NAMES

_HIDDEN = ("collapse", "filter")
# A sheet's last row and cell are repeated to its edge.
_MOST_REPEATED = 1000
_NUMBERS = ("float", "percentage", "currency", "date", "time")


class Row(NamedTuple):
    element: Element
    is_header: bool
    times: int


def own_rows(table: Element, is_header: bool = False) -> list[Row]:
    """The rows of a table, also within groups, and how often each is repeated."""
    rows: list[Row] = []
    for element in table:
        name = local(element)
        if name == "table-row":
            rows.append(Row(element, is_header, _times(element, "number-rows-repeated")))
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            rows.extend(own_rows(element, is_header or name == "table-header-rows"))
    return rows


def table_cells(
    rows: Iterable[Row], text: Callable[[Element], str], hidden: frozenset[int] = frozenset()
) -> Iterator[SheetCell]:
    """The cells of rows in their places; ``hidden`` columns are left out. Empty cells and rows
    that are repeated only take room."""
    number = 0
    for row, is_header, times in rows:
        cells = list(_of_row(row, text, hidden))
        for turn in range(min(times, _MOST_REPEATED) if cells else 0):
            for cell in cells:
                yield SheetCell(
                    cell.text, number + turn, cell.column, cell.rows, cell.columns, is_header,
                    cell.is_number and not is_header,
                )  # fmt: skip
        number += times


def _of_row(
    row: Element, text: Callable[[Element], str], hidden: frozenset[int]
) -> Iterator[SheetCell]:
    column = place = 0
    for cell in children(row, "table-cell", "covered-table-cell"):
        times = _times(cell, "number-columns-repeated")
        said = text(cell) if local(cell) == "table-cell" and len(cell) else ""
        for _ in range(min(times, _MOST_REPEATED) if said else 0):
            width = min(_times(cell, "number-columns-spanned"), _MOST_REPEATED)
            seen = sum(n not in hidden for n in range(column, column + width)) if hidden else width
            if seen:
                is_number = attribute(cell, "value-type") in _NUMBERS
                rows = min(_times(cell, "number-rows-spanned"), _MOST_REPEATED)
                yield SheetCell(said, 0, place, rows, seen, False, is_number)
            place += column not in hidden
            column += 1
            times -= 1
        skipped = range(column, column + times)
        place += times - sum(n in hidden for n in skipped if n <= max(hidden, default=-1))
        column += times


def sheets(book: Element, styles: Styles, speaker: Speaker, notes: list[str]) -> list[Block]:
    """The visible sheets of a spreadsheet, each under its name."""
    blocks: list[Block] = []
    tables = list(children(book, "table"))

    def text(cell: Element) -> str:
        if attribute(cell, "value-type") == "date":
            return attribute(cell, "date-value").replace("T00:00:00", "").replace("T", " ")
        return plain_text(cell, speaker)

    for table in tables:
        name = attribute(table, "name")
        if styles.property("table", attribute(table, "style-name"), "display") == "false":
            notes.append(f"hidden sheet left out: {name}")
            continue
        every = own_rows(table)
        rows = [row for row in every if attribute(row.element, "visibility") not in _HIDDEN]
        columns = frozenset(_hidden_columns(table))
        left_out = sum(row.times for row in every) - sum(row.times for row in rows)
        if left_out:
            notes.append(f"{name}: {counted(left_out, 'hidden row')} left out")
        if columns:
            notes.append(f"{name}: {counted(len(columns), 'hidden column')} left out")
        charts = sum(1 for _ in table.iter() if local(_) == "object")
        if charts:
            notes.append(f"{name}: {counted(charts, 'chart')} left out, the values are in cells")
        found = sheet_blocks(table_cells(rows, text, columns))
        if found and (len(tables) > 1 or not _is_default(name)):
            blocks.append(Block("heading", name, level=1))
        blocks.extend(found)
    return blocks


def _hidden_columns(table: Element) -> Iterator[int]:
    number = 0
    waiting = list(table)[::-1]
    while waiting:
        element = waiting.pop()
        if local(element) in ("table-columns", "table-header-columns", "table-column-group"):
            waiting.extend(list(element)[::-1])
        elif local(element) == "table-column":
            times = _times(element, "number-columns-repeated")
            if attribute(element, "visibility") in _HIDDEN:
                yield from range(number, number + min(times, _MOST_REPEATED))
            number += times


def _is_default(name: str) -> bool:
    return name.rstrip("0123456789 ").casefold() in SHEET_NAMES


def _times(element: Element, name: str) -> int:
    return whole(attribute(element, name), 1, 1)
