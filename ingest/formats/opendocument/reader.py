"""OpenDocument texts, presentations and sheets (ODT, ODP, ODS), from their XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.opendocument.sheets import own_rows, sheets, table_cells
from geungeo.ingest.formats.opendocument.text import (
    Marks,
    Speaker,
    Spoken,
    Styles,
    is_shape,
    note_of,
)
from geungeo.ingest.formats.packaged.equations import linear
from geungeo.ingest.formats.packaged.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    descendants,
    local,
    whole,
)
from geungeo.ingest.formats.result import PROTECTED, LoadError, Read, counted
from geungeo.ingest.formats.seen import Seen, edge_note
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.documents.marks import is_item
from geungeo.lang.documents.styles import ODF_CAPTIONS

_LENGTH = re.compile(r"(-?[\d.]+)\s*(cm|mm|in|pt|px|pc)?")
_IN_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75, "pc": 12.0, None: 1.0}
_EDGES = frozenset(("header", "footer", "date-time", "page-number"))


def read_odf(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` for a file that is locked or whose content is missing."""
    package = Package(data)
    manifest = package.xml("META-INF/manifest.xml")
    if next(descendants(manifest, "encryption-data"), None) is not None:
        raise LoadError(PROTECTED)
    reader = _Document(package)
    blocks, pages = reader.read()
    return Read(
        tuple(blocks), pages, given=package.given(), loader=f"lxml {version('lxml')}",
        notes=tuple(reader.said()),
    )  # fmt: skip


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        content = package.xml("content.xml")
        body = child(content, "body")
        if body is None:
            raise LoadError("the file is damaged: its content is missing; save it anew")
        self._body = body
        common = package.xml("styles.xml")
        self._common = common
        self._styles = Styles([root for root in (content, common) if root is not None])
        self._seen = Seen()
        self._speaker = Speaker(self._styles, self._seen)
        self._marks = Marks(self._styles)
        self._page = 1

    def read(self) -> tuple[list[Block], int]:
        """The blocks and the number of pages."""
        kinds = {local(kind): kind for kind in self._body}
        if "spreadsheet" in kinds:
            return sheets(kinds["spreadsheet"], self._styles, self._speaker, self._seen.others), 1
        if "presentation" in kinds or "drawing" in kinds:
            deck = kinds.get("presentation", kinds.get("drawing"))
            return list(self._slides(deck)), max(1, self._page)
        root = kinds.get("text", self._body)
        changes = sum(1 for _ in descendants(root, "deletion"))
        if changes:
            self._seen.others.append(f"tracked changes: {counted(changes, 'deletion')} left out")
        blocks = list(self._blocks(root))
        said = next(descendants(self._package.xml("meta.xml"), "document-statistic"), None)
        if attribute(said, "page-count") == str(self._page):
            return blocks, self._page
        return [replace(block, page=1) for block in blocks], 1

    def said(self) -> Iterator[str]:
        """What is not read, for the notes."""
        yield from replace(self._seen, others=[*self._edges(), *self._seen.others]).notes()

    def _edges(self) -> Iterator[str]:
        """What stands above and below every page, each text once."""
        told = set()
        for edge in descendants(self._common, "header", "footer"):
            speaker = Speaker(self._styles, Seen())
            text = " ".join(filter(None, (speaker.read(p).text for p in descendants(edge, "p"))))
            if text not in told and any(letter.isalpha() for letter in text):
                told.add(text)
                yield edge_note(local(edge), text)

    def _blocks(self, container: Element) -> Iterator[Block]:
        for element in container:
            name = local(element)
            if name in ("p", "h"):
                yield from self._paragraph(element)
            elif name == "list":
                yield from self._list(element, "", 1, None)
            elif name == "table":
                yield from self._table(element)
            elif name == "soft-page-break":
                self._page += 1
            elif is_shape(element):
                yield from self._shape(element)
            elif name == "section" and attribute(element, "display") == "none":
                self._seen.hidden += len("".join(element.itertext()))
            elif name in ("section", "index-body", "index-title", "numbered-paragraph"):
                yield from self._blocks(element)
            elif name.endswith("-index") or name in ("table-of-content", "bibliography"):
                entries = self._blocks(child(element, "index-body") or ())
                yield from (replace(b, kind="item", level=0) for b in entries)

    def _paragraph(self, paragraph: Element, mark: str = "") -> Iterator[Block]:
        spoken = self._speaker.read(paragraph)
        for entry in spoken.entries:
            text = f"{mark} {entry}" if mark else entry
            yield self._block(paragraph, text, bool(mark) or is_item(entry))
            mark = ""
        self._page += spoken.breaks
        yield from self._hanging(spoken)

    def _block(self, paragraph: Element, text: str, is_entry: bool) -> Block:
        names = [
            n.casefold()
            for n in self._styles.names("paragraph", attribute(paragraph, "style-name"))
        ]
        if local(paragraph) == "h":
            level = whole(attribute(paragraph, "outline-level"), 1, 1, 10)
            return Block("heading", text, self._page, level)
        if "title" in names:
            return Block("heading", text, self._page, 1)
        if ODF_CAPTIONS & set(names):
            return Block("caption", text, self._page)
        return Block("item" if is_entry else "paragraph", text, self._page)

    def _hanging(self, spoken: Spoken) -> Iterator[Block]:
        for note in spoken.notes:
            if text := note_of(note, self._speaker):
                yield Block("note", text, self._page)
        for frame in spoken.frames:
            yield from self._shape(frame)

    def _list(
        self, element: Element, style: str, level: int, counts: list[int] | None
    ) -> Iterator[Block]:
        style = attribute(element, "style-name") or style
        if counts is None:
            is_continued = attribute(element, "continue-numbering") == "true" or bool(
                attribute(element, "continue-list")
            )
            counts = self._marks.begin(style, is_continued)
        for entry in children(element, "list-item", "list-header"):
            has_text = any(self._is_worded(part) for part in children(entry, "p", "h"))
            is_marked = local(entry) == "list-item" and has_text
            mark = self._marks.next(style, level, counts) if is_marked else ""
            for part in entry:
                if local(part) == "list":
                    yield from self._list(part, style, level + 1, counts)
                elif local(part) in ("p", "h"):
                    yield from self._paragraph(part, mark)
                    mark = ""

    def _is_worded(self, paragraph: Element) -> bool:
        return bool("".join(paragraph.itertext()).strip())

    def _table(self, table: Element) -> Iterator[Block]:
        hanging: list[Spoken] = []
        nested: list[Element] = []

        def text(cell: Element) -> str:
            nested.extend(children(cell, "table"))
            spoken = [self._speaker.read(p) for p in descendants_outside_tables(cell)]
            hanging.extend(spoken)
            return " ".join(filter(None, (s.text for s in spoken)))

        rows = own_rows(table)
        if max((sum(1 for _ in children(row, "table-cell")) for row, _, _ in rows), default=0) == 1:
            for row, _, _ in rows:  # A frame, not a table.
                yield from self._blocks(child(row, "table-cell") if len(row) else ())
            return
        cells: list[Cell] = list(table_cells(rows, text))
        yield from table_blocks(cells, self._page)
        self._page += sum(1 for part in children(table, "soft-page-break"))
        for inner in nested:
            yield from self._table(inner)
        for spoken in hanging:
            yield from self._hanging(spoken)

    def _shape(self, shape: Element) -> Iterator[Block]:
        """The text of a frame, a group or a drawn shape."""
        if local(shape) != "frame":
            yield from self._blocks(shape)
            return
        for content in shape:
            name = local(content)
            if name == "text-box":
                yield from self._blocks(content)
            elif name == "table":
                yield from self._table(content)
            elif name == "object":
                yield from self._object(content)
            elif name == "image":
                if child(shape, "object") is not None or child(shape, "table") is not None:
                    continue  # A picture of the object, for programs that do not know it.
                self._seen.pictures += 1
            else:
                continue
            if name != "image":
                return

    def _object(self, element: Element) -> Iterator[Block]:
        """A chart by the table of its values, an equation, a sheet; anything else is named."""
        folder = attribute(element, "href").removeprefix("./")
        root = self._package.xml(f"{folder}/content.xml")
        root = root if root is not None else element
        math = root if local(root) == "math" else next(descendants(root, "math"), None)
        if math is not None:
            yield Block("paragraph", linear(math), self._page)
            return
        for chart in descendants(root, "chart"):
            title = next(descendants(chart, "title"), None)
            text = " ".join("".join(title.itertext()).split()) if title is not None else ""
            if text:
                yield Block("caption", text, self._page)
        tables = list(descendants(root, "table"))
        for table in tables:
            yield from self._table(table)
        if not tables:
            self._seen.objects += 1

    def _slides(self, deck: Element) -> Iterator[Block]:
        hidden = []
        for number, page in enumerate(children(deck, "page"), 1):
            self._page = number
            style = attribute(page, "style-name")
            if self._styles.property("drawing-page", style, "visibility") == "hidden":
                hidden.append(str(number))
            else:
                yield from self._slide(page)
        if hidden:
            self._seen.others.append(f"hidden slides left out: {', '.join(hidden)}")

    def _slide(self, page: Element) -> Iterator[Block]:
        """Titles, then the shapes from the top, then what the speaker is to say."""
        number = self._page
        shapes = [shape for shape in page if is_shape(shape)]
        titles = [s for s in shapes if attribute(s, "class") == "title"]
        for shape in titles:
            spoken = [self._speaker.read(p) for p in descendants(shape, "p", "h")]
            if text := " ".join(filter(None, (s.text for s in spoken))):
                yield Block("heading", text, number, 1)
        for shape in sorted((s for s in shapes if s not in titles), key=_place):
            if attribute(shape, "class") not in _EDGES:
                yield from self._shape(shape)
        for notes in children(page, "notes"):
            for paragraph in descendants(notes, "p", "h"):
                if text := self._speaker.read(paragraph).text:
                    yield Block("note", text, number)


def descendants_outside_tables(element: Element) -> Iterator[Element]:
    """The paragraphs of a cell, those of its lists too, without those of tables within it."""
    for part in element:
        if local(part) in ("p", "h"):
            yield part
        elif local(part) in ("list", "list-item", "list-header", "section"):
            yield from descendants_outside_tables(part)


def _place(shape: Element) -> tuple[float, float]:
    """From the top, then from the left, in steps of a quarter of an inch."""
    if local(shape) == "g":
        return min((_place(part) for part in shape if is_shape(part)), default=(0.0, 0.0))
    return round(_points(attribute(shape, "y")) / 18), _points(attribute(shape, "x"))


def _points(text: str) -> float:
    found = _LENGTH.match(text)
    return float(found[1]) * _IN_POINTS.get(found[2], 1.0) if found else 0.0
