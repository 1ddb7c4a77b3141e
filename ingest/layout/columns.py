"""The order in which the things on a page are read: columns anywhere on it, one after the other.

A page is cut at a gutter that lines stand on both sides of; what goes across the gutter (a title,
a table) parts the page into bands, and each band's columns are cut further in the same way, as in
the recursive X-Y cut (Nagy and Seth 1984).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from geungeo.ingest.layout.page import Segment, Thing, rows_of

_LEAST_LINES = 3
# A gutter is at least so wide, in heights of a line.
_NARROWEST = 0.7
# Lines of text fill their column, cells of a table do not; and they have words.
_LEAST_FILLED, _WIDE = 0.55, 0.75
_LEAST_LETTERS = 9
_MOST_TRIES = 4
_BEFORE_EDGE = 1.5  # points
# A gutter that so many pages share is the document's; in points.
_SHARE_OF_PAGES, _SAME_GUTTER = 0.25, 15.0
_MOST_PAGES, _MANY_PAGES = 0.5, 4
_LINE_OF_TEXT = 18  # letters, in the longest tenth


def common_gutters(pages: Sequence[Sequence[Thing]]) -> list[float]:
    """Where columns of text part on several pages of a document: those of some pages that are
    plainly text, or of most pages that have lines of text on either side at all."""
    found = [[(x, _parts_text(page, x)) for x in _gutters(page)] for page in pages]
    plain = [x for own in found for x, is_text in own if is_text]
    common = _shared(plain, max(2, round(_SHARE_OF_PAGES * len(pages))))
    if not common and len(pages) >= _MANY_PAGES:
        of_most = _shared([x for own in found for x, _ in own], round(_MOST_PAGES * len(pages)))
        common = [x for x in of_most if _has_text_beside(pages, x)]
    return common


def _shared(places: Sequence[float], least: int) -> list[float]:
    common: list[float] = []
    for x in places:
        beside = [other for other in places if abs(other - x) < _SAME_GUTTER]
        if len(beside) >= least and all(abs(x - other) > _SAME_GUTTER for other in common):
            common.append(median(beside))
    return common


def _has_text_beside(pages: Sequence[Sequence[Thing]], gutter: float) -> bool:
    segments = [one for page in pages for one in page if isinstance(one, Segment)]
    left = sorted(len(one.text) for one in segments if one.right <= gutter)
    right = sorted(len(one.text) for one in segments if one.left >= gutter)
    return all(side and side[int(0.9 * (len(side) - 1))] >= _LINE_OF_TEXT for side in (left, right))


def reading_order(things: Sequence[Thing], known: Sequence[float] = ()) -> list[list[Thing]]:
    """Groups of things, each read from top to bottom, in their order. ``known`` are gutters of
    the document, at which lines of any length are columns."""
    own = [(x, False) for x in _gutters(things)]
    for gutter, is_known in (*((x, True) for x in known), *own):
        bands = list(_bands(things, gutter, is_known))
        if any(left and right for left, right, _ in bands):
            return _in_order(bands, known)
    return [sorted(things, key=lambda one: (one.top, one.left))] if things else []


def _parts_text(things: Sequence[Thing], gutter: float) -> bool:
    return any(left and right for left, right, _ in _bands(things, gutter, False))


Band = tuple[list[Thing], list[Thing], list[Thing]]
"""Left column, right column; or what is read as one, which is the third."""


def _in_order(bands: Sequence[Band], known: Sequence[float]) -> list[list[Thing]]:
    groups: list[list[Thing]] = []
    for left, right, whole in bands:
        if whole:
            groups.append(sorted(whole, key=lambda one: (one.top, one.left)))
        else:
            groups.extend(reading_order(left, known))
            groups.extend(reading_order(right, known))
    return groups


def _gutters(things: Sequence[Thing]) -> list[float]:
    """Where a gutter may be, the likeliest first: gaps that many lines share."""
    segments = [one for one in things if isinstance(one, Segment)]
    gaps: list[tuple[float, float]] = []
    for row in rows_of(segments):
        for i, one in enumerate(row[:-1]):
            if row[i + 1].left - one.right >= _NARROWEST * one.height:
                gaps.append((one.right, row[i + 1].left))
        gaps.extend(_beside_blocks(row, things))
    # Lines of the left column end where they will; those of the right one begin at its edge.
    edges = {b - _BEFORE_EDGE for _, b in gaps}
    shared = [(sum(a <= x < b for a, b in gaps), x) for x in edges]
    best = sorted((one for one in shared if one[0] >= _LEAST_LINES), reverse=True)
    tried: list[float] = []
    for _, x in best:
        if all(abs(x - other) > 20 for other in tried):
            tried.append(x)
    return tried[:_MOST_TRIES]


def _beside_blocks(
    row: Sequence[Segment], things: Sequence[Thing]
) -> Iterator[tuple[float, float]]:
    """The gaps between a line and the tables and frames to its right and left."""
    for block in things:
        if not isinstance(block, Segment) and row[0].is_beside(block):
            if block.left > row[-1].right:
                yield row[-1].right, block.left
            elif block.right < row[0].left:
                yield block.right, row[0].left


def _bands(things: Sequence[Thing], gutter: float, is_known: bool) -> Iterator[Band]:
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
            if _are_columns(left, right, is_known):
                if whole:
                    yield [], [], whole
                yield left, right, []
                whole = []
            else:
                whole += [*left, *right]
            left, right = [], []
            whole.append(one)
    if _are_columns(left, right, is_known):
        if whole:
            yield [], [], whole
        yield left, right, []
    elif whole or left or right:
        yield [], [], [*whole, *left, *right]


def _are_columns(left: Sequence[Thing], right: Sequence[Thing], is_known: bool) -> bool:
    if is_known:
        return len(left) + len(right) >= _LEAST_LINES and bool(left and right)
    return all(_is_column(side) for side in (left, right))


def _is_column(side: Sequence[Thing]) -> bool:
    segments = [one for one in side if isinstance(one, Segment)]
    rows = list(rows_of(segments))
    if len(rows) < _LEAST_LINES:
        return any(not isinstance(one, Segment) for one in side)
    widths = sorted(row[-1].right - row[0].left for row in rows)
    usual = widths[round(_WIDE * (len(rows) - 1))]
    letters = median(sum(map(str.isalpha, "".join(one.text for one in row))) for row in rows)
    return median(widths) >= _LEAST_FILLED * usual and letters >= _LEAST_LETTERS
