"""The text of OpenDocument paragraphs, the marks of their lists, and what styles hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from geungeo.ingest.formats.packaged.equations import linear
from geungeo.ingest.formats.packaged.numbering import bullet, numbered
from geungeo.ingest.formats.packaged.package import (
    Element,
    attribute,
    child,
    children,
    descendants,
    local,
    whole,
)
from geungeo.ingest.formats.packaged.runs import Written
from geungeo.ingest.formats.seen import Seen
from geungeo.lang.documents.styles import ODF_NUMBERS

_PASSED_OVER = frozenset(
    """ruby-text annotation-end tracked-changes bookmark-start bookmark-end change-start
    change-end note-citation title desc reference-mark-start sender-initials""".split()
)
_SPACES = {"s": " ", "tab": " ", "line-break": "\n"}


@dataclass
class Spoken(Written):
    """A paragraph: ``notes`` are its footnotes, ``frames`` what is anchored in it."""

    notes: list[Element] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)


class Styles:
    """The styles of a file by family and name; ``roots`` are the content's and the common ones."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        for root in roots:
            for style in descendants(root, "style"):
                self._styles.setdefault(
                    (attribute(style, "family"), attribute(style, "name")), style
                )
            for style in descendants(root, "list-style"):
                self._lists.setdefault(attribute(style, "name"), style)

    def property(self, family: str, name: str, key: str) -> str:
        """A property of a style or of the first that it is based on."""
        for style in self._chain(family, name):
            for properties in style:
                if local(properties).endswith("-properties") and (
                    said := attribute(properties, key)
                ):
                    return said
        return ""

    def names(self, family: str, name: str) -> Iterator[str]:
        for style in self._chain(family, name):
            yield attribute(style, "display-name") or attribute(style, "name").replace("_20_", " ")

    def list_level(self, name: str, level: int) -> Element | None:
        levels = self._lists.get(name)
        return next(
            (
                e
                for e in (levels if levels is not None else ())
                if attribute(e, "level") == str(level)
            ),
            None,
        )

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name and name not in seen and (family, name) in self._styles:
            seen.add(name)
            yield self._styles[family, name]
            name = attribute(self._styles[family, name], "parent-style-name")


class Speaker:
    """Reads paragraphs as they are shown."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen

    def read(self, paragraph: Element) -> Spoken:
        spoken = Spoken()
        style = attribute(paragraph, "style-name")
        if self._styles.property("paragraph", style, "display") == "none":
            self._seen.hidden += len("".join(paragraph.itertext()))
            return spoken
        self._walk(paragraph, spoken)
        return spoken

    def _walk(self, element: Element, spoken: Spoken) -> None:
        spoken.pieces.append((element.text or "").replace("\n", " "))
        for part in element:
            self._part(part, spoken)
            spoken.pieces.append((part.tail or "").replace("\n", " "))

    def _part(self, part: Element, spoken: Spoken) -> None:
        name = local(part)
        if not name or name in _PASSED_OVER:
            return
        if name in _SPACES:
            spoken.pieces.append(_SPACES[name])
        elif name == "soft-page-break":
            spoken.breaks += 1
        elif name == "note":
            spoken.notes.append(part)
        elif name == "annotation":
            self._seen.comments += 1
        elif name in ("hidden-text", "hidden-paragraph"):
            self._seen.hidden += len(attribute(part, "string-value") or part.text or "")
        elif is_shape(part):
            spoken.frames.append(part)
        elif name == "math":
            spoken.pieces.append(linear(part))
        elif name == "span" and self._is_hidden(part):
            self._seen.hidden += len("".join(part.itertext()))
        else:
            self._walk(part, spoken)

    def _is_hidden(self, span: Element) -> bool:
        style = attribute(span, "style-name")
        return self._styles.property("text", style, "display") == "none"


def is_shape(element: Element) -> bool:
    """Whether an element is drawn in a place of its own."""
    return local(element) in _SHAPES


_SHAPES = frozenset(
    "frame g custom-shape rect circle ellipse polygon path line connector caption a".split()
) - {"a"}


def note_of(element: Element, read: Speaker) -> str:
    """A footnote with its mark before it."""
    citation = child(element, "note-citation")
    mark = (citation.text or "").strip() if citation is not None else ""
    texts = (read.read(p).text for p in descendants(child(element, "note-body"), "p", "h"))
    text = " ".join(filter(None, texts))
    return f"{mark}) {text}" if mark and text and mark.isalnum() else f"{mark} {text}".strip()


class Marks:
    """The marks of lists, which count on as their entries are met."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._last: dict[str, list[int]] = {}

    def begin(self, style: str, is_continued: bool) -> list[int]:
        """The counts of a list; those of the last of its style where it goes on."""
        counts = self._last.get(style, [0] * 11) if is_continued else [0] * 11
        self._last[style] = counts
        return counts

    def next(self, style: str, level: int, counts: list[int]) -> str:
        about = self._styles.list_level(style, level)
        if about is None:
            return bullet("")
        if local(about) != "list-level-style-number":
            return bullet(attribute(about, "bullet-char"))
        start = whole(attribute(about, "start-value"), 1)
        level = min(level, 10)
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * len(counts[level + 1 :])
        first = max(1, level - whole(attribute(about, "display-levels"), 1) + 1)
        form = attribute(about, "num-format")
        if not form:
            return ""
        parts = (self._number(style, index, counts[index]) for index in range(first, level + 1))
        number = ".".join(parts)
        return f"{attribute(about, 'num-prefix')}{number}{attribute(about, 'num-suffix')}".strip()

    def _number(self, style: str, level: int, count: int) -> str:
        about = self._styles.list_level(style, level)
        form = attribute(about, "num-format", "1")
        return numbered(max(1, count), ODF_NUMBERS.get(form, "decimal"))


def plain_text(element: Element | None, speaker: Speaker) -> str:
    """The paragraphs of an element as one text."""
    texts = (speaker.read(p).text for p in children(element, "p", "h"))
    return " ".join(filter(None, texts))
