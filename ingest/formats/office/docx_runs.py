"""The text of one Word paragraph, and what hangs on it: notes, text boxes, charts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from geungeo.ingest.formats.office.docx_styles import Styles
from geungeo.ingest.formats.packaged.equations import linear
from geungeo.ingest.formats.packaged.numbering import symbol
from geungeo.ingest.formats.packaged.package import Element, attribute, child, descendants, local
from geungeo.ingest.formats.packaged.runs import Written
from geungeo.ingest.formats.seen import Seen

_PASSED_OVER = frozenset(
    """pPr rPr sdtPr sdtEndPr tblPr trPr tcPr instrText delInstrText delText fldData rt rubyPr
    annotationRef footnoteRef endnoteRef separator continuationSeparator softHyphen docPr
    cNvGraphicFramePr spPr bodyPr style ffData proofErr smartTagPr customXmlPr""".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_INSERTED = frozenset(("ins", "moveTo"))
_FLOATING = frozenset(("txbxContent", "chart", "relIds"))
_NO_TEXT = frozenset(("pic", "imagedata", "OLEObject"))


class Reference(NamedTuple):
    """A mark in the text of a note; ``is_custom`` where the mark is a text of its own."""

    kind: str
    key: str
    is_custom: bool


@dataclass
class Runs(Written):
    """``floating`` are the text boxes, charts and diagrams that are anchored here, ``leading`` is
    how many of the pages begin before its text."""

    references: list[Reference] = field(default_factory=list)
    floating: list[Element] = field(default_factory=list)
    leading: int = 0


class RunReader:
    """Reads paragraphs as they are shown: insertions accepted, deletions and hidden text out."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen

    def read(self, paragraph: Element) -> Runs:
        runs = Runs()
        self._walk_all(paragraph, runs, paragraph)
        return runs

    def _walk(self, element: Element, runs: Runs, paragraph: Element) -> None:
        name = local(element)
        if name in _PASSED_OVER or not name:
            return
        if name in _DELETED:
            self._seen.deleted += _has_text(element)
        elif name in ("oMath", "oMathPara"):
            runs.pieces.append(f" {linear(element)} " if name == "oMathPara" else linear(element))
        elif name in _FLOATING:
            runs.floating.append(element)
        elif name in _NO_TEXT:
            self._seen.pictures += name != "OLEObject"
            self._seen.objects += name == "OLEObject"
        elif name == "AlternateContent":
            self._alternative(element, runs, paragraph)
        elif name == "r" and self._styles.is_hidden(child(element, "rPr"), paragraph):
            self._seen.hidden += len("".join(t.text or "" for t in descendants(element, "t")))
        elif not self._character(name, element, runs):
            self._seen.inserted += name in _INSERTED and _has_text(element)
            self._walk_all(element, runs, paragraph)

    def _walk_all(self, elements: Iterable[Element], runs: Runs, paragraph: Element) -> None:
        for element in elements:
            self._walk(element, runs, paragraph)

    def _alternative(self, element: Element, runs: Runs, paragraph: Element) -> None:
        """The same content in a new and an old form: the first is read, the other only where
        the first is empty."""
        for name in ("Choice", "Fallback"):
            branch = child(element, name)
            if branch is not None and len(branch):
                self._walk(branch, runs, paragraph)
                return

    def _character(self, name: str, element: Element, runs: Runs) -> bool:
        """Whether an element was text, a break or a mark."""
        if name == "t":
            runs.pieces.append((element.text or "").replace("\n", " "))
        elif name in ("tab", "ptab"):
            runs.pieces.append(" ")
        elif name in ("br", "cr"):
            runs.pieces.append("\n")
        elif name == "noBreakHyphen":
            runs.pieces.append("-")
        elif name == "sym":
            code = attribute(element, "char", "0")
            if re.fullmatch("[0-9A-Fa-f]{1,4}", code):
                runs.pieces.append(symbol(int(code, 16), attribute(element, "font")))
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            is_custom = attribute(element, "customMarkFollows", "0") not in ("0", "false", "off")
            runs.references.append(Reference(kind, attribute(element, "id"), is_custom))
        elif name == "lastRenderedPageBreak":
            runs.breaks += 1
            runs.leading += not runs.text
        else:
            return False
        return True


def _has_text(element: Element) -> bool:
    return any(e.text for e in descendants(element, "t", "delText"))
