"""Footnotes, told by their place at the foot of a page, their mark, their smaller letters and the
sentence that they part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from geungeo.ingest.layout.lines import Line
from geungeo.ingest.layout.paragraphs import Piece
from geungeo.ingest.layout.words import ends_sentence
from geungeo.lang.documents.marks import FOOTNOTE, opens_block

_MOST_LINES = 14
_SMALLER = 0.93
# A line that breaks off is about as wide as the widest of its page.
_FULL = 0.84
_NUMBERED = re.compile(r"(\d{1,3})\)")
# Numbers of which OCR may have missed the mark, between one footnote and the next.
_MISSED = 2


def footnotes_apart(
    pages: Sequence[Sequence[Piece]],
) -> tuple[list[list[Piece]], dict[int, list[Line]]]:
    """The pages without their footnotes, and these by page."""
    sizes = [piece.size for page in pages for piece in page if isinstance(piece, Line)]
    body = median(sizes) if sizes else 0.0
    kept: list[list[Piece]] = []
    notes: dict[int, list[Line]] = {}
    last = 0
    for page, following in pairwise([*pages, []]):
        start = _start(page, following, body, last)
        own = [piece for piece in page[start:] if isinstance(piece, Line)]
        if own:
            notes[own[0].page] = own
            last = max([last, *(_number(line) for line in own)])
        kept.append(list(page[:start]))
    return kept, notes


def _start(page: Sequence[Piece], following: Sequence[Piece], body: float, last: int) -> int:
    """Where the footnotes of a page begin in it; its length where it has none. ``last`` is the
    number of the last one before it."""
    goes_on = _goes_on(following)
    found = len(page)
    for place in range(len(page) - 1, max(len(page) - 1 - _MOST_LINES, 0), -1):
        piece = page[place]
        if not isinstance(piece, Line):
            break
        mark = FOOTNOTE.match(piece.text)
        is_small = bool(body) and piece.size < _SMALLER * body
        if mark and (
            is_small
            or _is_referred_to(mark["mark"], page[:place])
            or (goes_on and _follows(_number(piece), last) and _breaks_off(page[:place]))
        ):
            found = place
    return found


def _is_referred_to(mark: str, before: Sequence[Piece]) -> bool:
    """Whether a mark stands right behind a word of the page, as in 있다.89)"""
    if not mark.endswith(")") or not mark[0].isdigit():
        return False
    behind = re.compile(rf"[^\s\d({{\[,]{re.escape(mark)}(?!\S*\d)")
    return any(isinstance(piece, Line) and behind.search(piece.text) for piece in before)


def _number(line: Line) -> int:
    """The number of a footnote, as in 89); 0 where a line begins with none."""
    mark = _NUMBERED.match(line.text)
    return int(mark[1]) if mark else 0


def _follows(number: int, last: int) -> bool:
    return last < number <= last + 1 + _MISSED


def _goes_on(page: Sequence[Piece]) -> bool:
    """Whether a page may begin in the midst of a sentence."""
    return bool(page) and isinstance(page[0], Line) and not opens_block(page[0].text)


def _breaks_off(before: Sequence[Piece]) -> bool:
    """Whether the last of some lines fills its column and ends no sentence."""
    last = before[-1]
    if not isinstance(last, Line) or ends_sentence(last.text):
        return False
    return last.width >= _FULL * max(one.width for one in before if isinstance(one, Line))
