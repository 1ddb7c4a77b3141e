"""The order in which the things on a page are read: columns anywhere on it, one after the other.

A page is cut at a gutter that lines stand on both sides of; what goes across the gutter (a title,
a table) parts the page into bands, and each band's columns are cut further in the same way, as in
the recursive X-Y cut (Nagy and Seth 1984).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from ingest.layout.page import Segment, Table, Thing, rows_of

_LEAST_LINES = 3
# A gutter is at least so wide, in heights of a line.
_NARROWEST = 0.7
# Lines of text fill their column, cells of a table do not; and they have words.
_LEAST_FILLED = 0.55
_LEAST_LETTERS = 9
_MOST_TRIES = 4


def reading_order(things: Sequence[Thing]) -> list[list[Thing]]:
    """Groups of things, each read from top to bottom, in their order."""
    for gutter in _gutters(things):
        bands = list(_bands(things, gutter))
        if any(left and right for left, right, _ in bands):
            return _in_order(bands)
    return [sorted(things, key=lambda one: (one.top, one.left))] if things else []


Band = tuple[list[Thing], list[Thing], list[Thing]]
"""Left column, right column; or what is read as one, which is the third."""


def _in_order(bands: Sequence[Band]) -> list[list[Thing]]:
    groups: list[list[Thing]] = []
    for left, right, whole in bands:
        if whole:
            groups.append(sorted(whole, key=lambda one: (one.top, one.left)))
        else:
            groups.extend(reading_order(left))
            groups.extend(reading_order(right))
    return groups


def _gutters(things: Sequence[Thing]) -> list[float]:
    """Where a gutter may be, the likeliest first: gaps that many lines share."""
    segments = [one for one in things if isinstance(one, Segment)]
    gaps: list[tuple[float, float]] = []
    for row in rows_of(segments):
        for i, one in enumerate(row[:-1]):
            if row[i + 1].left - one.right >= _NARROWEST * one.height:
                gaps.append((one.right, row[i + 1].left))
    middles = {(a + b) / 2 for a, b in gaps}
    shared = [(sum(a < x < b for a, b in gaps), x) for x in middles]
    best = sorted((one for one in shared if one[0] >= _LEAST_LINES), reverse=True)
    tried: list[float] = []
    for _, x in best:
        if all(abs(x - other) > 20 for other in tried):
            tried.append(x)
    return tried[:_MOST_TRIES]


def _bands(things: Sequence[Thing], gutter: float) -> Iterator[Band]:
    """Bands from the top; where a band's sides are no columns of text, it is read as one."""
    left: list[Thing] = []
    right: list[Thing] = []
    whole: list[Thing] = []
    for one in sorted(things, key=lambda thing: thing.top):
        if one.right <= gutter:
            left.append(one)
        elif one.left >= gutter:
            right.append(one)
        else:
            if _are_columns(left, right):
                if whole:
                    yield [], [], whole
                yield left, right, []
                whole = []
            else:
                whole += [*left, *right]
            left, right = [], []
            whole.append(one)
    if _are_columns(left, right):
        if whole:
            yield [], [], whole
        yield left, right, []
    elif whole or left or right:
        yield [], [], [*whole, *left, *right]


def _are_columns(left: Sequence[Thing], right: Sequence[Thing]) -> bool:
    return all(_is_column(side) for side in (left, right))


def _is_column(side: Sequence[Thing]) -> bool:
    segments = [one for one in side if isinstance(one, Segment)]
    rows = list(rows_of(segments))
    if len(rows) < _LEAST_LINES:
        return bool(rows) and any(isinstance(one, Table) for one in side)
    width = max(row[-1].right for row in rows) - min(row[0].left for row in rows)
    filled = median(row[-1].right - row[0].left for row in rows)
    letters = median(sum(map(str.isalpha, "".join(one.text for one in row))) for row in rows)
    return filled >= _LEAST_FILLED * width and letters >= _LEAST_LETTERS
