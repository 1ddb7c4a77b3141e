"""Paragraphs from lines: which line goes on with the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.layout.lines import Line
from ingest.layout.marks import BARE_NUMBER, opens_block
from ingest.layout.words import WordJoiner, ends_sentence

# A full line reaches so much of the width that lines around it have.
_FULL = 0.84
_FULL_ON_PAGE = 0.7
# A line that ends in the midst of a clause goes on even when it is so much shorter.
_HALF = 0.45
# Narrower than this nothing is wrapped: cells, labels, names. In widths of a syllable.
_NARROWEST = 8.0
_BODY = 90  # percentile of the widths on a page
# Steps of the white space above a line that part paragraphs, as shares of a line.
_GAP = 0.6
_OTHER_SIZE = 0.12
_DATE_HEAD = re.compile(r"(?:19|20)\d\d\s?\.(?:\s?\d{1,2}\s?\.)?$|['’]\d\d\.(?:\s?\d{1,2}\.)?$")


@dataclass(frozen=True)
class Paragraph:
    """Lines that are read as one; ``lines`` are as they stand on the page."""

    text: str
    lines: tuple[Line, ...]

    @property
    def page(self) -> int:
        return self.lines[0].page


def paragraphs(lines: Sequence[Line], words: WordJoiner) -> Iterator[Paragraph]:
    """The paragraphs of a document's lines, in their order; over pages too."""
    measures = _Measures.of(lines)
    open_lines: list[Line] = []
    text = ""
    for line in lines:
        if open_lines and _goes_on(open_lines, text, line, measures, words):
            text = words.joined(text, line.text)
            open_lines.append(line)
            continue
        if open_lines:
            yield Paragraph(text, tuple(open_lines))
        text, open_lines = line.text, [line]
    if open_lines:
        yield Paragraph(text, tuple(open_lines))


@dataclass(frozen=True)
class _Measures:
    """What is usual in a document. ``body`` is the width of full lines by page, and ``space``
    the usual white space above a line."""

    body: dict[int, float]
    space: float
    unit: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Measures:
        by_page: dict[int, list[float]] = {}
        for line in lines:
            by_page.setdefault(line.page, []).append(line.width)
        gaps = [line.gap for line in lines if line.gap > 0]
        sizes = [line.size for line in lines if line.size]
        return cls(
            {page: float(np.percentile(own, _BODY)) for page, own in by_page.items()},
            float(np.median(gaps)) if gaps and sizes else 0.0,
            float(np.median(sizes)) if sizes else 1.0,
        )


def _goes_on(
    before: Sequence[Line], text: str, line: Line, measures: _Measures, words: WordJoiner
) -> bool:
    last = before[-1]
    unfinished = _is_full(last, line, measures) and not ends_sentence(text)
    if opens_block(line.text) and not (
        _is_broken_date(last.text, line.text)
        or (unfinished and BARE_NUMBER.match(line.text) and len(before) > 1)
    ):
        return False
    if _is_row(last.text) or _is_row(line.text):
        return False
    if last.size and line.size and abs(last.size - line.size) > _OTHER_SIZE * last.size:
        return False
    if last.width < _NARROWEST * measures.unit:
        return False
    new_page = line.page != last.page
    parted = line.gap > measures.space + _GAP and not new_page
    if parted:
        # A blank line within a sentence is one of a converter, after a full line only.
        return _is_full(last, line, measures) and words.goes_on(text)
    if _is_full(last, line, measures):
        return not (ends_sentence(text) and (new_page or _is_indented(before, line)))
    return _is_half(last, measures) and words.goes_on(text)


def _is_full(last: Line, line: Line, measures: _Measures) -> bool:
    if last.margin:
        first_word = line.text.split(" ", 1)[0]
        share = line.width / max(len(line.text), 1)
        return last.right + share * (len(first_word) + 1) > last.margin - last.size / 2
    body = measures.body.get(last.page, 0.0)
    return last.width >= _FULL_ON_PAGE * body and last.width >= _FULL * min(line.width, body)


def _is_half(last: Line, measures: _Measures) -> bool:
    body = (last.margin - last.left) if last.margin else measures.body.get(last.page, 0.0)
    return last.width >= _HALF * body


def _is_indented(before: Sequence[Line], line: Line) -> bool:
    """Whether a line begins further in than the lines before it, as a new paragraph does."""
    return line.left > before[-1].left + (before[-1].size or 1.0) / 2


def _is_row(text: str) -> bool:
    return "\t" in text or (text.startswith("|") and text.endswith("|"))


def _is_broken_date(before: str, after: str) -> bool:
    """2024. | 7. 30. and 2024. 7. | 30."""
    return after[:1].isdigit() and bool(_DATE_HEAD.search(before.rstrip()))

