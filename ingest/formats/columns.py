"""Two columns of text whose lines a PDF holds row by row, read one column after the other.

Most files hold a column whole, and PDFium gives it so. Some programs write what stands at one
height together, and a line of the left column would go on in the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium

# So many lines stand beside one another, and so much of the page's text is in such lines.
_LEAST_LINES = 6
_LEAST_SHARE = 0.6
# Lines of text fill their column; the cells of a table without rules do not.
_LEAST_FILLED = 0.6
_NARROWEST_GUTTER = 6.0  # points
_SAME_EDGE = 4.0  # points


@dataclass(frozen=True)
class _Piece:
    """Text of one line between two gaps; places in points from the page's lower left."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    def is_beside(self, other: _Piece) -> bool:
        """Whether another stands on the same line to its right."""
        same_line = abs(self.bottom - other.bottom) < (self.top - self.bottom) / 2
        return same_line and other.left > self.right


def by_columns(page: pdfium.PdfTextPage) -> str:
    """The text of a page with two columns that are held row by row; "" for any other."""
    pieces = list(_pieces(page))
    pairs = [(one, other) for one, other in pairwise(pieces) if one.is_beside(other)]
    if len(pairs) < _LEAST_LINES:
        return ""
    start = Counter(round(other.left) for _, other in pairs).most_common(1)[0][0]
    pairs = [pair for pair in pairs if abs(pair[1].left - start) <= _SAME_EDGE]
    end = max(one.right for one, _ in pairs)
    if 2 * len(pairs) < _LEAST_SHARE * len(pieces) or start - end < _NARROWEST_GUTTER:
        return ""
    if not all(_is_filled([pair[side] for pair in pairs]) for side in (0, 1)):
        return ""
    return "\n".join(_lines(pieces, end, start))


def _pieces(page: pdfium.PdfTextPage) -> Iterator[_Piece]:
    for number in range(page.count_rects()):
        left, bottom, right, top = page.get_rect(number)
        text = page.get_text_bounded(left, bottom, right, top).strip()
        if text:
            yield _Piece(left, bottom, right, top, " ".join(text.split()))


def _is_filled(column: Sequence[_Piece]) -> bool:
    width = max(one.right for one in column) - min(one.left for one in column)
    return median(one.right - one.left for one in column) >= _LEAST_FILLED * width


def _lines(pieces: Sequence[_Piece], end: float, start: float) -> Iterator[str]:
    """The lines of the left column and then those of the right one, between lines that go
    across both."""
    left: list[_Piece] = []
    right: list[_Piece] = []
    for piece in pieces:
        if piece.right <= end + _SAME_EDGE:
            left.append(piece)
        elif piece.left >= start - _SAME_EDGE:
            right.append(piece)
        else:
            yield from _joined((*left, *right))
            left, right = [], []
            yield piece.text
    yield from _joined((*left, *right))


def _joined(column: Sequence[_Piece]) -> Iterator[str]:
    """Lines, with what a change of font has parted put together."""
    line = ""
    before: _Piece | None = None
    for piece in column:
        if before and before.is_beside(piece):
            near = piece.left - before.right < (piece.top - piece.bottom) / 5
            line += piece.text if near else f" {piece.text}"
        else:
            if line:
                yield line
            line = piece.text
        before = piece
    if line:
        yield line
