"""Rows of tables as documents have them after loading, in Markdown."""

from __future__ import annotations


def row_cells(row: str) -> list[str]:
    """The cells of a row, spaces aside; empty for what is no row."""
    inner = row.strip()
    if len(inner) < 3 or not (inner.startswith("|") and inner.endswith("|")):
        return []
    return [" ".join(cell.split()) for cell in inner[1:-1].split("|")]
