"""The cells of a table in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_BAR = re.compile(r"\s*\|\s*")


@dataclass(frozen=True)
class Cell:
    """``row`` and ``column`` count from 0; a joined cell covers ``rows`` times ``columns``
    places. ``header`` where the file itself says that it labels others, ``page`` where the
    table goes over several."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    page: int = field(default=0, kw_only=True)


def plain_cells(rows: Sequence[Sequence[str]]) -> Iterator[Cell]:
    """The cells of a table that joins none."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            yield Cell(text, number, column)


@dataclass(frozen=True)
class Grid:
    """Every place of a table with its text. ``starts`` tells where a cell begins, so that a
    joined one is written once a row, and ``deep`` how many rows the first row's cells cover at
    the most; ``said`` is how many header rows the file itself names. ``raw`` is the first cell of
    each row with its line breaks."""

    texts: tuple[tuple[str, ...], ...]
    raw: tuple[str, ...]
    starts: tuple[tuple[int, ...], ...]
    deep: int
    said: int
    pages: tuple[int, ...]

    @property
    def width(self) -> int:
        return len(self.texts[0])

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Grid:
        known = sorted(cells, key=lambda cell: (cell.row, cell.column))
        height = max((cell.row + cell.rows for cell in known), default=0)
        width = max((cell.column + cell.columns for cell in known), default=0)
        texts = [[""] * width for _ in range(height)]
        owner = [[-1] * width for _ in range(height)]
        for number, cell in enumerate(known):
            text = flat(cell.text)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    texts[row][column] = text
                    owner[row][column] = number
        columns = [c for c in range(width) if any(row[c] for row in texts)]
        # A row of which every cell goes on from the row above is no row of its own.
        rows = [
            r
            for r in range(height)
            if any(texts[r][c] and (not r or owner[r][c] != owner[r - 1][c]) for c in columns)
        ]
        said = 0
        for row in rows:
            own = [known[owner[row][c]] for c in columns if owner[row][c] >= 0]
            if not own or not all(cell.header for cell in own):
                break
            said += 1
        first = (
            [known[owner[rows[0]][c]] for c in columns if owner[rows[0]][c] >= 0] if rows else []
        )
        spread = any(cell.columns > 1 for cell in first)
        return cls(
            tuple(tuple(texts[r][c] for c in columns) for r in rows),
            tuple(
                known[owner[r][columns[0]]].text if owner[r][columns[0]] >= 0 else "" for r in rows
            ),
            tuple(
                tuple(
                    i
                    for i, c in enumerate(columns)
                    if i == 0 or owner[r][c] < 0 or owner[r][c] != owner[r][columns[i - 1]]
                )
                for r in rows
            ),
            max((cell.rows for cell in first), default=1) if spread else 1,
            said if said < len(rows) else 0,
            tuple(max(known[n].page for n in owner[r] if n >= 0) for r in rows),
        )


def flat(text: str) -> str:
    return _BAR.sub("|", " ".join(text.split()))
