"""What HWP and HWPX have in common: the parts of a document, and how they are read as blocks.

A reader of either gives paragraphs, with what is anchored in them, in the order of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.seen import Seen as Left
from geungeo.ingest.formats.seen import edge_note
from geungeo.ingest.layout.breaks import typed_entries
from geungeo.ingest.layout.lines import Line, text_width
from geungeo.ingest.layout.paragraphs import Paragraph as Prose
from geungeo.ingest.layout.structure import structured
from geungeo.ingest.layout.words import WordJoiner, ends_sentence
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.documents import marks
from geungeo.lang.documents.marks import is_item

# Styles of the outline are used for body text too: a heading is short and no sentence.
_LONGEST_HEADING = 80
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 90
# Titles are among the first paragraphs, in letters so much larger than the body's.
_HEAD, _LARGER, _MOST_LINES_OF_TITLE = 14, 1.4, 3
_LETTERS = re.compile(r"[^\W\d_]")
_LONGEST_BANNER = 60


@dataclass(frozen=True)
class Shape:
    """What a paragraph is by its style: ``level`` of a heading, from 1, and the ``mark`` of its
    list."""

    level: int = 0
    mark: str = ""
    is_caption: bool = False
    is_contents: bool = False


@dataclass(frozen=True)
class Note:
    """A footnote or an endnote; ``mark`` where its paragraphs do not begin with it."""

    paragraphs: tuple[Paragraph, ...]
    mark: str = ""


@dataclass(frozen=True)
class Box:
    """A text box, or a picture of which only the caption is read."""

    paragraphs: tuple[Paragraph, ...] = ()
    caption: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Table:
    """Cells, each with its place and its paragraphs; ``Cell.text`` is empty."""

    cells: tuple[tuple[Cell, tuple[Paragraph, ...]], ...]
    caption: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Chart:
    blocks: tuple[Block, ...]


Anchored = Note | Box | Table | Chart


@dataclass(frozen=True)
class Paragraph:
    """``pieces`` are its text and what is anchored in it, in their order. ``size`` is the height
    of most of its letters in points, 0 where unknown. ``tops`` are the places of its lines from
    the top of their pages, as they were last laid out."""

    pieces: tuple[str | Anchored, ...]
    shape: Shape = field(default_factory=Shape)
    size: float = 0.0
    new_page: bool = False
    tops: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def written(self) -> str:
        """The text on one line, with the mark of its list."""
        text = " ".join(self.text.split())
        return f"{self.shape.mark} {text}" if self.shape.mark and text else text


@dataclass
class Seen(Left):
    """What of a document is met and not read, and the most ``columns`` that a page has."""

    columns: int = 1

    def edge(self, kind: str, paragraphs: Sequence[Paragraph]) -> None:
        """What stands above or below every page; page numbers alone are not told."""
        text = " ".join(filter(None, map(_with_anchored, paragraphs)))
        told = edge_note(kind, text)
        if _LETTERS.search(text) and told not in self.edges:
            self.edges.append(told)


def hangul_blocks(paragraphs: Sequence[Paragraph], seen: Seen) -> tuple[tuple[Block, ...], int]:
    """The blocks of a document in reading order, and how many pages it has: one where its lines
    do not tell."""
    flow = _Flow()
    is_laid_out = seen.columns == 1 and any(paragraph.tops for paragraph in paragraphs)
    found = _with_titles(list(flow.paged(paragraphs) if is_laid_out else flow.of(paragraphs)))
    words = WordJoiner("\n".join(one.text for one in found))
    return tuple(structured(found, words)), flow.page


class _Flow:
    """Paragraphs and what is anchored in them one after the other; ``page`` is the page that
    has been reached."""

    def __init__(self) -> None:
        self.page = 1

    def paged(self, paragraphs: Sequence[Paragraph]) -> Iterator[Prose | Block]:
        """A line that stands higher than the one before it begins a page."""
        last = 0
        for number, paragraph in enumerate(paragraphs):
            first, *rest = paragraph.tops or (last,)
            self.page += first < last or (paragraph.new_page and number > 0)
            yield from self.of([paragraph])
            for top in rest:
                self.page += top < first
                first = top
            last = first

    def of(self, paragraphs: Sequence[Paragraph]) -> Iterator[Prose | Block]:
        for paragraph in paragraphs:
            before: list[Anchored] = []
            after: list[Anchored] = []
            has_text = False
            for piece in paragraph.pieces:
                if isinstance(piece, str):
                    has_text = has_text or bool(piece.strip())
                else:
                    (after if has_text or isinstance(piece, Note) else before).append(piece)
            yield from self._anchored(before)
            yield from self._text(paragraph)
            yield from self._anchored(after)

    def _text(self, paragraph: Paragraph) -> Iterator[Prose | Block]:
        shape = paragraph.shape
        mark = shape.mark
        for entry in typed_entries(paragraph.text):
            text = f"{mark} {entry}" if mark else entry
            if shape.level and len(text) <= _LONGEST_HEADING and not ends_sentence(text):
                yield Block("heading", text, self.page, shape.level)
            elif shape.is_caption:
                yield Block("caption", text, self.page)
            elif shape.is_contents or (mark and not marks.opens_block(text)):
                yield Block("item", text, self.page)
            else:
                yield self._prose(text, paragraph.size)
            mark = ""

    def _prose(self, text: str, size: float) -> Prose:
        return Prose(text, (Line(text, 0.0, text_width(text), self.page, size=size),))

    def _anchored(self, pieces: Sequence[Anchored]) -> Iterator[Prose | Block]:
        for piece in pieces:
            if isinstance(piece, Note):
                text = " ".join(filter(None, map(_with_anchored, piece.paragraphs)))
                if text:
                    yield Block("note", f"{piece.mark} {text}".strip(), self.page)
            elif isinstance(piece, Chart):
                yield from (replace(block, page=self.page) for block in piece.blocks)
            elif isinstance(piece, Box):
                yield from self.of(piece.paragraphs)
                yield from self._caption(piece.caption)
            else:
                yield from self._caption(piece.caption)
                yield from self._table(piece)

    def _caption(self, paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
        text = " ".join(filter(None, (paragraph.written for paragraph in paragraphs)))
        if text:
            yield Block("caption", text, self.page)

    def _table(self, table: Table) -> Iterator[Prose | Block]:
        filled = [(cell, own) for cell, own in table.cells if _is_filled(own)]
        written = [cell for cell, own in table.cells if _lines(own)]
        is_column = len({cell.column for cell, _ in filled}) <= 1
        if len(written) <= 1 or (is_column and not any(cell.header for cell in written)):
            for _, own in filled:  # A frame around paragraphs, not a table.
                yield from self.of(own)
            return
        if banner := _banner(filled):
            yield self._prose(*banner)
        else:
            yield from table_blocks(_bounded(table), self.page)
        for _, own in filled:
            for paragraph in own:
                yield from self._anchored(
                    [piece for piece in paragraph.pieces if not isinstance(piece, str)]
                )


def _bounded(table: Table) -> Iterator[Cell]:
    """The cells with their text, none of which reaches beyond the last row or column that
    another begins in: what a damaged file says of its cells would fill the memory."""
    last_row = max(cell.row for cell, _ in table.cells)
    last_column = max(cell.column for cell, _ in table.cells)
    for cell, own in table.cells:
        rows = min(cell.rows, last_row - cell.row + 1)
        columns = min(cell.columns, last_column - cell.column + 1)
        yield replace(cell, text=_lines(own), rows=rows, columns=columns)


def _banner(filled: Sequence[tuple[Cell, tuple[Paragraph, ...]]]) -> tuple[str, float] | None:
    """The text and the size of a heading that is laid out as a table of one row."""
    if len(filled) != 2 or filled[0][0].row != filled[1][0].row:
        return None
    number, title = (_lines(own) for _, own in filled)
    if not marks.BANNER.match(number) or len(title) > _LONGEST_BANNER or "\n" in title:
        return None
    if not _LETTERS.search(title) or ends_sentence(title):
        return None
    return f"{number} {title}", max(own.size for own in filled[1][1])


def _is_filled(paragraphs: Sequence[Paragraph]) -> bool:
    return any(
        not isinstance(piece, str) or piece.strip()
        for paragraph in paragraphs
        for piece in paragraph.pieces
    )


def _lines(paragraphs: Sequence[Paragraph]) -> str:
    return "\n".join(filter(None, (paragraph.written for paragraph in paragraphs)))


def _with_anchored(paragraph: Paragraph) -> str:
    """The text of a paragraph with that of the boxes and tables in it, on one line."""
    texts = [paragraph.written]
    for piece in paragraph.pieces:
        if isinstance(piece, Box):
            texts += map(_with_anchored, piece.paragraphs)
        elif isinstance(piece, Table):
            texts += [_with_anchored(one) for _, own in piece.cells for one in own]
    return " ".join(filter(None, texts))


def _body_size(found: Sequence[Prose | Block]) -> float:
    """The height of the commonest letters."""
    letters: Counter[float] = Counter()
    for one in found:
        if isinstance(one, Prose) and one.lines[0].size:
            letters[one.lines[0].size] += len(one.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _with_titles(found: Sequence[Prose | Block]) -> list[Prose | Block]:
    """The largest short paragraphs at the top are titles, the larger the higher; lines of one
    title that follow each other in one size are put together."""
    body = _body_size(found)
    titles: list[tuple[int, int, str, float]] = []
    for place, one in enumerate(found[:_HEAD]):
        if not (isinstance(one, Prose) and body and _may_be_title(one, body)):
            continue
        size = one.lines[0].size
        if titles and titles[-1][1] == place and titles[-1][3] == size and not is_item(one.text):
            start, _, text, _ = titles[-1]
            joined = f"{text} {one.text}"
            if place - start < _MOST_LINES_OF_TITLE and len(joined) <= _LONGEST_TITLE:
                titles[-1] = (start, place + 1, joined, size)
                continue
        titles.append((place, place + 1, one.text, size))
    titles = [title for title in titles if len(title[2]) >= _SHORTEST_TITLE]
    sizes = sorted({size for *_, size in titles}, reverse=True)
    changed = list(found)
    for start, end, text, size in reversed(titles):
        first = changed[start]
        page = first.page
        changed[start:end] = [Block("heading", text, page, sizes.index(size) + 1)]
    return changed


def _may_be_title(one: Prose, body: float) -> bool:
    text = one.text
    return (
        one.lines[0].size >= _LARGER * body
        and len(text) <= _LONGEST_TITLE
        and 2 * len(_LETTERS.findall(text)) >= len(text)
        and not is_item(text)
        and not marks.is_numbered(text)
    )
