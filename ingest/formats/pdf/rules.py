"""Ruled tables of a PDF's page: its drawn lines by PDFium, their grid by pdfplumber."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pdfplumber.table import (
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

# So many lines may rule a table; a drawing of so many more rules none.
_LEAST_PATHS, _MOST_EDGES = 3, 6000
_TOLERANCE = 3.0
_SHORTEST = 4.0
_STRAIGHT = 1.0

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class Ruled:
    """A ruled table: its box, and the boxes of its cells with row, column and what they join."""

    box: Box
    cells: tuple[tuple[Box, int, int, int, int], ...]


def ruled_tables(page: pdfium.PdfPage) -> list[Ruled]:
    """The tables of a page with at least two rows and two columns."""
    paths = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=3))
    if len(paths) < _LEAST_PATHS:
        return []
    height = page.get_height()
    edges = [edge for path in paths for edge in _edges(path, height)]
    if not edges or len(edges) > _MOST_EDGES:
        return []
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _SHORTEST]
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    tables = (_ruled(cells) for cells in cells_to_tables(intersections_to_cells(crossings)))
    return [table for table in tables if table]


def _ruled(cells: Sequence[Box]) -> Ruled | None:
    columns = _steps(x for left, _, right, _ in cells for x in (left, right))
    rows = _steps(y for _, top, _, bottom in cells for y in (top, bottom))
    if len(columns) < 3 or len(rows) < 3:
        return None
    placed = []
    for box in cells:
        left, top, right, bottom = (
            _nearest(steps, side) for steps, side in zip((columns, rows) * 2, box, strict=True)
        )
        placed.append((box, top, left, max(bottom - top, 1), max(right - left, 1)))
    whole = columns[0], rows[0], columns[-1], rows[-1]
    return Ruled(whole, tuple(placed))


def _steps(values: Iterator[float]) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _TOLERANCE:
            steps.append(value)
    return steps


def _nearest(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def _edges(path: pdfium.PdfObject, height: float) -> Iterator[dict[str, Any]]:
    """The straight lines of a path that stand or lie, each side of a box being one."""
    raw = pdfium.raw
    matrix = path.get_matrix()
    if path.container is not None:
        matrix = matrix.multiply(path.container.get_matrix())
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(raw.FPDFPath_CountSegments(path.raw), _MOST_EDGES)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, number)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before:
            yield from _edge(before, point, height)
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield from _edge(point, first, height)


def _edge(
    start: tuple[float, float], end: tuple[float, float], height: float
) -> Iterator[dict[str, Any]]:
    left, right = sorted((start[0], end[0]))
    bottom, top = sorted((start[1], end[1]))
    if right - left <= _STRAIGHT < top - bottom:
        orientation = "v"
    elif top - bottom <= _STRAIGHT < right - left:
        orientation = "h"
    else:
        return
    yield {
        "x0": left, "x1": right, "top": height - top, "bottom": height - bottom,
        "width": right - left, "height": top - bottom,
        "orientation": orientation, "object_type": "line",
    }  # fmt: skip
