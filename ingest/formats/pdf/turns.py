"""Which way the text of a page stands: a table across a sheet is read with the page turned."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium

Place = tuple[float, float, float, float]
"""Left, top, right and bottom."""

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

    def place(self, left: float, bottom: float, right: float, top: float) -> Place:
        (x, y), (other_x, other_y) = self.point(left, bottom), self.point(right, top)
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


@dataclass(frozen=True)
class Standing:
    """The ways in which a page has text, that of most of it first, upright where there is none;
    and the letters that stand aslant, as those of a watermark do."""

    turns: tuple[Turn, ...]
    aslant: str

    @classmethod
    def of(cls, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Standing:
        width, height = page.get_size()
        if page.get_rotation() in (90, 270):
            width, height = height, width
        found = Counter[int]()
        aslant = ""
        for index in range(text_page.count_chars()):
            letter = chr(pdfium.raw.FPDFText_GetUnicode(text_page.raw, index))
            quarters = quarters_of(text_page.raw, index)
            if quarters is None:
                aslant += letter
            elif not letter.isspace():
                found[quarters] += 1
        ways = [quarters for quarters, _ in found.most_common()] or [0]
        return cls(tuple(Turn(one, width, height) for one in ways), " ".join(aslant.split()))


def quarters_of(raw_page: object, index: int) -> int | None:
    """The quarters by which a letter is turned clockwise; none of one that stands aslant."""
    turned = pdfium.raw.FPDFText_GetCharAngle(raw_page, index) / _QUARTER
    nearest = round(turned)
    return None if abs(turned - nearest) * _QUARTER > _MOST_ASLANT else nearest % 4
