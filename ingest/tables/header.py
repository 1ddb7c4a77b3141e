"""What of a table labels what: its header rows, or labels and values in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geungeo.ingest.tables.grid import Cell, Grid, flat
from geungeo.lang.documents.tables import NUMBERED_LABEL, OVER_LABELS, PERIOD
from geungeo.lang.ends import ends_sentence

LONGEST_LABEL = 40
_MOST_HEADER_ROWS = 3
_DIGIT = re.compile(r"\d")
VALUE = re.compile(r"[^\w]*[△▲▽+-]?\d[\d,.:/~∼–\-\s()%]*\S{0,4}(?:\s?\S{1,3})?$")
"""A number with its unit, a date, a telephone number: what a label is not. A year and a quarter
are labels too."""


def title_of(cells: Sequence[Cell]) -> Cell | None:
    """The joined cell that alone is the first of several rows."""
    filled = [cell for cell in cells if flat(cell.text)]
    top = min((cell.row for cell in filled), default=0)
    highest = [cell for cell in filled if cell.row == top]
    if len(highest) != 1 or highest[0].columns == 1 or len(filled) == 1:
        return None
    first = highest[0]
    left = min(cell.column for cell in filled)
    right = max(cell.column + cell.columns for cell in filled)
    return first if first.column <= left and first.column + first.columns >= right else None


def over_labels(cells: Sequence[Cell]) -> list[Cell]:
    """The first row where it leaves most places empty, joins none, and stands over a full row of
    labels: the measure and the fields of a pivot table."""
    by_row: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if flat(cell.text):
            by_row.setdefault(cell.row, []).append(cell)
    if len(by_row) <= 2:
        return []
    first, second, *rest = by_row.values()
    width = max(len(own) for own in rest)
    joined = any(cell.rows > 1 or cell.columns > 1 for cell in (*first, *second))
    if joined or 2 * len(first) >= width or len(second) < max(width, 3):
        return []
    return first if may_label([flat(cell.text) for cell in second]) else []


def header_rows(table: Grid) -> int:
    """How many rows at the top label the columns; 0 where none does."""
    texts = table.texts
    depth = min(table.deep, _MOST_HEADER_ROWS)
    if len(texts) <= depth or not may_label(texts[0]):
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
    return 0 if is_paired(table) else depth


def may_label(first: Sequence[str]) -> bool:
    """Whether the cells of a first row are labels, periods among them, and no values."""
    if not all(is_label(text) for text in first if text) or sum(map(bool, first)) < 2:
        return False
    return not any(map(is_value, first))


def is_value(text: str) -> bool:
    """Whether a cell is a number with its unit, and no label that begins with one."""
    is_label = PERIOD.match(text) or NUMBERED_LABEL.match(text)
    return bool(VALUE.match(text)) and not is_label


def _is_under_two_labels(below: Sequence[Sequence[str]]) -> bool:
    """Whether rows of two cells stand under a header, whose first column need not be labels:
    현행 | 개정안."""
    if any(row[0] and not is_label(row[0]) for row in below):
        return True
    values = [row[1] for row in below if row[1]]
    return bool(values) and all(VALUE.match(text) for text in values)


def _goes_below(table: Grid) -> bool:
    """Whether the second row tells apart what joined cells of the first have in common, over
    columns of values: 2030년, 2031년 over 상반기, 하반기, 상반기, 하반기."""
    if len(table.texts) < 3 or len(table.starts[1]) != table.width:
        return False
    first, second = table.texts[:2]
    edges = (*table.starts[0], table.width)
    under = [c for c in range(table.width) if c not in edges or c + 1 not in edges]
    if not under or not all(second[c] and is_label(second[c]) for c in under):
        return False
    if any(map(is_value, second)):
        return False
    pairs = [(first[c], second[c]) for c in under]
    below = [row[c] for row in table.texts[2:] for c in under if re.search(r"\w", row[c])]
    valued = bool(below) and all(map(VALUE.match, below))
    return valued and len(set(pairs)) == len(pairs)


def is_paired(table: Grid) -> bool:
    """Whether labels and values take turns, as in a form: 성명 | 홍길동 | 생년월일 | 1990. 1. 1."""
    if table.width == 2:
        return True
    if table.width % 2:
        return False
    odd = [row[c] for row in table.texts for c in range(0, table.width, 2) if row[c]]
    even = [row[c] for row in table.texts for c in range(1, table.width, 2) if row[c]]
    if not odd or any(_DIGIT.search(text) or not is_label(text) for text in odd):
        return False
    distinct = len(set(odd)) == len(odd)
    valued = sum(bool(_DIGIT.search(text)) or len(text) > LONGEST_LABEL for text in even)
    return distinct and 2 * valued >= len(even)


def are_pairs_in_a_group(table: Grid, number: int) -> bool:
    """Whether a row is labels and values in turn, after a cell that several rows share: 신청인 |
    성명 | 홍길동 | 전화 | 02-123-4567."""
    row, starts = table.texts[number], table.starts[number]
    beside = (*table.texts[max(number - 1, 0) : number], *table.texts[number + 1 : number + 2])
    if not row[0] or all(other[0] != row[0] for other in beside):
        return False
    labels, values = ([row[c] for c in starts[first::2]] for first in (1, 2))
    if any(not text or _DIGIT.search(text) or not is_label(text) for text in labels):
        return False
    valued = sum(bool(_DIGIT.search(text)) or len(text) > LONGEST_LABEL for text in values)
    return 2 * valued >= len(labels)


def is_of_group(row: Sequence[str]) -> bool:
    """Whether a row without a first cell has a label in its second, and values."""
    _, second, *rest = row
    return bool(second) and not is_value(second) and any(map(VALUE.match, filter(None, rest)))


def is_label(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and not ends_sentence(text)


def labels_of(header: Sequence[Sequence[str]]) -> list[str]:
    """One label a column: those of its header rows, each once, from the top."""
    return [
        " ".join(dict.fromkeys(filter(None, (row[c] for row in header))))
        for c in range(len(header[0]))
    ]
