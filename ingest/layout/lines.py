"""Lines as a page shows them, before anything is known of its paragraphs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SPACE, _NARROW, _DIGIT, _SMALL, _CAPITAL = 0.32, 0.32, 0.55, 0.52, 0.66
_NARROW_MARKS = frozenset(".,;:'\"·!|()[]ilI‘’“”")


@dataclass(frozen=True)
class Line:
    """``left`` and ``right`` in one unit for all lines of a document: points where the page
    tells them, else the widths of its letters (``text_width``). ``gap`` is the white space
    above it in lines of text, and ``size`` the height of its letters, 0 where unknown.
    ``margin`` is where its column ends, 0 where unknown; ``is_framed`` tells that a box ends it."""

    text: str
    left: float
    right: float
    page: int = 1
    gap: float = 0.0
    size: float = 0.0
    margin: float = 0.0
    is_framed: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


def text_width(text: str) -> float:
    """About how wide a text is in a proportional font, in widths of a Hangul syllable."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter == " ":
        return _SPACE
    if letter in _NARROW_MARKS:
        return _NARROW
    if letter.isascii():
        if letter.isdigit():
            return _DIGIT
        return _CAPITAL if letter.isupper() else _SMALL
    return 1.0 if unicodedata.east_asian_width(letter) in "WFA" else _SMALL
