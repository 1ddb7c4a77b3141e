"""PowerPoint decks (PPTX), from their XML: a page for every slide."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import NamedTuple

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.office.slide_text import body_blocks, text_of
from geungeo.ingest.formats.packaged.graphics import graphic_blocks
from geungeo.ingest.formats.packaged.package import (
    Element,
    Package,
    attribute,
    child,
    children,
    descendants,
    local,
    relation_id,
    whole,
)
from geungeo.ingest.formats.result import Read, counted
from geungeo.ingest.tables import Cell, table_blocks

_TITLES = ("title", "ctrTitle")
_FAR = 1_000_000_000
_EDGES = ("dt", "ftr", "hdr", "sldNum")
# What a placeholder's text looks like comes from one of the master's three styles.
_STYLED_AS_BODY = ("body", "obj", "", "subTitle", "tbl", "chart", "dgm", "media")


def read_pptx(data: bytes, name: str) -> Read:
    """Raises ``LoadError`` where the deck's main part is missing or broken."""
    package = Package(data)
    deck = _Deck(package)
    blocks = tuple(deck.blocks())
    return Read(
        blocks, max(1, deck.slides), given=package.given(), loader=f"lxml {version('lxml')}",
        notes=tuple(deck.said()),
    )  # fmt: skip


class _Box(NamedTuple):
    left: int
    top: int
    height: int


class _Layers(NamedTuple):
    """A slide, its layout and its master, any of which may be missing."""

    part: str
    slide: Element
    layout: Element | None
    master: Element | None


class _Deck:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main()
        self._hidden: list[int] = []
        self._broken: list[int] = []
        self._edges: dict[str, None] = {}
        self._pictures = self._objects = self._comments = self._hidden_shapes = 0
        self._left_out: list[str] = []
        self.slides = 0

    def blocks(self) -> Iterator[Block]:
        relations = self._package.relations(self._main)
        listed = child(self._package.xml(self._main), "sldIdLst")
        for number, reference in enumerate(children(listed, "sldId"), 1):
            self.slides = number
            relation = relations.get(relation_id(reference))
            slide = self._package.xml(relation.target) if relation else None
            if relation is None or slide is None:
                self._broken.append(number)
            elif attribute(slide, "show") in ("0", "false"):
                self._hidden.append(number)
            else:
                yield from self._slide(self._layers(relation.target, slide), number)

    def said(self) -> Iterator[str]:
        """What is not read, for the notes."""
        for numbers, what in ((self._hidden, "hidden"), (self._broken, "broken")):
            if numbers:
                yield f"{what} slides left out: {', '.join(map(str, numbers))}"
        for text in self._edges:
            yield f"page footer left out: {text[:80]}"
        for number, thing in (
            (self._hidden_shapes, "hidden shape"),
            (self._comments, "comment"),
            (self._pictures, "picture"),
            (self._objects, "embedded object"),
        ):
            if number:
                yield f"{counted(number, thing)} left out"
        yield from self._left_out

    def _layers(self, part: str, slide: Element) -> _Layers:
        layouts = self._package.related(part, "slideLayout")
        masters = self._package.related(layouts[0], "slideMaster") if layouts else []
        return _Layers(
            part,
            slide,
            self._package.xml(layouts[0]) if layouts else None,
            self._package.xml(masters[0]) if masters else None,
        )

    def _slide(self, layers: _Layers, page: int) -> Iterator[Block]:
        tree = child(layers.slide, "cSld", "spTree")
        if tree is not None:
            yield from self._shapes(tree, layers, page)
        for kind, part in (
            (relation.kind, relation.target)
            for relation in self._package.relations(layers.part).values()
        ):
            if kind == "notesSlide":
                yield from self._speaker_notes(part, page)
            elif kind == "comments":
                root = self._package.xml(part)
                self._comments += sum(1 for _ in descendants(root, "cm"))

    def _shapes(self, tree: Element, layers: _Layers, page: int) -> Iterator[Block]:
        """The shapes of a slide or a group, from the top and in a line from the left; titles
        are first wherever they are."""
        shapes = list(_shapes_of(tree))
        titles = [shape for shape in shapes if _placeholder(shape)[0] in _TITLES]
        others = [shape for shape in shapes if shape not in titles]
        for shape in (*titles, *_in_order([(_box(s, layers), s) for s in others])):
            yield from self._shape(shape, layers, page)

    def _shape(self, shape: Element, layers: _Layers, page: int) -> Iterator[Block]:
        name = local(shape)
        if attribute(_named(shape), "hidden") in ("1", "true"):
            self._hidden_shapes += 1
        elif name == "grpSp":
            yield from self._shapes(shape, layers, page)
        elif name == "pic":
            self._pictures += 1
        elif name == "graphicFrame":
            yield from self._frame(shape, layers.part, page)
        elif name == "contentPart":
            self._objects += 1
        elif (body := child(shape, "txBody")) is not None:
            yield from self._text(shape, body, layers, page)

    def _text(self, shape: Element, body: Element, layers: _Layers, page: int) -> Iterator[Block]:
        kind, _ = _placeholder(shape)
        text = " ".join(" ".join(text_of(p) for p in children(body, "p")).split())
        if kind in _EDGES:
            if kind == "ftr" and text:
                self._edges[text] = None
        elif kind in _TITLES:
            if text:
                yield Block("heading", text, page, 1)
        else:
            yield from body_blocks(body, _styles(shape, layers), page)

    def _frame(self, frame: Element, part: str, page: int) -> Iterator[Block]:
        element = next(descendants(frame, "tbl", "chart", "relIds"), None)
        if element is None:
            self._objects += 1
        elif local(element) == "tbl":
            yield from table_blocks(_cells(element), page)
        else:
            yield from graphic_blocks(element, self._package, part, page, self._left_out)

    def _speaker_notes(self, part: str, page: int) -> Iterator[Block]:
        for shape in descendants(self._package.xml(part), "sp"):
            if _placeholder(shape)[0] == "body":
                for paragraph in children(child(shape, "txBody"), "p"):
                    text = " ".join(text_of(paragraph).split())
                    if text:
                        yield Block("note", text, page)


def _shapes_of(tree: Element) -> Iterator[Element]:
    for element in tree:
        if local(element) == "AlternateContent":
            choice = child(element, "Choice")
            yield from _shapes_of(choice if choice is not None else child(element, "Fallback"))
        elif local(element) in ("sp", "grpSp", "graphicFrame", "pic", "contentPart"):
            yield element


def _named(shape: Element) -> Element | None:
    """The element with a shape's name, whatever the shape is."""
    return next((child(e, "cNvPr") for e in shape if local(e).startswith("nv")), None)


def _placeholder(shape: Element | None) -> tuple[str, str]:
    """The kind and the number of a placeholder; a kind that no placeholder has for others."""
    for part in shape if shape is not None else ():
        if local(part).startswith("nv"):
            found = child(part, "nvPr", "ph")
            if found is not None:
                return attribute(found, "type"), attribute(found, "idx")
    return "none", ""


def _inherited(shape: Element, layer: Element | None) -> Element | None:
    """The placeholder of a layout or a master that a shape fills."""
    kind, number = _placeholder(shape)
    if kind == "none" or layer is None:
        return None
    of_kind = None
    for candidate in descendants(layer, "sp"):
        other, other_number = _placeholder(candidate)
        if number and other_number == number:
            return candidate
        if of_kind is None and (other == kind or (not kind and other in ("body", "obj"))):
            of_kind = candidate
    return of_kind


def _styles(shape: Element, layers: _Layers) -> list[Element]:
    """The styles that a shape's paragraphs inherit, the nearest first."""
    kind, _ = _placeholder(shape)
    found = [
        child(_inherited(shape, layer), "txBody", "lstStyle")
        for layer in (layers.layout, layers.master)
    ]
    style = "bodyStyle" if kind in _STYLED_AS_BODY else "otherStyle"
    found.append(child(layers.master, "txStyles", style))
    return [element for element in found if element is not None]


def _box(shape: Element, layers: _Layers) -> _Box:
    """Where a shape lies; what a layout does not say lies at the top."""
    for source in (shape, *(_inherited(shape, layer) for layer in (layers.layout, layers.master))):
        for path in (("spPr", "xfrm"), ("grpSpPr", "xfrm"), ("xfrm",)):
            place, size = child(source, *path, "off"), child(source, *path, "ext")
            if place is not None:
                left, top = (whole(attribute(place, axis), least=-_FAR) for axis in "xy")
                return _Box(left, top, whole(attribute(size, "cy")))
    return _Box(0, 0, 0)


def _in_order(shapes: list[tuple[_Box, Element]]) -> Iterator[Element]:
    """Shapes whose tops differ by less than half of the lower one are in one line."""
    lines: list[list[tuple[_Box, Element]]] = []
    for box, shape in sorted(shapes, key=lambda pair: pair[0].top):
        first = lines[-1][0][0] if lines else None
        if first and 2 * (box.top - first.top) < min(box.height, first.height):
            lines[-1].append((box, shape))
        else:
            lines.append([(box, shape)])
    for line in lines:
        yield from (shape for _, shape in sorted(line, key=lambda pair: pair[0].left))


def _cells(table: Element) -> Iterator[Cell]:
    rows = list(children(table, "tr"))
    first = list(children(rows[0], "tc")) if rows else []
    is_headed = (
        attribute(child(table, "tblPr"), "firstRow") in ("1", "true")
        and len(first) > 2
        and not any(attribute(cell, "gridSpan") for cell in first)
        and len(rows) > 1
    )
    for row_number, row in enumerate(rows):
        for column, cell in enumerate(children(row, "tc")):
            if {attribute(cell, "hMerge"), attribute(cell, "vMerge")} & {"1", "true"}:
                continue
            yield Cell(
                " ".join(text_of(p) for p in children(child(cell, "txBody"), "p")),
                row_number,
                column,
                whole(attribute(cell, "rowSpan"), 1, 1, len(rows) - row_number),
                whole(attribute(cell, "gridSpan"), 1, 1, len(row)),
                is_headed and row_number == 0,
            )
