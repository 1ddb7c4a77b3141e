"""Footnotes, told by their place at the foot of a page, their mark and their smaller letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from geungeo.ingest.layout.lines import Line
from geungeo.ingest.layout.paragraphs import Piece
from geungeo.lang.documents.marks import FOOTNOTE

_MOST_LINES = 14
_SMALLER = 0.93


def footnotes_apart(
    pages: Sequence[Sequence[Piece]],
) -> tuple[list[list[Piece]], dict[int, list[Line]]]:
    """The pages without their footnotes, and these by page."""
    sizes = [piece.size for page in pages for piece in page if isinstance(piece, Line)]
    body = median(sizes) if sizes else 0.0
    kept: list[list[Piece]] = []
    notes: dict[int, list[Line]] = {}
    for page in pages:
        start = _start(page, body)
        own = [piece for piece in page[start:] if isinstance(piece, Line)]
        if own:
            notes[own[0].page] = own
        kept.append(list(page[:start]))
    return kept, notes


def _start(page: Sequence[Piece], body: float) -> int:
    """Where the footnotes of a page begin in it; its length where it has none."""
    found = len(page)
    for place in range(len(page) - 1, max(len(page) - 1 - _MOST_LINES, 0), -1):
        piece = page[place]
        if not isinstance(piece, Line):
            break
        mark = FOOTNOTE.match(piece.text)
        is_small = bool(body) and piece.size < _SMALLER * body
        if mark and (is_small or _is_referred_to(mark["mark"], page[:place])):
            found = place
    return found


def _is_referred_to(mark: str, before: Sequence[Piece]) -> bool:
    """Whether a mark stands right behind a word of the page, as in 있다.89)"""
    if not mark.endswith(")") or not mark[0].isdigit():
        return False
    behind = re.compile(rf"[^\s\d({{\[,]{re.escape(mark)}(?!\S*\d)")
    return any(isinstance(piece, Line) and behind.search(piece.text) for piece in before)
