"""Tables of a document, put together from the rows in its passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from geungeo.lang.documents.tables import is_group_total, is_total, unit_above
from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.answer.tables import label_and_value, row_cells
from geungeo.vectorstore import Passage

_FEWEST_ROWS = _FEWEST_CELLS = 2


@dataclass(frozen=True)
class Row:
    """A row by its passage and its sentence there; ``cells`` by the labels of their columns."""

    passage: Passage
    index: int
    cells: Mapping[str, str]

    @property
    def line(self) -> str:
        """The row as it is shown, without its bars."""
        return " · ".join(row_cells(self.passage.sentence_text(self.index)))

    @property
    def is_total(self) -> bool:
        """Whether it sums up others."""
        cells = tuple(self.cells.values())
        return any(map(is_total, cells)) or is_group_total(cells[0])


@dataclass(frozen=True)
class Table:
    """``unit`` is the one that stands above it for all its numbers, "" where none does."""

    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str = ""

    @property
    def passages(self) -> frozenset[int]:
        """The ids of the passages that it stands in."""
        return frozenset(row.passage.id for row in self.rows)


def tables(passages: Sequence[Passage]) -> list[Table]:
    """The tables with labelled columns of the passages of one document, in their order.

    Rows belong together where they follow each other, under no other heading, and begin with the
    same label; an empty cell is in none of them. A table in which text gives orders to whoever
    answers is none.
    """
    return [
        Table(
            tuple(dict.fromkeys(label for row in rows for label in row.cells)),
            tuple(rows),
            _unit_above(rows[0]),
        )
        for rows in _together(passages)
        if len(rows) >= _FEWEST_ROWS and not any(gives_orders(row.line) for row in rows)
    ]


def _together(passages: Sequence[Passage]) -> Iterator[list[Row]]:
    rows: list[Row] = []
    seen: set[int] = set()
    for passage in passages:
        for index, (start, _) in enumerate(passage.sentences):
            # Passages may share sentences.
            if start in seen:
                continue
            seen.add(start)
            row = _row(passage, index)
            if row and rows and _goes_on(rows[-1], row):
                rows.append(row)
            elif row or passage.kind(index) in ("heading", "caption"):
                if rows:
                    yield rows
                rows = [row] if row else []
    if rows:
        yield rows


def _unit_above(first: Row) -> str:
    """The unit in the section of a table, or in the line before it."""
    passage, before = first.passage, first.index - 1
    text = passage.sentence_text(before) if before >= 0 else ""
    return unit_above(text) or unit_above(passage.section)


def _row(passage: Passage, index: int) -> Row | None:
    """A row of several cells that have labels; None for another sentence."""
    if passage.kind(index) != "row":
        return None
    own = [label_and_value(cell) for cell in row_cells(passage.sentence_text(index))]
    cells = {label: value for label, value in own if label}
    if len(cells) < len(own) or len(cells) < _FEWEST_CELLS:
        return None
    return Row(passage, index, MappingProxyType(cells))


def _goes_on(before: Row, row: Row) -> bool:
    first, own = next(iter(before.cells)), next(iter(row.cells))
    return first == own and before.passage.section == row.passage.section
