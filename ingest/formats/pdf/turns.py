"""Which way the text of a page stands: a table across a sheet is read with the page turned."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium

from geungeo.ingest.layout.page import Box

_QUARTER = math.pi / 2
# Text that is turned by more than so many radians from a quarter is none of the page's lines.
_MOST_ASLANT = 0.17


@dataclass(frozen=True)
class Turn:
    """A page held so that some of its text is upright: ``quarters`` is how often by 90 degrees
    clockwise this stands turned on the page as it is stored, whose sizes are in points."""

    quarters: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place of a point of the file, which counts from the lower left, from the upper left
        of the page as it is held."""
        match self.quarters:
            case 1:
                return self.height - y, self.width - x
            case 2:
                return self.width - x, y
            case 3:
                return y, x
        return x, self.height - y

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x, y), (other_x, other_y) = self.point(left, bottom), self.point(right, top)
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


@dataclass(frozen=True)
class Standing:
    """The ways in which a page has text, that of most of it first, upright where there is none;
    the quarters by which each letter is turned clockwise, none of one that stands aslant; and the
    letters that do, as those of a watermark."""

    turns: tuple[Turn, ...]
    quarters: tuple[int | None, ...]
    aslant: str

    @classmethod
    def of(cls, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Standing:
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        raw_page = text_page.raw
        letters = range(text_page.count_chars())
        quarters = tuple(_quarters(raw_page, index) for index in letters)
        drawn = [chr(pdfium.raw.FPDFText_GetUnicode(raw_page, index)) for index in letters]
        found = Counter(
            turned
            for turned, letter in zip(quarters, drawn, strict=True)
            if turned is not None and not letter.isspace()
        )
        aslant = "".join(
            letter for turned, letter in zip(quarters, drawn, strict=True) if turned is None
        )
        ways = [turned for turned, _ in found.most_common()] or [0]
        turns = tuple(Turn(one, width, height) for one in ways)
        return cls(turns, quarters, _told(aslant))


def _quarters(raw_page: object, index: int) -> int | None:
    turned = pdfium.raw.FPDFText_GetCharAngle(raw_page, index) / _QUARTER
    nearest = round(turned)
    return None if abs(turned - nearest) * _QUARTER > _MOST_ASLANT else nearest % 4


def _told(text: str) -> str:
    """PDFium gives a letter beyond the first 65,536 in two halves, of which one may be missing."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.split())
