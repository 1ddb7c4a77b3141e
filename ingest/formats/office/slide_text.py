"""The text of a slide's shape: its paragraphs, with the marks of their lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geungeo.ingest.blocks import Block
from geungeo.ingest.formats.packaged.equations import linear
from geungeo.ingest.formats.packaged.numbering import bullet, numbered
from geungeo.ingest.formats.packaged.package import (
    Element,
    attribute,
    child,
    children,
    local,
    whole,
)
from geungeo.ingest.layout.breaks import typed_entries
from geungeo.lang.documents.marks import is_item

# PowerPoint's names for forms of numbers, each with a rest such as Period or ParenBoth.
_FORMS = (
    ("alphaLc", "lowerLetter"),
    ("alphaUc", "upperLetter"),
    ("romanLc", "lowerRoman"),
    ("romanUc", "upperRoman"),
    ("circleNum", "decimalEnclosedCircle"),
    ("ea1", "chineseCounting"),
)


def text_of(paragraph: Element) -> str:
    """The text of a paragraph; a line break is a line's end."""
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for part in element:
        name = local(part)
        if name == "t":
            yield (part.text or "").replace("\n", " ").replace("\v", "\n")
        elif name == "br":
            yield "\n"
        elif name in ("oMath", "oMathPara"):
            yield linear(part)
        elif name == "AlternateContent":
            yield from _pieces(next(iter(part), part))
        elif name == "fld" and attribute(part, "type") == "slidenum":
            continue
        elif not name.endswith("Pr"):
            yield from _pieces(part)


def body_blocks(body: Element, styles: Sequence[Element], page: int) -> Iterator[Block]:
    """The paragraphs of a text body; ``styles`` are the lists of levels that it inherits from,
    the nearest first."""
    counts: dict[int, int] = {}
    chain = [style for style in (child(body, "lstStyle"), *styles) if style is not None]
    for paragraph in children(body, "p"):
        entries = typed_entries(text_of(paragraph))
        if not entries:
            continue
        own = child(paragraph, "pPr")
        level = whole(attribute(own, "lvl"), most=8)
        inherited = [child(style, f"lvl{level + 1}pPr") for style in chain]
        mark = _mark([own, *inherited], level, counts)
        for entry in entries:
            text = f"{mark} {entry}" if mark else entry
            yield Block("item" if mark or is_item(entry) else "paragraph", text, page)
            mark = ""


def _mark(properties: Sequence[Element | None], level: int, counts: dict[int, int]) -> str:
    for deeper in [key for key in counts if key > level]:
        del counts[deeper]
    for source in properties:
        if source is None:
            continue
        for element in source:
            name = local(element)
            if name == "buNone":
                counts.pop(level, None)
                return ""
            if name == "buChar":
                return bullet(
                    attribute(element, "char"), attribute(child(source, "buFont"), "typeface")
                )
            if name == "buBlip":
                return bullet("")
            if name == "buAutoNum":
                return _numbered(element, level, counts)
    return ""


def _numbered(element: Element, level: int, counts: dict[int, int]) -> str:
    start = whole(attribute(element, "startAt"), 1)
    counts[level] = counts[level] + 1 if level in counts else start
    kind = attribute(element, "type", "arabicPeriod")
    form = next((form for begin, form in _FORMS if kind.startswith(begin)), "decimal")
    number = numbered(counts[level], form)
    if kind.endswith("ParenBoth"):
        return f"({number})"
    if kind.endswith("ParenR"):
        return f"{number})"
    return f"{number}." if kind.endswith("Period") else number
