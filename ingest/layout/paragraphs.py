"""Paragraphs from lines: which line goes on with the one before it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geungeo.ingest.layout.lines import Line
from geungeo.ingest.layout.page import Table
from geungeo.ingest.layout.words import WordJoiner, ends_sentence, is_hyphenated, is_quoting
from geungeo.lang.documents.marks import AMBIGUOUS, FOOTNOTE, LABELLED, opens_block

# A full line reaches so much of the width that lines around it have.
_FULL = 0.84
_FULL_ON_PAGE = 0.7
# A line that ends in the midst of a clause goes on even when it is so much shorter.
_HALF = 0.45
# Narrower than this nothing is wrapped: cells, labels, names. In widths of a syllable.
_NARROWEST = 8.0
_LEAST_BODY = 14.0
# No page is wider than this: lines that reach further are paragraphs that nobody has wrapped.
_WIDEST = 80.0
_BODY = 90  # percentile of the widths on a page
# Steps of the white space above a line that part paragraphs, as shares of a line.
_GAP = 0.6
_OTHER_SIZE = 0.12
_JUSTIFIED = 0.6
_OF_OTHER_PAGES = 0.75
_TAIL, _LONGEST_TAIL = 400, 2000
_DATE_HEAD = re.compile(r"(?:19|20)\d\d\s?\.(?:\s?\d{1,2}\s?\.)?$|['’]\d\d\.(?:\s?\d{1,2}\.)?$")


@dataclass(frozen=True)
class Paragraph:
    """Lines that are read as one; ``lines`` are as they stand on the page."""

    text: str
    lines: tuple[Line, ...]
    is_note: bool = False

    @property
    def page(self) -> int:
        return self.lines[0].page


Piece = Line | Table
"""What a page has in reading order."""


def paragraphs(
    pieces: Sequence[Piece], notes: Mapping[int, Sequence[Line]], words: WordJoiner
) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of a document, in their order; over pages too.

    ``notes`` are the lines of footnotes by page. They, and a table that stands within a
    sentence, follow the paragraph.
    """
    measures = _Measures.of([piece for piece in pieces if isinstance(piece, Line)])
    waiting = dict(notes)
    now = _Open(measures, words)

    def closed(page: int) -> Iterator[Paragraph | Table]:
        """What is open, and the footnotes of the pages before one."""
        yield from now.closed()
        for noted in sorted(noted for noted in waiting if noted < page):
            yield from _footnotes(waiting.pop(noted), words)

    for piece in pieces:
        if now.takes(piece):
            now.add(piece)
            continue
        yield from closed(piece.page)
        if isinstance(piece, Table):
            yield piece
        else:
            now.begin(piece)
    yield from closed(sys.maxsize)


class _Open:
    """A paragraph that is being put together, with the tables that stand within it."""

    def __init__(self, measures: _Measures, words: WordJoiner) -> None:
        self._measures = measures
        self._words = words
        self._lines: list[Line] = []
        self._tables: list[Table] = []
        # All of it but its end, by which alone it is told whether it goes on.
        self._done: list[str] = []
        self._text = ""

    def takes(self, piece: Piece) -> bool:
        """Whether a paragraph is open that goes on with a line, or around a table."""
        if not self._lines:
            return False
        if isinstance(piece, Table):
            return self._words.goes_on(self._text)
        # Lines that are sentences of their own make no paragraph without an end.
        is_long = bool(self._done) and ends_sentence(self._text)
        return not is_long and _goes_on(self._lines, self._text, piece, self._measures, self._words)

    def begin(self, line: Line) -> None:
        self._text = line.text
        self._lines.append(line)

    def add(self, piece: Piece) -> None:
        if isinstance(piece, Table):
            self._tables.append(piece)
            return
        if len(self._text) > _LONGEST_TAIL:
            self._done.append(self._text[:-_TAIL])
            self._text = self._text[-_TAIL:]
        self._text = self._words.joined(self._text, piece.text)
        self._lines.append(piece)

    def closed(self) -> Iterator[Paragraph | Table]:
        if self._lines:
            yield Paragraph("".join((*self._done, self._text)), tuple(self._lines))
        yield from self._tables
        for kept in (self._lines, self._tables, self._done):
            kept.clear()


def _footnotes(lines: Sequence[Line], words: WordJoiner) -> Iterator[Paragraph]:
    """Footnotes one by one: all their lines up to the next mark."""
    own: list[Line] = []
    text = ""
    for line in lines:
        if own and not FOOTNOTE.match(line.text):
            text = words.joined(text, line.text)
            own.append(line)
            continue
        if own:
            yield Paragraph(text, tuple(own), is_note=True)
        text, own = line.text, [line]
    if own:
        yield Paragraph(text, tuple(own), is_note=True)


@dataclass(frozen=True)
class _Measures:
    """What is usual in a document: ``body`` is the width of full lines by page, ``space`` the
    usual white space above a line, ``unit`` the usual height of one, and ``justified`` are the
    pages whose lines end at their column's edge."""

    body: dict[int, float]
    space: float
    unit: float
    justified: frozenset[int]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Measures:
        by_page: dict[int, list[Line]] = {}
        for line in lines:
            by_page.setdefault(line.page, []).append(line)
        gaps = [line.gap for line in lines if line.gap > 0]
        sizes = [line.size for line in lines if line.size]
        body = {
            page: float(np.percentile([line.width for line in own], _BODY))
            for page, own in by_page.items()
        }
        # A cover or a page of captions has no full lines of its own.
        least = _OF_OTHER_PAGES * float(np.median(list(body.values()))) if body else 0.0
        return cls(
            {page: max(width, least) for page, width in body.items()},
            float(np.median(gaps)) if gaps and sizes else 0.0,
            float(np.median(sizes)) if sizes else 1.0,
            frozenset(page for page, own in by_page.items() if _are_justified(own)),
        )


def _are_justified(lines: Sequence[Line]) -> bool:
    at_edge = sum(bool(line.margin) and line.margin - line.right < line.size for line in lines)
    return at_edge > _JUSTIFIED * len(lines)


def _goes_on(
    before: Sequence[Line], text: str, line: Line, measures: _Measures, words: WordJoiner
) -> bool:
    last = before[-1]
    is_full = _is_full(last, line, measures)
    unfinished = is_full and not ends_sentence(text)
    is_broken_date = _is_broken_date(last.text, line.text)
    if opens_block(line.text) and not (
        is_broken_date or (unfinished and (AMBIGUOUS.match(line.text) or is_quoting(text)))
    ):
        return False
    if _is_row(last.text) or _is_row(line.text):
        return False
    if LABELLED.match(line.text) and LABELLED.match(before[0].text):
        return False
    if last.size and line.size and abs(last.size - line.size) > _OTHER_SIZE * last.size:
        return False
    if (is_broken_date and is_full) or is_hyphenated(last.text, line.text):
        return True
    if last.width < _NARROWEST * measures.unit:
        return False
    new_page = line.page != last.page
    parted = line.gap > measures.space + _GAP and not new_page
    if parted:
        # A blank line within a sentence is a page's end; a headline stands on one line.
        within = len(before) > 1 and words.goes_on(text)
        open_ended = within or words.part_a_word(text, line.text)
        return is_full and open_ended
    if is_full:
        if ends_sentence(text):
            unwrapped = not last.margin and last.width > _WIDEST * measures.unit
            return not (new_page or unwrapped or _is_indented(before, line))
        return words.goes_on(text) or not words.begins_sentence(line.text)
    return _is_half(last, measures) and words.goes_on(text)


def _is_full(last: Line, line: Line, measures: _Measures) -> bool:
    """Whether a line ends because there was no room for more. In a box, and where lines reach
    their column's edge, it does when the next word had no place; elsewhere when it is about as
    wide as the lines around."""
    if last.is_framed or last.page in measures.justified:
        first_word = line.text.split(" ", 1)[0]
        letter = line.width / max(len(line.text), 1)
        return last.right + letter * (len(first_word) + 1) > last.margin - last.size / 2
    body = measures.body.get(last.page, 0.0)
    if body < _LEAST_BODY * measures.unit:
        return False
    return last.width >= _FULL_ON_PAGE * body and last.width >= _FULL * min(line.width, body)


def _is_half(last: Line, measures: _Measures) -> bool:
    return last.width >= _HALF * measures.body.get(last.page, 0.0)


def _is_indented(before: Sequence[Line], line: Line) -> bool:
    """Whether a line begins further in than the lines before it, as a new paragraph does."""
    return line.left > before[-1].left + (before[-1].size or 1.0) / 2


def _is_row(text: str) -> bool:
    return "\t" in text or (text.startswith("|") and text.endswith("|"))


def _is_broken_date(before: str, after: str) -> bool:
    """2024. | 7. 30. and 2024. 7. | 30."""
    return after[:1].isdigit() and bool(_DATE_HEAD.search(before.rstrip()))
