"""Tables as rows that can be read alone: every cell with the label of its column.

A row is stored as ``| label: value | label: value |``. Cells that are joined repeat their text
in every place that they cover; header rows of two levels give one label ("2031년 하반기"); a
table of labels and values has its labels before its values. Cells are parted by a bar between
spaces; a bar within a cell has none around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from geungeo.ingest.blocks import Block, Kind
from geungeo.ingest.tables.grid import Cell, Grid, flat
from geungeo.ingest.tables.header import (
    VALUE,
    are_pairs_in_a_group,
    header_rows,
    is_label,
    is_of_group,
    is_paired,
    labels_of,
    over_labels,
    title_of,
)
from geungeo.lang.documents.tables import OPENS_LINE
from geungeo.lang.ends import ends_sentence

_ARROW = re.compile(r"[→⇒➔➜➡▶►▷↓⇨]+")


def table_blocks(cells: Iterable[Cell], page: int = 1) -> list[Block]:
    """The rows of a table as blocks, from its cells in any order.

    A table of one column is no table but a frame: its cells are paragraphs, each line of a cell
    one. A first row that is one cell names the table, as does one of few cells over a row of
    labels, and any other that holds sentences or several lines is paragraphs between the rows.
    """
    known = list(cells)
    blocks: list[Block] = []
    while (title := title_of(known)) is not None:
        lines = _lines(title.text)
        kind: Kind = "caption" if len(lines) == 1 and is_label(lines[0]) else "paragraph"
        blocks.extend(Block(kind, line, page) for line in lines)
        known = [cell for cell in known if cell.row > title.row]
    if over := over_labels(known):
        blocks.append(Block("caption", " · ".join(flat(cell.text) for cell in over), page))
        known = [cell for cell in known if cell.row > over[0].row]
    table = Grid.of(known)
    if not table.texts:
        return blocks
    if table.width == 1:
        for number, cell in enumerate(table.raw):
            own = table.pages[number] or page
            blocks.extend(Block("paragraph", line, own) for line in _lines(cell))
        return blocks
    for number, text in _written(table):
        own = table.pages[number] or page
        lines = _lines(table.raw[number]) if len(table.starts[number]) == 1 else []
        if len(lines) > 1 or (lines and not is_label(lines[0])):
            blocks.extend(Block("paragraph", line, own) for line in lines)
        elif text:
            blocks.append(Block("row", text, own))
    return blocks


def _written(table: Grid) -> Iterator[tuple[int, str]]:
    """Each row below the header with its number; the labels alone where there is none."""
    depth = table.said or header_rows(table)
    return _below(table, depth) if depth else _without_header(table)


def _below(table: Grid, depth: int) -> Iterator[tuple[int, str]]:
    """The rows below a header of so many rows, each cell with its label; an empty first cell
    before others of its group stands for the one above it."""
    group = ""
    labels = labels_of(table.texts[:depth])
    header = table.texts[:depth]
    used = {c for n in range(depth, len(table.texts)) for c in table.starts[n] if table.texts[n][c]}
    if used and any(label and c not in used for c, label in enumerate(labels)):
        yield 0, _row(labels)  # A label over nothing would be lost.
    for number in range(depth, len(table.texts)):
        row = table.texts[number]
        if row in header:
            continue  # The header again, on the next page.
        starts = table.starts[number]
        if len(starts) == 1 and table.width > 1:
            yield number, _row([row[0]])
        else:
            group = row[0] or (group if is_of_group(row) else "")
            own = (group, *row[1:])
            yield number, _row([_cell(labels[c], own[c]) for c in starts])
    if depth == len(table.texts):
        yield depth - 1, _row(labels)


def _without_header(table: Grid) -> Iterator[tuple[int, str]]:
    """Rows whose cells are labels and values in turn, or nothing but cells."""
    paired = is_paired(table)
    for number, row in enumerate(table.texts):
        own = [row[c] for c in table.starts[number]]
        if paired and len(own) % 2 == 0:
            yield number, _row(_pairs(own))
        elif len(own) % 2 and len(own) > 2 and are_pairs_in_a_group(table, number):
            yield number, _row([own[0], *_pairs(own[1:])])
        elif len(own) > 1 and own[0] and is_label(own[0]) and not VALUE.match(own[0]):
            yield number, _row([_cell(own[0], own[1]) or own[0], *own[2:]])
        else:
            yield number, _row(own)


def _pairs(cells: Sequence[str]) -> list[str]:
    """Labels with their values; of an empty form the labels alone."""
    return [_cell(a, b) or a for a, b in zip(cells[::2], cells[1::2], strict=True)]


def _cell(label: str, text: str) -> str:
    if _ARROW.fullmatch(text):
        return f"{label} {text}".strip()
    if not text or not label or label == text:
        return text
    return f"{label.rstrip(':：')}: {text}"


def _row(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell]
    return f"| {' | '.join(filled)} |" if filled else ""


def _lines(text: str) -> list[str]:
    """The paragraphs of a cell: a line goes on with the one before unless that ends a sentence or
    the line begins with a mark or a label."""
    found: list[str] = []
    for line in filter(None, map(flat, text.split("\n"))):
        if found and not (ends_sentence(found[-1]) or OPENS_LINE.match(line)):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found
