"""Tables of HTML: their cells in their places, and which tables only lay out a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4.element import Tag

_MOST_COLUMNS = 100
# Where joined cells cover more places than this beside their own, they are taken for single ones.
_MOST_PLACES = 50_000
_LONG_CELL = 300
_PARAGRAPHS = "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote article section".split()


@dataclass(frozen=True)
class Place:
    """A cell's element and the places that it covers, rows and columns from 0."""

    element: Tag
    row: int
    column: int
    rows: int
    columns: int
    is_header: bool


def rows_of(table: Tag) -> list[list[Tag]]:
    """The cells of each row of a table, not of tables within; those of its foot come last,
    wherever it is written."""
    body: list[list[Tag]] = []
    foot: list[list[Tag]] = []
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        cells = [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
        if cells:
            (foot if _is_of_foot(row) else body).append(cells)
    return body + foot


def _is_of_foot(row: Tag) -> bool:
    group = row.find_parent(["tfoot", "table"])
    return group is not None and group.name == "tfoot"


def places_of(table: Tag) -> list[Place]:
    """The cells of a table by HTML's own algorithm for joined cells.

    Spec: HTML, "Forming a table". A span that reaches over the table's end stops there.
    """
    rows = rows_of(table)
    more = sum(
        across * down - 1
        for number, cells in enumerate(rows)
        for across, down in (_spans(cell, len(rows) - number) for cell in cells)
    )
    return list(_placed(rows, joined=more <= _MOST_PLACES))


def _placed(rows: list[list[Tag]], joined: bool) -> Iterator[Place]:
    taken: set[tuple[int, int]] = set()
    for number, cells in enumerate(rows):
        column = 0
        head = cells[0].find_parent(["thead", "table"])
        is_head = head is not None and head.name == "thead"
        for cell in cells:
            while (number, column) in taken:
                column += 1
            across, down = _spans(cell, len(rows) - number) if joined else (1, 1)
            yield Place(cell, number, column, down, across, is_head or cell.name == "th")
            taken.update(
                (r, c)
                for r in range(number + 1, number + down)
                for c in range(column, column + across)
            )
            column += across


def _spans(cell: Tag, left: int) -> tuple[int, int]:
    """Over how many columns and rows a cell reaches; ``left`` rows are there."""
    across = min(max(_span(cell, "colspan"), 1), _MOST_COLUMNS)
    return across, min(_span(cell, "rowspan") or left, left)


def _span(cell: Tag, name: str) -> int:
    """1 where the attribute says nothing; 0 asks for all that is left."""
    said = str(cell.get(name) or "1").strip()
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def is_frame(table: Tag, rows: list[list[Tag]]) -> bool:
    """Whether a table lays out a page: one column, a table within, or a cell with most of the
    text in paragraphs of its own."""
    if table.get("role") in ("presentation", "none") or table.find("table"):
        return True
    if all(len(cells) == 1 for cells in rows):
        return True
    if any(cell.name == "th" for cells in rows for cell in cells):
        return False
    lengths = {id(cell): len(cell.get_text(strip=True)) for cells in rows for cell in cells}
    whole = sum(lengths.values())
    return any(
        lengths[id(cell)] > max(_LONG_CELL, whole / 2) and len(cell.find_all(_PARAGRAPHS)) > 1
        for cells in rows
        for cell in cells
    )


def is_prose(text: str, parts: int) -> bool:
    """Whether a cell of so many blocks is read as a text, as the body of a notice is."""
    return parts > 1 and len(text) > _LONG_CELL
