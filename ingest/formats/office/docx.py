"""Word documents (DOCX), from their XML: what is shown, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.office.docx_runs import Reference, RunReader, Runs
from geungeo.ingest.formats.office.docx_styles import Numbering, Styles
from geungeo.ingest.formats.packaged.graphics import graphic_blocks
from geungeo.ingest.formats.packaged.numbering import numbered
from geungeo.ingest.formats.packaged.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    descendants,
    is_on,
    local,
    relation_id,
    whole,
)
from geungeo.ingest.formats.result import LoadError, Read
from geungeo.ingest.formats.seen import Seen, edge_note
from geungeo.ingest.tables import Cell, table_blocks
from geungeo.lang.documents.marks import is_item

# What only wraps other content.
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice", "body")
)
_MOST_COLUMNS = 63  # Of a table in Word.


def read_docx(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` where the file's main part is missing or broken."""
    package = Package(data)
    reader = _Document(package)
    found = reader.read()
    blocks, pages = _on_pages(found, reader.page, package)
    return Read(
        blocks, pages, given=package.given(), loader=f"lxml {version('lxml')}",
        notes=tuple(reader.said()),
    )  # fmt: skip


def _on_pages(blocks: list[Block], page: int, package: Package) -> tuple[tuple[Block, ...], int]:
    """The places where Word last broke pages are taken only where their number agrees with the
    number of pages that Word counted; else the document is one page."""
    said = child(package.xml("docProps/app.xml"), "Pages")
    if said is not None and (said.text or "").strip() == str(page):
        return tuple(blocks), page
    return tuple(replace(block, page=1) for block in blocks), 1


class _Document:
    """Reads one document; ``page`` is the page that has been reached."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.main()
        self._styles = Styles(self._first("styles"))
        self._numbering = Numbering(self._first("numbering"))
        self._notes = {
            kind: {attribute(e, "id"): e for e in children(self._first(f"{kind}s"), kind)}
            for kind in ("footnote", "endnote")
        }
        self._met: dict[str, int] = {"footnote": 0, "endnote": 0}
        self._seen = Seen()
        self._runs = RunReader(self._styles, self._seen)
        self._carried = ""
        self.page = 1

    def _first(self, kind: str) -> Element | None:
        names = self._package.related(self._part, kind)
        return self._package.xml(names[0]) if names else None

    def read(self) -> list[Block]:
        root = self._package.xml(self._part)
        body = child(root, "body")
        if body is None:
            raise LoadError("the file is damaged: it has no body; save it anew")
        return list(self._blocks(body))

    def said(self) -> Iterator[str]:
        """What is not read, for the notes."""
        within = sum(1 for _ in descendants(self._package.xml(self._part), "altChunk"))
        return replace(
            self._seen,
            comments=len(list(children(self._first("comments"), "comment"))),
            edges=list(self._edges()),
            objects=self._seen.objects + within,
        ).notes()

    def _edges(self) -> Iterator[str]:
        """What stands above and below every page, each text once."""
        relations = self._package.relations(self._part)
        root = self._package.xml(self._part)
        told: set[str] = set()
        for reference in descendants(root, "headerReference", "footerReference"):
            relation = relations.get(relation_id(reference))
            edge = self._package.xml(relation.target) if relation else None
            reader = RunReader(self._styles, Seen())
            texts = (reader.read(p).text for p in descendants(edge, "p"))
            text = " ".join(filter(None, texts))
            if text in told or not any(letter.isalpha() for letter in text):
                continue
            told.add(text)
            kind = "header" if local(reference) == "headerReference" else "footer"
            yield edge_note(kind, text)

    def _blocks(self, container: Element) -> Iterator[Block]:
        for element in _unwrapped(container, "p", "tbl"):
            if local(element) == "p":
                yield from self._paragraph(element)
            else:
                yield from self._table(element)
        if self._carried:
            carried, self._carried = self._carried, ""
            yield Block("paragraph", carried.strip(), self.page)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        mark = self._mark(paragraph)
        runs = self._runs.read(paragraph)
        self.page += runs.leading
        text = runs.text
        if text and _goes_on(paragraph):
            self._carried += text if _is_drop_cap(paragraph) else f"{text} "
        elif text or self._carried:
            carried, self._carried = self._carried, ""
            entries = runs.entries or [""]
            entries[0] = f"{carried}{entries[0]}".strip()
            for entry in entries:
                yield self._block(paragraph, mark, entry)
                mark = ""
        self.page += runs.breaks - runs.leading
        yield from self._hanging(runs)

    def _block(self, paragraph: Element, mark: str, text: str) -> Block:
        written = f"{mark} {text}" if mark else text
        level = self._styles.level(paragraph)
        if level:
            return Block("heading", written, self.page, level)
        if self._styles.is_caption(paragraph):
            return Block("caption", written, self.page)
        if mark or is_item(text) or self._styles.is_contents(paragraph):
            return Block("item", written, self.page)
        return Block("paragraph", written, self.page)

    def _mark(self, paragraph: Element) -> str:
        """The mark of a paragraph's list; an empty paragraph is not counted."""
        found = self._styles.list_of(paragraph)
        if not found or not any(e.text for e in descendants(paragraph, "t")):
            return ""
        return self._numbering.mark(*found)

    def _hanging(self, runs: Runs) -> Iterator[Block]:
        for reference in runs.references:
            yield from self._note(reference)
        for element in runs.floating:
            if local(element) == "txbxContent":
                yield from self._blocks(element)
            else:
                yield from graphic_blocks(
                    element, self._package, self._part, self.page, self._seen.others
                )

    def _note(self, reference: Reference) -> Iterator[Block]:
        element = self._notes[reference.kind].get(reference.key)
        if not reference.is_custom:
            self._met[reference.kind] += 1
        if element is None:
            self._seen.others.append(f"a {reference.kind} left out: it is missing in the file")
            return
        texts = (self._runs.read(p).text for p in descendants(element, "p"))
        text = " ".join(filter(None, texts))
        if not text:
            return
        form = "lowerRoman" if reference.kind == "endnote" else "decimal"
        mark = "" if reference.is_custom else f"{numbered(self._met[reference.kind], form)}) "
        yield Block("note", f"{mark}{text}", self.page)

    def _table(self, table: Element) -> Iterator[Block]:
        rows = [row for row in _unwrapped(table, "tr") if self._is_shown(row)]
        cells = list(_laid_out(rows))
        if max((place.column + place.columns for _, place in cells), default=0) == 1:
            for element, _ in cells:  # A frame, not a table.
                yield from self._blocks(element)
            return
        page = self.page
        filled: list[Cell] = []
        hanging: list[Runs] = []
        nested: list[Element] = []
        breaks: dict[int, int] = {}
        for element, place in cells:
            texts = []
            for part in _unwrapped(element, "p", "tbl"):
                if local(part) == "tbl":
                    nested.append(part)
                    continue
                mark = self._mark(part)
                runs = self._runs.read(part)
                hanging.append(runs)
                texts.append(f"{mark} {runs.text}" if mark and runs.text else runs.text)
                breaks[place.row] = max(breaks.get(place.row, 0), runs.breaks)
            filled.append(replace(place, text=" ".join(filter(None, texts))))
        yield from table_blocks(filled, page)
        self.page += sum(breaks.values())
        for part in nested:
            yield from self._table(part)
        for runs in hanging:
            yield from self._hanging(runs)

    def _is_shown(self, row: Element) -> bool:
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self._seen.deleted += 1
            return False
        if is_on(child(properties, "hidden")):
            self._seen.hidden += sum(len(e.text or "") for e in descendants(row, "t"))
            return False
        return True


def _laid_out(rows: Iterable[Element]) -> Iterator[tuple[Element, Cell]]:
    """The cells of a table in their places, without their text; a cell that goes on from the
    row above is part of that."""
    found: list[tuple[Element, Cell]] = []
    above: dict[int, int] = {}
    for number, row in enumerate(rows):
        properties = child(row, "trPr")
        is_header = is_on(child(properties, "tblHeader"))
        column = whole(attribute(child(properties, "gridBefore"), "val"), 0, most=_MOST_COLUMNS)
        for cell in _unwrapped(row, "tc"):
            about = child(cell, "tcPr")
            span = whole(attribute(child(about, "gridSpan"), "val"), 1, 1, _MOST_COLUMNS)
            joined = child(about, "vMerge")
            side = child(about, "hMerge")
            if _is_continued(joined) and column in above:
                element, first = found[above[column]]
                found[above[column]] = (element, replace(first, rows=number - first.row + 1))
            elif _is_continued(side) and found and found[-1][1].row == number:
                element, first = found[-1]
                found[-1] = (element, replace(first, columns=first.columns + span))
            else:
                if joined is not None:
                    above[column] = len(found)
                else:
                    above.pop(column, None)
                found.append((cell, Cell("", number, column, 1, span, is_header)))
            column += span
    yield from found


def _is_continued(joined: Element | None) -> bool:
    return joined is not None and attribute(joined, "val", "continue") == "continue"


def _goes_on(paragraph: Element) -> bool:
    """Whether a paragraph's end is deleted, or it is the large first letter of the next."""
    mark = child(paragraph, "pPr", "rPr")
    deleted = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    return deleted or _is_drop_cap(paragraph)


def _is_drop_cap(paragraph: Element) -> bool:
    return attribute(child(paragraph, "pPr", "framePr"), "dropCap") in ("drop", "margin")


def _unwrapped(container: Element, *names: str) -> Iterator[Element]:
    """The children of these names, also within controls, insertions and the like."""
    for element in container:
        name = local(element)
        if name in names:
            yield element
        elif name == "AlternateContent":
            choice = child(element, "Choice")
            yield from _unwrapped(choice if choice is not None else element, *names)
        elif name in _WRAPPERS or name == "Fallback":
            yield from _unwrapped(element, *names)
