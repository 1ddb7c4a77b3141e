"""The paragraphs of an HWP 5 section, with what is anchored in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geungeo.ingest.formats.hangul.document import (
    Anchored,
    Box,
    Note,
    Paragraph,
    Seen,
    Table,
)
from geungeo.ingest.formats.hangul.hwp5_records import (
    CTRL_HEADER,
    EQUATION,
    LIST_HEADER,
    MEMO_LIST,
    OBJECTS,
    PARA_CHAR_SHAPE,
    PARA_HEADER,
    PARA_LINE_SEG,
    PARA_TEXT,
    PICTURE,
    SHAPE_COMPONENT,
    Record,
    decoded,
)
from geungeo.ingest.formats.hangul.hwp5_records import TABLE as TABLE_RECORD
from geungeo.ingest.formats.hangul.hwp5_styles import Styles
from geungeo.ingest.formats.hangul.lists import form_of, written_number
from geungeo.ingest.tables import Cell

# Control characters of eight places: those of the first set have a record of their own.
_EXTENDED = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
_INLINE = frozenset((4, 5, 6, 7, 8, 9, 19, 20))
_FIELD_BEGIN, _FIELD_END, _TAB = 3, 4, 9
_LETTERS = {10: "\n", 24: "-", 30: " ", 31: " "}
_PLACES = 8
_NEW_PAGE = 0x04
_TITLE_CELL = 1 << 18
_CELL = 8  # Where a cell's place begins in its list header.
_MOST_ROWS, _MOST_COLUMNS = 20_000, 255
_LINE = 36  # Bytes of a line's place.
_FOOTNOTE, _ENDNOTE = 1, 2
_DIRECTION = re.compile(r"Direction:wstring:\d+:(.*?)(?: HelpState:| Name:wstring:|$)", re.S)


@dataclass
class _Pieces:
    """A paragraph while it is read; ``fields`` as in HWPX."""

    found: list[str | Anchored] = field(default_factory=list)
    letters: Counter[float] = field(default_factory=Counter)
    fields: list[tuple[int, str]] = field(default_factory=list)


class Section:
    """Reads one section from its records."""

    def __init__(self, roots: Sequence[Record], styles: Styles, seen: Seen) -> None:
        self._roots = roots
        self._styles = styles
        self._seen = seen

    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self._paragraphs(self._roots)

    def _paragraphs(self, found: Sequence[Record]) -> tuple[Paragraph, ...]:
        return tuple(self._paragraph(record) for record in found if record.tag == PARA_HEADER)

    def _paragraph(self, header: Record) -> Paragraph:
        text = next((r.data for r in header.within if r.tag == PARA_TEXT), b"")
        controls = iter([r for r in header.within if r.tag == CTRL_HEADER])
        shapes = next((r for r in header.within if r.tag == PARA_CHAR_SHAPE), None)
        sizes = list(self._sizes(shapes))
        shape = self._styles.shape(header)
        pieces = _Pieces()
        at = 0
        for place, stretch in _stretches(text):
            while at + 1 < len(sizes) and sizes[at + 1][0] <= place:
                at += 1
            if isinstance(stretch, str):
                pieces.found.append(stretch)
                pieces.letters[sizes[at][1] if sizes else 0.0] += len(stretch.strip())
            elif stretch in _EXTENDED:
                control = next(controls, None)
                if control is not None:
                    self._control(control, pieces)
            elif stretch == _FIELD_END:
                _close_field(pieces)
        for control in controls:  # Of a text that is cut off.
            self._control(control, pieces)
        # The last paragraph of a section is followed by its comments or its pages' background.
        if all(record.tag != MEMO_LIST for record in header.within):
            self._seen.edge("background", self._paragraphs(header.within))
        size = pieces.letters.most_common(1)[0][0] if pieces.letters else 0.0
        new_page = bool(header.number(11, "B") & _NEW_PAGE)
        tops = tuple(
            line.number(at, "i")
            for line in header.within
            if line.tag == PARA_LINE_SEG
            for at in range(4, len(line.data), _LINE)
        )
        return Paragraph(tuple(pieces.found), shape, size, new_page, tops)

    def _sizes(self, shapes: Record | None) -> Iterator[tuple[int, float]]:
        """Where letters of another shape begin, and their height."""
        for at in range(0, len(shapes.data) - 7 if shapes else 0, 8):
            assert shapes is not None
            yield shapes.number(at), self._styles.size(shapes.number(at + 4))

    def _control(self, control: Record, pieces: _Pieces) -> None:
        name = control.data[3::-1].decode("latin-1")
        within = control.within
        if name == "tbl ":
            pieces.found.append(self._table(control))
        elif name in ("fn  ", "en  "):
            paragraphs = self._paragraphs(within)
            has_mark = any(_auto_numbers(within))
            number = control.number(4)
            pieces.found.append(Note(paragraphs, f"{number})" if number and not has_mark else ""))
        elif name in ("head", "foot"):
            self._seen.edge("header" if name == "head" else "footer", self._paragraphs(within))
        elif name == "tcmt":
            self._seen.comments += 1
        elif name == "gso ":
            pieces.found.append(self._shape(control))
        elif name == "eqed":
            scripts = [_equation(record) for record in within if record.tag == EQUATION]
            pieces.found.append(f" {' '.join(scripts)} ")
        elif name == "secd":
            self._styles.lists.outline = str(control.number(18, "H"))
            self._seen.edge("background", self._paragraphs(within))
        elif name == "cold":
            columns = control.number(4, "H") >> 2 & 0xFF
            self._seen.columns = max(self._seen.columns, columns)
        elif name.startswith("%"):
            self._seen.comments += name == "%%me"
            pieces.fields.append((len(pieces.found), _direction(name, control)))
        else:
            pieces.found.append(_inline(name, control))

    def _table(self, control: Record) -> Table:
        cells: list[tuple[Cell, tuple[Paragraph, ...]]] = []
        caption: tuple[Paragraph, ...] = ()
        is_cell = False
        for header, own in _lists(control.within):
            if header is None:
                is_cell = True
            elif is_cell:
                cells.append((_cell(header), self._paragraphs(own)))
            else:
                caption = self._paragraphs(own)
        return Table(tuple(cells), caption)

    def _shape(self, control: Record) -> Box:
        """The text of a shape, or of all shapes in a group; a list before them is the caption."""
        caption: list[Paragraph] = []
        for header, own in _lists(control.within):
            if header is not None:
                caption += self._paragraphs(own)
        found: list[Paragraph] = []
        waiting = [record for record in control.within if record.tag == SHAPE_COMPONENT]
        while waiting:
            record = waiting.pop(0)
            waiting = [r for r in record.within if r.tag == SHAPE_COMPONENT] + waiting
            found += self._paragraphs(record.within)
            self._seen.pictures += sum(r.tag == PICTURE for r in record.within)
            self._seen.objects += sum(r.tag in OBJECTS for r in record.within)
        return Box(tuple(found), tuple(caption))


def _stretches(text: bytes) -> Iterator[tuple[int, str | int]]:
    """The text of a paragraph in stretches and its control characters by their codes, each with
    its place."""
    units = memoryview(text[: len(text) // 2 * 2]).cast("H")
    start = at = 0
    while at < len(units):
        code = units[at]
        if code >= 32:
            at += 1
            continue
        if at > start:
            yield start, decoded(text[2 * start : 2 * at])
        if code in _EXTENDED or code in _INLINE:
            yield at, "\t" if code == _TAB else code
            at += _PLACES
        else:
            if code in _LETTERS:
                yield at, _LETTERS[code]
            at += 1
        start = at
    if at > start:
        yield start, decoded(text[2 * start : 2 * at])


def _lists(found: Sequence[Record]) -> Iterator[tuple[Record | None, list[Record]]]:
    """The lists of paragraphs in a control: each header with its paragraphs, which follow it or
    lie within it. ``None`` stands for the record of the table between the caption and the
    cells."""
    header: Record | None = None
    own: list[Record] = []
    for record in found:
        if record.tag in (LIST_HEADER, TABLE_RECORD):
            if header is not None:
                yield header, own
            header, own = (record, list(record.within)) if record.tag == LIST_HEADER else (None, [])
            if header is None:
                yield None, []
        else:
            own.append(record)
    if header is not None:
        yield header, own


def _cell(header: Record) -> Cell:
    column, row, columns, rows = (header.number(_CELL + 2 * n, "H") for n in range(4))
    return Cell(
        "",
        min(row, _MOST_ROWS),
        min(column, _MOST_COLUMNS),
        max(1, min(rows, _MOST_ROWS)),
        max(1, min(columns, _MOST_COLUMNS)),
        bool(header.number(4) & _TITLE_CELL),
    )


def _auto_numbers(found: Sequence[Record]) -> Iterator[Record]:
    for record in found:
        for control in record.within:
            if control.tag == CTRL_HEADER and control.data[:4] == b"onta":
                yield control


def _inline(name: str, control: Record) -> str:
    """What is written where a control without paragraphs stands."""
    if name == "tdut":
        main, at = control.text(4)
        above, _ = control.text(at)
        return f"{main}({above})" if above else main
    if name == "tcps":
        return control.text(4)[0]
    if name != "atno":
        return ""
    about = control.number(4)
    kind = about & 0xF
    if kind == 0:  # Of pages.
        return ""
    written = written_number(control.number(8, "H", 1), form_of(about >> 4 & 0xFF))
    if kind not in (_FOOTNOTE, _ENDNOTE):
        return written
    own, before, after = (_letter(control.number(at, "H")) for at in (10, 12, 14))
    return f"{before}{own or written}{after}"


def _letter(code: int) -> str:
    return chr(code) if code >= 32 else ""


def _equation(record: Record) -> str:
    return " ".join(re.sub(r"[~`]", " ", record.text(4)[0]).split())


def _direction(name: str, control: Record) -> str:
    """The words that a field to fill in shows while it is empty."""
    if name != "%clk":
        return ""
    match = _DIRECTION.search(control.text(9)[0])
    return match[1].strip() if match else ""


def _close_field(pieces: _Pieces) -> None:
    if not pieces.fields:
        return
    start, direction = pieces.fields.pop()
    filled = "".join(piece for piece in pieces.found[start:] if isinstance(piece, str))
    if direction and filled.strip() == direction:
        pieces.found[start:] = [one for one in pieces.found[start:] if not isinstance(one, str)]
