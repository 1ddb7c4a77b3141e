"""Rows of tables as documents have them after loading: ``| label: value | label: value |``."""

from __future__ import annotations

import re
from itertools import pairwise

_BETWEEN = re.compile(r"\s\|\s")
_LABEL = re.compile(r"(?P<label>[^:：]{1,60}?)[:：] (?=\S)")


def row_cells(row: str) -> list[str]:
    """The cells of a row, spaces aside; empty for what is no row."""
    return [row[start:end] for start, end in cell_spans(row)]


def without_bars(text: str) -> str:
    """A text on one line, a row as its cells with dots between them."""
    line = " ".join(text.split())
    return " · ".join(row_cells(line)) or line


def cell_spans(row: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it, spaces aside; empty for what is no row."""
    if len(row.strip()) < 3 or not (row.strip().startswith("|") and row.strip().endswith("|")):
        return []
    first, last = row.index("|"), row.rindex("|")
    bounds = [first, *(m.start() + 1 for m in _BETWEEN.finditer(row, first + 1, last)), last]
    spans = []
    for before, after in pairwise(bounds):
        cell = row[before + 1 : after]
        start = before + 1 + len(cell) - len(cell.lstrip())
        spans.append((start, max(start, before + 1 + len(cell.rstrip()))))
    return spans


def label_and_value(cell: str) -> tuple[str, str]:
    """A cell's label, "" where it has none, and its value, which is its end."""
    match = _LABEL.match(cell)
    return (match["label"], cell[match.end() :]) if match else ("", cell)
