"""Text that has lines into blocks: pages of PDF files, OCR, plain text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from geungeo.ingest.blocks import Block
from geungeo.ingest.layout.aligned import with_aligned_tables
from geungeo.ingest.layout.columns import common_gutters, reading_order
from geungeo.ingest.layout.footnotes import footnotes_apart
from geungeo.ingest.layout.furniture import without_furniture
from geungeo.ingest.layout.letters import closed, with_whole_words
from geungeo.ingest.layout.lines import Line, text_width
from geungeo.ingest.layout.page import Frame, Segment, Table, Thing, rows_of
from geungeo.ingest.layout.paragraphs import Piece, paragraphs
from geungeo.ingest.layout.structure import structured
from geungeo.ingest.layout.words import WordJoiner

__all__ = [
    "Piece",
    "blocks_of_pages",
    "common_gutters",
    "lines_of_page",
    "plain_text_blocks",
    "text_lines",
]

# A wider gap between two stretches of one line is a space, in heights of the line.
_SPACE = 0.17
# The longest line of a box ends at most so far from its edge, in letters.
_FROM_EDGE = 4


def plain_text_blocks(text: str, page: int = 1) -> list[Block]:
    """The blocks of unformatted text; a form feed begins a page. ``page`` is the first one's
    number."""
    pages = [list(text_lines(own, number)) for number, own in enumerate(text.split("\f"), page)]
    return blocks_of_pages(pages)


def blocks_of_pages(pages: Sequence[Sequence[Piece]]) -> list[Block]:
    """The blocks of pages in reading order: without running heads and feet, footnotes after the
    paragraph that they belong to, sentences whole over lines, columns and pages."""
    body, notes = footnotes_apart(without_furniture(pages))
    lines = [piece for page in body for piece in page]
    words = WordJoiner("\n".join(piece.text for piece in lines if isinstance(piece, Line)))
    return structured(list(paragraphs(lines, notes, words)), words)


def text_lines(text: str, page: int) -> Iterator[Line]:
    """The lines of a page of text with the widths of their letters; tabs part cells and are
    kept."""
    gap = 0.0
    for raw in text.split("\n"):
        bare = raw.strip()
        if not bare:
            gap += 1
            continue
        shown = "\t".join(" ".join(cell.split()) for cell in bare.split("\t"))
        left = text_width(raw[: len(raw) - len(raw.lstrip())])
        yield Line(shown, left, left + text_width(shown), page, gap)
        gap = 0.0


def lines_of_page(things: Sequence[Thing], page: int, gutters: Sequence[float] = ()) -> list[Piece]:
    """The lines and tables of a page, from the places of what stands on it; ``gutters`` are
    where the columns of its document part (``common_gutters``)."""
    pieces: list[Piece] = []
    for group in reading_order(with_whole_words(things), gutters):
        pieces.extend(_lines_of_column(with_aligned_tables(group, page), page))
    return pieces


def _lines_of_column(things: Sequence[Thing], page: int) -> Iterator[Piece]:
    rows = list(rows_of([one for one in things if isinstance(one, Segment)]))
    blocks = [one for one in things if not isinstance(one, Segment)]
    margin = max((row[-1].right for row in rows), default=0.0)
    bottom: float | None = None
    is_apart = False
    for row in rows:
        top = min(one.top for one in row)
        while blocks and blocks[0].top < top:
            is_apart = isinstance(blocks[0], Frame)
            yield from _pieces(blocks.pop(0), page)
            bottom = None
        sizes = sorted(one.size for one in row for _ in one.text)
        size = sizes[len(sizes) // 2]
        gap = 0.0 if bottom is None else max(top - bottom, 0.0) / size
        line = Line(_text(row), row[0].left, row[-1].right, page, gap, size, margin)
        yield _apart(line) if is_apart else line
        bottom, is_apart = max(one.bottom for one in row), False
    for block in blocks:
        yield from _pieces(block, page)


def _pieces(block: Table | Frame, page: int) -> Iterator[Piece]:
    if isinstance(block, Table):
        yield block
        return
    margin = block.right - (min(one.left for one in block.things) - block.left)
    is_apart = True
    for piece in lines_of_page(block.things, page):
        if isinstance(piece, Line):
            line = _framed(piece, margin)
            yield _apart(line) if is_apart else line
        else:
            yield piece
        is_apart = False


def _framed(line: Line, margin: float) -> Line:
    """A line of a box, in the column that ends at its margin."""
    if not line.is_framed and margin - line.margin < _FROM_EDGE * line.size:
        return replace(line, margin=margin, is_framed=True)
    return line


def _apart(line: Line) -> Line:
    """A line that goes on with nothing before it."""
    return replace(line, gap=math.inf)


def _text(row: Sequence[Segment]) -> str:
    text = row[0].text
    for before, one in pairwise(row):
        near = one.left - before.right < _SPACE * min(before.height, one.height)
        text += one.text if near else f" {one.text}"
    return closed(text)
