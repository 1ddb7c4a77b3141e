"""Running heads, feet and page numbers: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from geungeo.ingest.layout.lines import Line
from geungeo.ingest.layout.paragraphs import Piece
from geungeo.ingest.layout.words import ends_sentence
from geungeo.lang.documents.pages import PAGE_NUMBER

# Lines at the top and at the bottom of a page that may be its head or foot.
_EDGE = 4
_LEAST_SHARE = 0.3
_NUMBERS = re.compile(r"\d+|[ivxlc]{1,6}(?=\W*$)")
_LEAST_LINES = 3
# A line on so many of so many pages is none of their text.
_LONGER, _MOST = 6, 0.6


def without_furniture(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The pages without lines that stand at the edges of several of them, numbers aside, and
    without page numbers alone on a line."""
    if len(pages) < 2:
        return [list(page) for page in pages]
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(page[i]) for i in _edges(page)})
    least = max(2, round(_LEAST_SHARE * len(pages)))
    repeated = {shape for shape, count in seen.items() if shape and count >= least}
    everywhere = _everywhere(pages)
    return [
        [line for i, line in enumerate(page) if i not in own and _shape(line) not in everywhere]
        for page in pages
        for own in [_own(page, repeated)]
    ]


def _everywhere(pages: Sequence[Sequence[Piece]]) -> set[str]:
    """What stands on most pages of a longer document wherever it stands: tabs at the side."""
    if len(pages) < _LONGER:
        return set()
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in page})
    return {shape for shape, count in seen.items() if shape and count >= _MOST * len(pages)}


def _own(page: Sequence[Piece], repeated: set[str]) -> set[int]:
    """The lines of a page that are furniture: from either edge up to the first that is not."""
    size = len(page)
    found: set[int] = set()
    for way in (range(min(_EDGE, size)), range(size - 1, max(size - 1 - _EDGE, -1), -1)):
        for i in way:
            is_number = size > _LEAST_LINES and bool(PAGE_NUMBER.match(_words(page[i])))
            if not is_number and _shape(page[i]) not in repeated:
                break
            found.add(i)
    return found if len(found) < size else set()


def _edges(page: Sequence[Piece]) -> Iterator[int]:
    size = len(page)
    yield from {*range(min(_EDGE, size)), *range(max(size - _EDGE, 0), size)}


def _words(piece: Piece) -> str:
    return piece.text if isinstance(piece, Line) else ""


def _shape(piece: Piece) -> str:
    """What is the same of a running line on every page: its letters, and its numbers only in a
    whole sentence, which no running line counts in; "" for what is too short to be told."""
    text = _words(piece)
    if not ends_sentence(text):
        text = _NUMBERS.sub("#", text)
    bare = re.sub(r"\s+", "", text)
    return bare if len(bare) > 1 else ""
