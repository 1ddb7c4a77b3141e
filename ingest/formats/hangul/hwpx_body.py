"""The paragraphs of an HWPX section (OWPML, KS X 6101), with what is anchored in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from geungeo.ingest.formats.hangul.document import (
    Anchored,
    Box,
    Chart,
    Note,
    Paragraph,
    Seen,
    Shape,
    Table,
)
from geungeo.ingest.formats.hangul.hwpx_styles import Styles
from geungeo.ingest.formats.hangul.lists import written_number
from geungeo.ingest.formats.packaged.graphics import chart_blocks
from geungeo.ingest.formats.packaged.package import (
    Element,
    attribute,
    child,
    children,
    descendants,
    local,
    whole,
)
from geungeo.ingest.tables import Cell

_SPACES = {"tab": " ", "nbSpace": " ", "fwSpace": " ", "lineBreak": "\n", "hyphen": "-"}
# What draws; text within is in drawText, groups nest.
_SHAPES = frozenset("rect ellipse arc polygon curve line connectLine textart container".split())
_PICTURES = frozenset(("pic",))
_OBJECTS = frozenset(("ole", "video", "unknownObject"))
_BUTTONS = frozenset(("checkBtn", "radioBtn", "btn"))
_MOST_ROWS, _MOST_COLUMNS = 20_000, 255
_DIRECTION = re.compile(r"Direction:wstring:\d+:(.*?)(?: HelpState:| Name:wstring:|$)", re.S)


@dataclass
class _Pieces:
    """A paragraph while it is read. ``fields`` are the open ones: where each began, and the
    words that stand in it until somebody fills it in."""

    found: list[str | Anchored] = field(default_factory=list)
    letters: Counter[float] = field(default_factory=Counter)
    fields: list[tuple[int, str]] = field(default_factory=list)
    ends_deleted: bool = False

    def text(self, text: str, size: float = 0.0) -> None:
        if text:
            self.found.append(text)
            self.letters[size] += len(text.strip())


class Section:
    """Reads one section; ``xml`` gives another part of the file."""

    def __init__(
        self, root: Element, styles: Styles, seen: Seen, xml: Callable[[str], Element | None]
    ) -> None:
        self._root = root
        self._styles = styles
        self._seen = seen
        self._xml = xml
        self._closing = {_change(e) for e in descendants(root, "deleteEnd")}
        self._deleting: set[str] = set()
        outline = next(descendants(root, "secPr"), None)
        styles.lists.outline = attribute(outline, "outlineShapeIDRef") or styles.lists.outline

    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self._paragraphs(self._root)

    def _paragraphs(self, container: Element | None) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        goes_on = False
        for element in children(container, "p"):
            paragraph, ends_deleted = self._paragraph(element)
            if goes_on and found:
                found[-1] = replace(found[-1], pieces=(*found[-1].pieces, *paragraph.pieces))
            else:
                found.append(paragraph)
            goes_on = ends_deleted
        return tuple(found)

    def _paragraph(self, element: Element) -> tuple[Paragraph, bool]:
        shape = self._styles.shape(element)
        pieces = _Pieces()
        for run in children(element, "run"):
            size = self._styles.sizes.get(attribute(run, "charPrIDRef"), 0.0)
            for part in run:
                self._part(part, size, pieces)
        # A deletion that is never closed ends with its paragraph.
        self._deleting &= self._closing
        size = pieces.letters.most_common(1)[0][0] if pieces.letters else 0.0
        new_page = attribute(element, "pageBreak") == "1"
        tops = tuple(
            whole(attribute(e, "vertpos"))
            for e in children(child(element, "linesegarray"), "lineseg")
        )
        paragraph = Paragraph(tuple(pieces.found), shape, size, new_page, tops)
        return paragraph, pieces.ends_deleted

    def _part(self, element: Element, size: float, pieces: _Pieces) -> None:
        name = local(element)
        if name == "t":
            self._text(element, size, pieces)
        elif name == "ctrl":
            for control in element:
                self._control(control, size, pieces)
        elif name == "switch":
            branch = child(element, "case")
            for part in branch if branch is not None else children(child(element, "default")):
                self._part(part, size, pieces)
        elif not self._deleting:
            self._anchored(name, element, size, pieces)

    def _anchored(self, name: str, element: Element, size: float, pieces: _Pieces) -> None:
        if name == "tbl":
            pieces.found.append(self._table(element))
        elif name in _SHAPES:
            pieces.found.append(self._box(element))
        elif name == "chart":
            self._chart(element, pieces)
        elif name in _PICTURES or name in _OBJECTS:
            self._seen.pictures += name in _PICTURES
            self._seen.objects += name in _OBJECTS
            pieces.found.append(Box(caption=self._caption(element)))
        else:
            pieces.text(_inline(name, element), size)

    def _text(self, element: Element, size: float, pieces: _Pieces) -> None:
        """A run's text: what follows an element within it is its tail."""
        self._say(element.text, size, pieces)
        for part in element:
            name = local(part)
            if name == "deleteBegin":
                self._deleting.add(_change(part))
                self._seen.deleted += 1
            elif name == "deleteEnd":
                self._deleting.discard(_change(part))
                pieces.ends_deleted = attribute(part, "paraend") == "1"
            elif name == "insertBegin":
                self._seen.inserted += 1
            elif name in _SPACES:
                self._say(_SPACES[name], size, pieces, is_break=True)
            self._say(part.tail, size, pieces)

    def _say(self, text: str | None, size: float, pieces: _Pieces, is_break: bool = False) -> None:
        if text and not self._deleting:
            pieces.text(text if is_break else text.replace("\n", " "), size)

    def _control(self, element: Element, size: float, pieces: _Pieces) -> None:
        name = local(element)
        within = child(element, "subList")
        if name in ("footNote", "endNote"):
            if self._deleting:
                return
            paragraphs = self._paragraphs(within)
            has_mark = next(descendants(within, "autoNum"), None) is not None
            number = attribute(element, "number")
            pieces.found.append(Note(paragraphs, "" if has_mark or not number else f"{number})"))
        elif name in ("header", "footer"):
            self._seen.edge(name, self._paragraphs(within))
        elif name == "hiddenComment":
            self._seen.comments += 1
        elif name == "fieldBegin":
            self._seen.comments += attribute(element, "type") == "MEMO"
            pieces.fields.append((len(pieces.found), _direction(element)))
        elif name == "fieldEnd" and pieces.fields:
            start, direction = pieces.fields.pop()
            filled = "".join(piece for piece in pieces.found[start:] if isinstance(piece, str))
            if direction and filled.strip() == direction:
                pieces.found[start:] = [one for one in pieces.found[start:] if type(one) is not str]
        elif name == "colPr":
            columns = whole(attribute(element, "colCount"), 1, 1, 255)
            self._seen.columns = max(self._seen.columns, columns)
        elif name == "autoNum" and not self._deleting:
            pieces.text(_auto_number(element), size)

    def _table(self, element: Element) -> Table:
        cells = []
        for row_number, row in enumerate(children(element, "tr")):
            column = 0
            for cell in children(row, "tc"):
                place = _place(cell, row_number, column)
                column = place.column + place.columns
                cells.append((place, self._paragraphs(child(cell, "subList"))))
        return Table(tuple(cells), self._caption(element))

    def _caption(self, element: Element) -> tuple[Paragraph, ...]:
        return self._paragraphs(child(element, "caption", "subList"))

    def _box(self, element: Element) -> Box:
        """The text of a shape, or of all shapes in a group."""
        found = list(self._paragraphs(child(element, "drawText", "subList")))
        if said := attribute(element, "text") if local(element) == "textart" else "":
            found.append(Paragraph((said,), Shape()))
        for part in element:
            if local(part) in _SHAPES:
                found.append(Paragraph((self._box(part),)))
            elif local(part) in _PICTURES:
                self._seen.pictures += 1
        return Box(tuple(found), self._caption(element))

    def _chart(self, element: Element, pieces: _Pieces) -> None:
        root = self._xml(attribute(element, "chartIDRef"))
        blocks = chart_blocks(root) if root is not None else []
        if blocks:
            pieces.found.append(Chart(tuple(blocks)))
        else:
            self._seen.others.append("a chart left out: it holds no text")
        pieces.found.append(Box(caption=self._caption(element)))


def _inline(name: str, element: Element) -> str:
    """What is written where an element without paragraphs of its own stands."""
    if name == "equation":
        return f" {equation_text(_own(child(element, 'script')))} "
    if name == "dutmal":
        main, above = (_own(child(element, one)) for one in ("mainText", "subText"))
        return f"{main}({above})" if above else main
    if name == "compose":
        return attribute(element, "composeText")
    if name in _BUTTONS:
        is_on = attribute(element, "value") == "CHECKED"
        return f" {'☑' if is_on else '☐'} {attribute(element, 'captionText')} "
    if name == "comboBox":
        return attribute(element, "selectedValue")
    return _own(child(element, "text")) if name == "edit" else ""


def equation_text(script: str) -> str:
    """An equation's script on one line, without the signs that only space it."""
    return " ".join(re.sub(r"[~`]", " ", script).split())


def _own(element: Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _change(element: Element) -> str:
    return attribute(element, "TcId") or attribute(element, "Id")


def _direction(begin: Element) -> str:
    """The words that a field to fill in shows while it is empty."""
    if attribute(begin, "type") != "CLICK_HERE":
        return ""
    for said in descendants(begin, "stringParam"):
        text = _own(said)
        if attribute(said, "name") == "Direction":
            return text.strip()
        if attribute(said, "name") == "Command" and (match := _DIRECTION.search(text)):
            return match[1].strip()
    return ""


def _auto_number(element: Element) -> str:
    kind = attribute(element, "numType")
    if kind in ("PAGE", "TOTAL_PAGE"):
        return ""
    about = child(element, "autoNumFormat")
    number = whole(attribute(element, "num"), 1, 1)
    written = written_number(number, attribute(about, "type", "DIGIT"))
    if kind not in ("FOOTNOTE", "ENDNOTE"):
        return written
    own = attribute(about, "userChar")
    return f"{attribute(about, 'prefixChar')}{own or written}{attribute(about, 'suffixChar')}"


def _place(cell: Element, row: int, column: int) -> Cell:
    """Where a cell stands; one without an address follows the one before it."""
    address, span = child(cell, "cellAddr"), child(cell, "cellSpan")
    return Cell(
        "",
        whole(attribute(address, "rowAddr"), row, 0, _MOST_ROWS),
        whole(attribute(address, "colAddr"), column, 0, _MOST_COLUMNS),
        whole(attribute(span, "rowSpan"), 1, 1, _MOST_ROWS),
        whole(attribute(span, "colSpan"), 1, 1, _MOST_COLUMNS),
        attribute(cell, "header") == "1",
    )


def section_number(name: str) -> int:
    """The number of a section's part, -1 where it is none."""
    found = re.search(r"section(\d+)\.xml$", name, re.I)
    return int(found[1]) if found else -1
