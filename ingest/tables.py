"""Tables as rows that can be read alone: every cell with the label of its column.

A row is stored as ``| label: value | label: value |``. Cells that are joined repeat their text
in every place that they cover; header rows of two levels give one label ("2031년 하반기"); a
table of labels and values has its labels before its values. Cells are parted by a bar between
spaces; a bar within a cell has none around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from geungeo.ingest.blocks import Block, Kind
from geungeo.lang.documents.tables import NUMBERED_LABEL, OPENS_LINE, OVER_LABELS, PERIOD
from geungeo.lang.ends import ends_sentence

_LONGEST_LABEL = 40
_MOST_HEADER_ROWS = 3
_DIGIT = re.compile(r"\d")
# A number with its unit, a date, a telephone number: what a label is not. A year and a
# quarter are labels too.
_VALUE = re.compile(r"[^\w]*[△▲▽+-]?\d[\d,.:/~∼–\-\s()%]*\S{0,4}(?:\s?\S{1,3})?$")
_ARROW = re.compile(r"[→⇒➔➜➡▶►▷↓⇨]+")
_BAR = re.compile(r"\s*\|\s*")


@dataclass(frozen=True)
class Cell:
    """``row`` and ``column`` count from 0; a joined cell covers ``rows`` times ``columns``
    places. ``header`` where the file itself says that it labels others, ``page`` where the
    table goes over several."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    page: int = field(default=0, kw_only=True)


def table_blocks(cells: Iterable[Cell], page: int = 1) -> list[Block]:
    """The rows of a table as blocks, from its cells in any order.

    A table of one column is no table but a frame: its cells are paragraphs, each line of a cell
    one. A first row that is one cell names the table, and any other that holds sentences or
    several lines is paragraphs between the rows.
    """
    known = list(cells)
    blocks: list[Block] = []
    while (title := _title(known)) is not None:
        lines = _lines(title.text)
        kind: Kind = "caption" if len(lines) == 1 and _is_label(lines[0]) else "paragraph"
        blocks.extend(Block(kind, line, page) for line in lines)
        known = [cell for cell in known if cell.row > title.row]
    table = _Grid.of(known)
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
        if len(lines) > 1 or (lines and not _is_label(lines[0])):
            blocks.extend(Block("paragraph", line, own) for line in lines)
        elif text:
            blocks.append(Block("row", text, own))
    return blocks


def plain_cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """The cells of a table that joins none."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            yield Cell(text, number, column)


def _title(cells: Sequence[Cell]) -> Cell | None:
    """The joined cell that alone is the first of several rows."""
    filled = [cell for cell in cells if _flat(cell.text)]
    top = min((cell.row for cell in filled), default=0)
    highest = [cell for cell in filled if cell.row == top]
    if len(highest) != 1 or highest[0].columns == 1 or len(filled) == 1:
        return None
    first = highest[0]
    left = min(cell.column for cell in filled)
    right = max(cell.column + cell.columns for cell in filled)
    return first if first.column <= left and first.column + first.columns >= right else None


@dataclass(frozen=True)
class _Grid:
    """Every place of a table with its text. ``starts`` tells where a cell begins, so that a
    joined one is written once a row, and ``deep`` how many rows the first row's cells cover at
    the most; ``said`` is how many header rows the file itself names. ``raw`` is the first cell of
    each row with its line breaks."""

    texts: tuple[tuple[str, ...], ...]
    raw: tuple[str, ...]
    starts: tuple[tuple[int, ...], ...]
    deep: int
    said: int
    pages: tuple[int, ...]

    @property
    def width(self) -> int:
        return len(self.texts[0])

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> _Grid:
        known = sorted(cells, key=lambda cell: (cell.row, cell.column))
        height = max((cell.row + cell.rows for cell in known), default=0)
        width = max((cell.column + cell.columns for cell in known), default=0)
        texts = [[""] * width for _ in range(height)]
        owner = [[-1] * width for _ in range(height)]
        for number, cell in enumerate(known):
            text = _flat(cell.text)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    texts[row][column] = text
                    owner[row][column] = number
        columns = [c for c in range(width) if any(row[c] for row in texts)]
        # A row of which every cell goes on from the row above is no row of its own.
        rows = [
            r
            for r in range(height)
            if any(texts[r][c] and (not r or owner[r][c] != owner[r - 1][c]) for c in columns)
        ]
        said = 0
        for row in rows:
            own = [known[owner[row][c]] for c in columns if owner[row][c] >= 0]
            if not own or not all(cell.header for cell in own):
                break
            said += 1
        first = (
            [known[owner[rows[0]][c]] for c in columns if owner[rows[0]][c] >= 0] if rows else []
        )
        spread = any(cell.columns > 1 for cell in first)
        return cls(
            tuple(tuple(texts[r][c] for c in columns) for r in rows),
            tuple(
                known[owner[r][columns[0]]].text if owner[r][columns[0]] >= 0 else "" for r in rows
            ),
            tuple(
                tuple(
                    i
                    for i, c in enumerate(columns)
                    if i == 0 or owner[r][c] < 0 or owner[r][c] != owner[r][columns[i - 1]]
                )
                for r in rows
            ),
            max((cell.rows for cell in first), default=1) if spread else 1,
            said if said < len(rows) else 0,
            tuple(max(known[n].page for n in owner[r] if n >= 0) for r in rows),
        )


def _written(table: _Grid) -> Iterator[tuple[int, str]]:
    """Each row below the header with its number; the labels alone where there is none."""
    depth = table.said or _header_rows(table)
    return _below(table, depth) if depth else _without_header(table)


def _below(table: _Grid, depth: int) -> Iterator[tuple[int, str]]:
    """The rows below a header of so many rows, each cell with its label."""
    labels = _labels(table.texts[:depth])
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
            yield number, _row([_cell(labels[c], row[c]) for c in starts])
    if depth == len(table.texts):
        yield depth - 1, _row(labels)


def _without_header(table: _Grid) -> Iterator[tuple[int, str]]:
    """Rows whose cells are labels and values in turn, or nothing but cells."""
    paired = _is_paired(table)
    for number, row in enumerate(table.texts):
        own = [row[c] for c in table.starts[number]]
        if paired and len(own) % 2 == 0:
            yield number, _row(_pairs(own))
        elif len(own) % 2 and len(own) > 2 and _are_pairs_in_a_group(table, number):
            yield number, _row([own[0], *_pairs(own[1:])])
        elif len(own) > 1 and own[0] and _is_label(own[0]) and not _VALUE.match(own[0]):
            yield number, _row([_cell(own[0], own[1]) or own[0], *own[2:]])
        else:
            yield number, _row(own)


def _pairs(cells: Sequence[str]) -> list[str]:
    """Labels with their values; of an empty form the labels alone."""
    return [_cell(a, b) or a for a, b in zip(cells[::2], cells[1::2], strict=True)]


def _are_pairs_in_a_group(table: _Grid, number: int) -> bool:
    """Whether a row is labels and values in turn, after a cell that several rows share: 신청인 |
    성명 | 홍길동 | 전화 | 02-123-4567."""
    row, starts = table.texts[number], table.starts[number]
    beside = (*table.texts[max(number - 1, 0) : number], *table.texts[number + 1 : number + 2])
    if not row[0] or all(other[0] != row[0] for other in beside):
        return False
    labels, values = ([row[c] for c in starts[first::2]] for first in (1, 2))
    if any(not text or _DIGIT.search(text) or not _is_label(text) for text in labels):
        return False
    valued = sum(bool(_DIGIT.search(text)) or len(text) > _LONGEST_LABEL for text in values)
    return 2 * valued >= len(labels)


def _header_rows(table: _Grid) -> int:
    """How many rows at the top label the columns; 0 where none does."""
    texts = table.texts
    depth = min(table.deep, _MOST_HEADER_ROWS)
    if len(texts) <= depth or not _may_label(texts[0]):
        return 0
    if depth == 1 and _goes_below(table):
        return 2
    first = texts[0]
    own = [first[c] for c in table.starts[0] if first[c]]
    if depth == 1 and (len(set(own)) < len(own) or len(own) < 2):
        return 0
    if first[0].casefold().replace(" ", "") in OVER_LABELS or not first[0]:
        return depth
    is_joined = depth == 1 and len(table.starts[0]) < table.width
    if is_joined and (len(own) % 2 == 0 or texts[1][0] == first[0]):
        return 0  # Labels and values in turn, as in a form.
    if table.width == 2:
        return depth if _is_under_two_labels(texts[depth:]) else 0
    return 0 if _is_paired(table) else depth


def _may_label(first: Sequence[str]) -> bool:
    """Whether the cells of a first row are labels, periods among them, and no values."""
    if not all(_is_label(text) for text in first if text) or sum(map(bool, first)) < 2:
        return False
    return not any(map(_is_value, first))


def _is_value(text: str) -> bool:
    """Whether a cell is a number with its unit, and no label that begins with one."""
    is_label = PERIOD.match(text) or NUMBERED_LABEL.match(text)
    return bool(_VALUE.match(text)) and not is_label


def _is_under_two_labels(below: Sequence[Sequence[str]]) -> bool:
    """Whether rows of two cells stand under a header, whose first column need not be labels:
    현행 | 개정안."""
    if any(row[0] and not _is_label(row[0]) for row in below):
        return True
    values = [row[1] for row in below if row[1]]
    return bool(values) and all(_VALUE.match(text) for text in values)


def _goes_below(table: _Grid) -> bool:
    """Whether the second row tells apart what joined cells of the first have in common, over
    columns of values: 2030년, 2031년 over 상반기, 하반기, 상반기, 하반기."""
    if len(table.texts) < 3 or len(table.starts[1]) != table.width:
        return False
    first, second = table.texts[:2]
    edges = (*table.starts[0], table.width)
    under = [c for c in range(table.width) if c not in edges or c + 1 not in edges]
    if not under or not all(second[c] and _is_label(second[c]) for c in under):
        return False
    if any(map(_is_value, second)):
        return False
    pairs = [(first[c], second[c]) for c in under]
    below = [row[c] for row in table.texts[2:] for c in under if re.search(r"\w", row[c])]
    valued = bool(below) and all(map(_VALUE.match, below))
    return valued and len(set(pairs)) == len(pairs)


def _is_paired(table: _Grid) -> bool:
    """Whether labels and values take turns, as in a form: 성명 | 홍길동 | 생년월일 | 1990. 1. 1."""
    if table.width == 2:
        return True
    if table.width % 2:
        return False
    odd = [row[c] for row in table.texts for c in range(0, table.width, 2) if row[c]]
    even = [row[c] for row in table.texts for c in range(1, table.width, 2) if row[c]]
    if not odd or any(_DIGIT.search(text) or not _is_label(text) for text in odd):
        return False
    distinct = len(set(odd)) == len(odd)
    valued = sum(bool(_DIGIT.search(text)) or len(text) > _LONGEST_LABEL for text in even)
    return distinct and 2 * valued >= len(even)


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and not ends_sentence(text)


def _labels(header: Sequence[Sequence[str]]) -> list[str]:
    """One label a column: those of its header rows, each once, from the top."""
    return [
        " ".join(dict.fromkeys(filter(None, (row[c] for row in header))))
        for c in range(len(header[0]))
    ]


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
    for line in filter(None, map(_flat, text.split("\n"))):
        if found and not (ends_sentence(found[-1]) or OPENS_LINE.match(line)):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _flat(text: str) -> str:
    return _BAR.sub("|", " ".join(text.split()))
