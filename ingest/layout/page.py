"""What stands on a page, with its place: stretches of text, and tables that are known already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geungeo.ingest.tables import Cell

# Two things stand on one line when they share so much of the lower one's height.
_SAME_LINE = 0.45


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's upper left."""


@dataclass(frozen=True)
class Placed:
    """Places in points from the page's upper left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def is_within(self, box: Box) -> bool:
        """Whether the middle lies in a box."""
        left, top, right, bottom = box
        x, y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        return left <= x <= right and top <= y <= bottom

    def is_beside(self, other: Placed) -> bool:
        """Whether two stand on one line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > _SAME_LINE * min(self.height, other.height)


@dataclass(frozen=True)
class Segment(Placed):
    """Text of one line without a wide gap in it; ``size`` is its font's."""

    text: str
    size: float = 10.0


@dataclass(frozen=True)
class Table(Placed):
    """A table with its cells; ``page`` counts from 1."""

    cells: tuple[Cell, ...]
    page: int = 1

    @property
    def columns(self) -> int:
        return max(cell.column + cell.columns for cell in self.cells)

    @property
    def rows(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


@dataclass(frozen=True)
class Frame(Placed):
    """What stands in a box, which is read apart from the text around it."""

    things: tuple[Thing, ...]


Thing = Segment | Table | Frame


def rows_of(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Segments line by line from the top, each line from the left."""
    row: list[Segment] = []
    for one in sorted(segments, key=lambda s: (s.top + s.bottom, s.left)):
        if row and not any(one.is_beside(other) for other in row):
            yield sorted(row, key=lambda s: s.left)
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda s: s.left)
