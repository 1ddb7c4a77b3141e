"""Excel workbooks (XLSX), by openpyxl: what is visible, as it is shown."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.office.number_format import displayed, displayed_date
from geungeo.ingest.formats.packaged.package import (
    Package,
    attribute,
    children,
    descendants,
    relation_id,
)
from geungeo.ingest.formats.packaged.sheets import SheetCell, sheet_blocks
from geungeo.ingest.formats.result import LoadError, Read, counted
from geungeo.lang.documents.marks import is_item
from geungeo.lang.documents.styles import SHEET_NAMES

_DEFAULT_NAME = re.compile(rf"(?i)(?:{'|'.join(SHEET_NAMES)})\s?\d+$")
# Formats that Excel keeps by number alone in Korean, Chinese and Japanese.
_EASTERN_DATES = frozenset((*range(27, 32), 36, *range(50, 55), 57, 58))
# A formula whose value was never computed.
_WITHOUT_VALUE = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def read_xlsx(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a workbook that is broken."""
    package = Package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of extensions and styles, which are not read.
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        raise LoadError(
            f"the workbook cannot be opened ({error}); open it in Excel and save it anew"
        ) from error
    notes: list[str] = []
    parts = _sheet_parts(package)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in book.worksheets:
        if sheet not in visible:
            notes.append(f"hidden sheet left out: {sheet.title}")
    for sheet in book.chartsheets:
        notes.append(f"sheet with a chart alone left out: {sheet.title}")
    blocks: list[Block] = []
    for sheet in visible:
        found = sheet_blocks(_cells(sheet, book.epoch, notes))
        found.extend(_drawn(package, parts.get(sheet.title, ""), sheet.title, notes))
        if found and (len(visible) > 1 or not _DEFAULT_NAME.match(sheet.title)):
            blocks.append(Block("heading", " ".join(sheet.title.split()), level=1))
        blocks.extend(found)
        unknown = len(_WITHOUT_VALUE.findall(package.part(parts.get(sheet.title, "")) or b""))
        if unknown:
            notes.append(
                f"{sheet.title}: {counted(unknown, 'formula')} without a value left out; "
                "save the workbook in Excel"
            )
    return Read(
        tuple(blocks), given=package.given(), loader=f"openpyxl {openpyxl.__version__}",
        notes=tuple(notes),
    )  # fmt: skip


def _cells(sheet: Any, epoch: Any, notes: list[str]) -> Iterator[SheetCell]:
    """The visible cells with their text, in the places that are left without hidden ones."""
    # Only cells that the file holds: a sheet may claim a million empty rows.
    held = [cell for cell in sheet._cells.values() if cell.value is not None]
    joined = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
    end = (max((c.row for c in held), default=0), max((c.column for c in held), default=0))
    covered = {place for box in joined.values() for place in _places(box, end)} - joined.keys()
    rows, columns = _hidden(sheet)
    headers = _header_rows(sheet)
    named: dict[str, set[int]] = {"row": set(), "column": set()}
    comments = 0
    for cell in held:
        comments += getattr(cell, "comment", None) is not None
        place = (cell.row, cell.column)
        if place in covered:
            continue
        box = joined.get(place)
        above, before = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        last = (box.max_row, box.max_col) if box else place
        seen_rows = last[0] - cell.row + 1 - (bisect_right(rows, last[0]) - above)
        seen_columns = last[1] - cell.column + 1 - (bisect_right(columns, last[1]) - before)
        if not seen_rows or not seen_columns:
            kind, index = ("row", cell.row) if not seen_rows else ("column", cell.column)
            named[kind].add(index)
            continue
        yield SheetCell(
            _shown(cell, epoch),
            cell.row - above,
            cell.column - before,
            seen_rows,
            seen_columns,
            cell.row in headers,
            isinstance(cell.value, (int, float, dt.date, dt.time)) and cell.row not in headers,
        )
    for kind, left_out in named.items():
        if left_out:
            notes.append(f"{sheet.title}: {counted(len(left_out), f'hidden {kind}')} left out")
    if comments:
        notes.append(f"{sheet.title}: {counted(comments, 'cell comment')} left out")


def _places(box: Any, end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for row in range(box.min_row, min(box.max_row, end[0]) + 1):
        for column in range(box.min_col, min(box.max_col, end[1]) + 1):
            yield row, column


def _hidden(sheet: Any) -> tuple[list[int], list[int]]:
    """The numbers of hidden rows and columns in order."""
    rows = sorted(n for n, row in sheet.row_dimensions.items() if row.hidden)
    columns: set[int] = set()
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            columns.update(range(first, (column.max or first) + 1))
    return rows, sorted(columns)


def _header_rows(sheet: Any) -> frozenset[int]:
    """The rows that the sheet itself names as headers: of a table, above a filter's arrows."""
    found: set[int] = set()
    for table in sheet.tables.values():
        if table.headerRowCount != 0:
            found.add(range_boundaries(table.ref)[1])
    if sheet.auto_filter.ref:
        found.add(range_boundaries(sheet.auto_filter.ref)[1])
    return frozenset(found)


def _shown(cell: Any, epoch: Any) -> str:
    value = cell.value
    code = str(cell.number_format or "General")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        return displayed_date(value, code)
    if isinstance(value, (int, float)):
        if cell._style.numFmtId in _EASTERN_DATES:
            try:
                return displayed_date(from_excel(value, epoch), "yyyy-mm-dd")
            except (ValueError, OverflowError):
                return displayed(value, "General")
        return displayed(value, code)
    if cell.data_type == "e":
        return ""
    return " ".join(str(value).split())


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part of every sheet by its name."""
    main = next(iter(package.related("", "officeDocument")), "xl/workbook.xml")
    relations = package.relations(main)
    found = {}
    for sheet in descendants(package.xml(main), "sheet"):
        relation = relations.get(relation_id(sheet))
        if relation:
            found[attribute(sheet, "name")] = relation.target
    return found


def _drawn(package: Package, part: str, title: str, notes: list[str]) -> list[Block]:
    """The text boxes over a sheet. Charts show what its cells hold, and are named."""
    blocks: list[Block] = []
    charts = pictures = 0
    for drawing in package.related(part, "drawing") if part else ():
        root = package.xml(drawing)
        charts += sum(1 for _ in descendants(root, "chart"))
        pictures += sum(1 for _ in descendants(root, "pic"))
        for body in descendants(root, "txBody"):
            for paragraph in children(body, "p"):
                text = " ".join("".join(t.text or "" for t in descendants(paragraph, "t")).split())
                if text:
                    blocks.append(Block("item" if is_item(text) else "paragraph", text))
    if charts:
        notes.append(f"{title}: {counted(charts, 'chart')} left out, the values are in cells")
    if pictures:
        notes.append(f"{title}: {counted(pictures, 'picture')} left out")
    return blocks
