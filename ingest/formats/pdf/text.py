"""The letters of a PDF's page as PDFium places them, put together to stretches of text."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from geungeo.ingest.formats.pdf.turns import Turn
from geungeo.ingest.layout.page import Box, Segment

# Between letters of one stretch, in heights of a line.
_WIDEST_SPACE = 0.75
_SPACE = 0.17
_SAME_BASE = 0.3
_SOFT_HYPHENS = frozenset("\x02\ufffe\uffff\xad")

Wall = tuple[float, float, float]
"""A vertical rule: its place from the left, its upper and its lower end."""


@dataclass
class _Open:
    """A stretch that is being put together."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    size: float

    def segment(self) -> Segment:
        return Segment(self.left, self.top, self.right, self.bottom, self.text, self.size)

    def takes(self, place: Box, walls: Sequence[Wall]) -> bool:
        left, top, _, bottom = place
        height = min(self.bottom - self.top, bottom - top)
        if abs(bottom - self.bottom) > _SAME_BASE * height:
            return False
        if not -height < left - self.right < _WIDEST_SPACE * height:
            return False
        middle = (top + bottom) / 2
        return not any(
            self.right - 1 <= x <= left + 1 and upper <= middle <= lower
            for x, upper, lower in walls
        )

    def add(self, letter: str, place: Box, spaced: bool) -> None:
        left, top, right, bottom = place
        if spaced or left - self.right > _SPACE * (self.bottom - self.top):
            self.text += " "
        self.text += letter
        self.right = max(self.right, right)
        self.top, self.bottom = min(self.top, top), max(self.bottom, bottom)


def segments(
    text_page: pdfium.PdfTextPage,
    quarters: Sequence[int | None],
    turn: Turn,
    walls: Sequence[Wall] = (),
) -> Iterator[Segment]:
    """The stretches of text that stand upright on a page as it is held, in the order of the file;
    none goes through a wall. ``quarters`` are those by which each of its letters is turned."""
    raw_page = text_page.raw
    now: _Open | None = None
    for index, letter, place, spaced in _letters(raw_page, quarters, turn):
        if now and now.takes(place, walls):
            now.add(letter, place, spaced)
        else:
            if now:
                yield now.segment()
            now = _Open(*place, letter, _size(raw_page, index, place))
    if now:
        yield now.segment()


def _letters(
    raw_page: object, quarters: Sequence[int | None], turn: Turn
) -> Iterator[tuple[int, str, Box, bool]]:
    """Letters that are drawn upright, each with its index, its place, and whether the file has a
    space before it."""
    raw = pdfium.raw
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    spaced = False
    pending = 0
    for index, turned in enumerate(quarters):
        code = raw.FPDFText_GetUnicode(raw_page, index)
        if 0xD800 <= code < 0xDC00:
            pending = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00)
        letter = chr(code)
        if letter.isspace() or not code:
            spaced = True
            continue
        if turned != turn.quarters:
            continue
        if not raw.FPDFText_GetLooseCharBox(raw_page, index, pointer):
            continue
        place = turn.place(box.left, box.bottom, box.right, box.top)
        yield index, "-" if letter in _SOFT_HYPHENS else letter, place, spaced
        spaced = False


def _size(raw_page: object, index: int, place: Box) -> float:
    """The size in points at which a letter's font is shown."""
    raw = pdfium.raw
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(raw_page, index)
    if size > 0 and raw.FPDFText_GetMatrix(raw_page, index, ctypes.byref(matrix)):
        shown = float(size * math.hypot(matrix.c, matrix.d))
        if shown > 1:
            return shown
    return place[3] - place[1]
