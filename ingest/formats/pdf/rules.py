"""Ruled tables and frames of a PDF's page: its drawn lines by PDFium, their grid by pdfplumber."""

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

from geungeo.ingest.formats.pdf.turns import Turn
from geungeo.ingest.layout.page import Box

# A drawing of more lines rules no table.
_MOST_EDGES = 6000
_TOLERANCE = 3.0
_SHORTEST = 4.0
_STRAIGHT = 1.0


@dataclass(frozen=True)
class Ruled:
    """Ruled cells: the box of all, that of each with row, column and what it joins, and how many
    rows and columns there are."""

    box: Box
    cells: tuple[tuple[Box, int, int, int, int], ...]
    rows: int
    columns: int


@dataclass(frozen=True)
class Rules:
    """What the lines of a page rule: tables of at least two rows and two columns, and frames."""

    tables: tuple[Ruled, ...] = ()
    frames: tuple[Box, ...] = ()


def rules_of(page: pdfium.PdfPage, turn: Turn) -> Rules:
    """What is ruled on a page as it is held."""
    paths = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_PATH], max_depth=3))
    edges = [edge for path in paths for edge in _edges(path, turn)]
    if not edges or len(edges) > _MOST_EDGES:
        return Rules()
    merged = merge_edges(edges, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _SHORTEST]
    crossings = edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    cells = intersections_to_cells(crossings)
    # Cells that touch no other are in no table.
    joined = cells_to_tables(cells)
    alone = set(cells).difference(*joined)
    found = list(map(_ruled, joined))
    stacks = (one.box for one in found if one.columns == 1)
    tables = (one for one in found if one.columns > 1 and one.rows > 1)
    return Rules(tuple(tables), (*sorted(alone), *stacks))


def _ruled(cells: Sequence[Box]) -> Ruled:
    columns = _steps(x for left, _, right, _ in cells for x in (left, right))
    rows = _steps(y for _, top, _, bottom in cells for y in (top, bottom))
    placed = []
    for box in cells:
        left, top, right, bottom = (
            _nearest(steps, side) for steps, side in zip((columns, rows) * 2, box, strict=True)
        )
        placed.append((box, top, left, max(bottom - top, 1), max(right - left, 1)))
    whole = columns[0], rows[0], columns[-1], rows[-1]
    return Ruled(whole, tuple(placed), len(rows) - 1, len(columns) - 1)


def _steps(values: Iterator[float]) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _TOLERANCE:
            steps.append(value)
    return steps


def _nearest(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def _edges(path: pdfium.PdfObject, turn: Turn) -> Iterator[dict[str, Any]]:
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
        point = turn.point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before:
            yield from _edge(before, point)
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield from _edge(point, first)


def _edge(start: tuple[float, float], end: tuple[float, float]) -> Iterator[dict[str, Any]]:
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    if right - left <= _STRAIGHT < bottom - top:
        orientation = "v"
    elif bottom - top <= _STRAIGHT < right - left:
        orientation = "h"
    else:
        return
    yield {
        "x0": left, "x1": right, "top": top, "bottom": bottom,
        "width": right - left, "height": bottom - top,
        "orientation": orientation, "object_type": "line",
    }  # fmt: skip
