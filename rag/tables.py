"""Rows of tables as documents have them after loading, in Markdown."""

from __future__ import annotations


def row_cells(row: str) -> list[str]:
    """The cells of a row, spaces aside; empty for what is no row."""
    return [" ".join(row[start:end].split()) for start, end in cell_spans(row)]


def cell_spans(row: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand in it; empty for what is no row."""
    inner = row.strip()
    if len(inner) < 3 or not (inner.startswith("|") and inner.endswith("|")):
        return []
    spans = []
    start = row.index("|") + 1
    for cell in inner[1:-1].split("|"):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans
