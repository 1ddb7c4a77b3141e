"""Tables without rules: lines whose parts stand under one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from geungeo.ingest.layout.page import Segment, Table, Thing, rows_of
from geungeo.ingest.tables import Cell

_LEAST_ROWS = 3
_NARROWEST = 0.6  # of a line's height
_LONGEST_CELL = 24  # letters, in the middle
# Cells of a table are seldom as long as a line of text.
_PROSE, _MOST_PROSE = 32, 0.12
_LEADERS = re.compile(r"(?:[.·…‥]\s?){4,}")


def with_aligned_tables(things: Sequence[Thing], page: int) -> list[Thing]:
    """The things of one column with its aligned lines as tables."""
    kept: list[Thing] = [one for one in things if not isinstance(one, Segment)]
    segments = [one for one in things if isinstance(one, Segment)]
    run: list[list[Segment]] = []
    for row in [*rows_of(segments), []]:
        if _goes_with(run, row):
            run.append(row)
            continue
        kept.extend(_read(run, page))
        run = [row] if row else []
    return sorted(kept, key=lambda one: (one.top, one.left))


def _goes_with(run: Sequence[Sequence[Segment]], row: Sequence[Segment]) -> bool:
    if len(row) < 2 or any(_LEADERS.search(one.text) for one in row):
        return False
    if not run:
        return True
    apart = row[0].top - run[-1][0].bottom
    return len(run[-1]) > 1 and apart < 2.5 * row[0].height and len(_columns([*run, row])) > 1


def _read(run: Sequence[Sequence[Segment]], page: int) -> Iterator[Thing]:
    columns = _columns(run)
    cells = [one for row in run for one in row]
    if (
        len(run) < _LEAST_ROWS
        or len(columns) < 2
        or median(len(one.text) for one in cells) > _LONGEST_CELL
        or sum(len(one.text) > _PROSE for one in cells) > _MOST_PROSE * len(cells)
    ):
        yield from cells
        return
    yield Table(
        min(one.left for one in cells),
        min(one.top for one in cells),
        max(one.right for one in cells),
        max(one.bottom for one in cells),
        tuple(
            Cell(" ".join(one.text for one in own), number, column)
            for number, row in enumerate(run)
            for column, (start, end) in enumerate(columns)
            if (own := [one for one in row if start <= (one.left + one.right) / 2 <= end])
        ),
        page,
    )


def _columns(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """The stretches of the page's width that the lines cover, parted by what none covers."""
    spans = sorted((one.left, one.right) for row in rows for one in row)
    if not spans:
        return []
    least = _NARROWEST * median(one.height for row in rows for one in row)
    merged = [spans[0]]
    for left, right in spans[1:]:
        start, end = merged[-1]
        if left - end < least:
            merged[-1] = (start, max(end, right))
        else:
            merged.append((left, right))
    return merged
