"""A sheet of cells as the tables, titles and remarks that a person sees in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geungeo.ingest.blocks import Block
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.documents.tables import REMARK


@dataclass(frozen=True)
class SheetCell(Cell):
    """``is_number`` where the value is a number or a date, whatever it looks like."""

    is_number: bool = False


def sheet_blocks(cells: Iterable[SheetCell], page: int = 1) -> list[Block]:
    """The blocks of one sheet.

    Rows and columns without any text part tables. A row with a single text above a table is its
    caption, below it a remark. A part without a header of its own that has the columns of the
    table above goes on with it.
    """
    blocks: list[Block] = []
    tables: list[list[SheetCell]] = []
    for part in _parts([cell for cell in cells if cell.text]):
        captions, body, remarks = _parted(part)
        blocks.extend(Block("caption" if body else "paragraph", c.text, page) for c in captions)
        above = next((table for table in reversed(tables) if _goes_on(table, body)), None)
        if above and not captions:
            header = _top(above)
            shift = max(c.row + c.rows for c in header) - min(c.row for c in body)
            whole = [*header, *(replace(c, row=c.row + shift) for c in body)]
            blocks.extend(table_blocks(_compact(whole), page))
        else:
            blocks.extend(table_blocks(_compact(body), page))
            tables.append(body)
        blocks.extend(Block("paragraph", c.text, page) for c in remarks)
    return [Block(b.kind, " ".join(b.text.split()), b.page, b.level) for b in blocks]


def _parts(cells: Sequence[SheetCell]) -> Iterator[list[SheetCell]]:
    """Cells by the rows, then by the columns that are wholly empty between them; a single column
    beside a table stays with it."""
    for band in _separated(cells, by_row=True):
        columns = _separated(band, by_row=False)
        if len(columns) > 1 and all(len({c.column for c in part}) > 1 for part in columns):
            for part in columns:
                yield from _separated(part, by_row=True)
        else:
            yield band


def _separated(cells: Sequence[SheetCell], by_row: bool) -> list[list[SheetCell]]:
    parts: list[list[SheetCell]] = []
    end = -1
    for cell in sorted(cells, key=lambda c: c.row if by_row else c.column):
        start, size = (cell.row, cell.rows) if by_row else (cell.column, cell.columns)
        if not parts or start > end:
            parts.append([])
        parts[-1].append(cell)
        end = max(end, start + size)
    return parts


def _parted(
    part: Sequence[SheetCell],
) -> tuple[list[SheetCell], list[SheetCell], list[SheetCell]]:
    """Captions at the top, the table, remarks at the bottom."""
    rows: dict[int, list[SheetCell]] = {}
    for cell in part:
        rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    covered = {row for c in part for row in range(c.row + 1, c.row + c.rows)}
    captions = []
    while order and _is_alone(rows[order[0]]) and order[0] + 1 not in covered:
        captions.extend(rows[order.pop(0)])
    remarks: list[SheetCell] = []
    while order and _is_alone(rows[order[-1]]) and order[-1] not in covered:
        last = rows[order[-1]][0]
        if not (REMARK.match(last.text) or last.columns > 1):
            break
        remarks[:0] = rows[order.pop()]
    return captions, [c for row in order for c in rows[row]], remarks


def _is_alone(row: Sequence[SheetCell]) -> bool:
    return len(row) == 1 and not row[0].is_number


def _goes_on(above: Sequence[SheetCell], below: Sequence[SheetCell]) -> bool:
    """Whether a part has numbers in its first row where the last row above has them too."""
    if not above or not below:
        return False
    last = _row(above, max(c.row for c in above))
    first = _row(below, min(c.row for c in below))
    return any(last.values()) and last == first and len(_top(above)) > 1


def _row(cells: Sequence[SheetCell], row: int) -> dict[int, bool]:
    return {c.column: c.is_number for c in cells if c.row <= row < c.row + c.rows}


def _top(cells: Sequence[SheetCell]) -> list[SheetCell]:
    """The rows above the first that has a number."""
    numbers = [c.row for c in cells if c.is_number]
    return [c for c in cells if c.row < min(numbers, default=0)]


def _compact(cells: Sequence[SheetCell]) -> Iterator[SheetCell]:
    """The same table without rows and columns in which nothing begins: those of a sheet may lie
    thousands apart."""
    rows = sorted({c.row for c in cells})
    columns = sorted({c.column for c in cells})
    for cell in cells:
        top, left = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        yield replace(
            cell,
            row=top,
            column=left,
            rows=bisect_left(rows, cell.row + cell.rows) - top,
            columns=bisect_left(columns, cell.column + cell.columns) - left,
        )
