"""Boxes on a page: a summary at the side, a definition between two paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from geungeo.ingest.layout.page import Box, Frame, Segment, Thing, rows_of

# A frame of one line is a title; one around most of the page parts nothing.
_FEWEST_ROWS = 2
_MOST_OF_PAGE = 0.8


def with_frames(things: Sequence[Thing], boxes: Sequence[Box]) -> list[Thing]:
    """The things on a page, those in boxes put together; a box may stand in another."""
    whole = _letters(things)
    found = list(things)
    for box in sorted(boxes, key=_area):
        inside = [one for one in found if one.is_within(box)]
        if _is_text(inside) and _letters(inside) <= _MOST_OF_PAGE * whole:
            found = [one for one in found if not one.is_within(box)]
            found.append(Frame(*box, tuple(inside)))
    return found


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _is_text(things: Sequence[Thing]) -> bool:
    rows = rows_of([one for one in things if isinstance(one, Segment)])
    return sum(1 for _ in rows) >= _FEWEST_ROWS


def _letters(things: Sequence[Thing]) -> int:
    return sum(map(_letters_of, things))


def _letters_of(thing: Thing) -> int:
    if isinstance(thing, Segment):
        return len(thing.text)
    if isinstance(thing, Frame):
        return _letters(thing.things)
    return sum(len(cell.text) for cell in thing.cells)
