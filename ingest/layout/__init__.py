"""Text that has lines into blocks: pages of PDF files, OCR, plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.blocks import Block
from ingest.layout.furniture import without_furniture
from ingest.layout.lines import Line, text_width
from ingest.layout.paragraphs import paragraphs
from ingest.layout.structure import structured
from ingest.layout.words import WordJoiner

__all__ = ["Line", "blocks_of_lines", "plain_text_blocks", "text_width"]


def plain_text_blocks(text: str, page: int = 1) -> list[Block]:
    """The blocks of unformatted text; a form feed begins a page. ``page`` is the first one's
    number."""
    return blocks_of_lines(
        [list(_lines(own, number)) for number, own in enumerate(text.split("\f"), page)]
    )


def blocks_of_lines(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The blocks of pages of lines in reading order, without running heads and feet."""
    lines = [line for own in without_furniture(pages) for line in own]
    words = WordJoiner("\n".join(line.text for line in lines))
    return structured(list(paragraphs(lines, words)), words)


def _lines(text: str, page: int) -> Iterator[Line]:
    """Lines with the widths of their letters; tabs part cells and are kept."""
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
