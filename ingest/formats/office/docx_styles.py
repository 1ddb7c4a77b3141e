"""What a Word paragraph is by its style, and the mark of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geungeo.ingest.formats.packaged.numbering import bullet, numbered
from geungeo.ingest.formats.packaged.package import Element, attribute, child, children, is_on
from geungeo.lang.documents.styles import WORD_CAPTIONS, WORD_CONTENTS, WORD_HEADING, WORD_TITLES

_PLACE = re.compile(r"%([1-9])")


class Styles:
    """Styles by their identifiers, each with those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(s, "styleId"): s for s in children(root, "style")}
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if attribute(style, "type") == "paragraph"
                and attribute(style, "default") in ("1", "true", "on")
            ),
            "",
        )

    def level(self, paragraph: Element) -> int:
        """The level of a heading, from 1; 0 for what is none."""
        own = child(paragraph, "pPr", "outlineLvl")
        for properties, name in [(own, ""), *self._outlines(paragraph)]:
            if name.casefold() in WORD_TITLES:
                return 1
            if properties is not None:
                said = attribute(properties, "val")
                return int(said) + 1 if said.isdigit() and int(said) < 9 else 0
            if found := WORD_HEADING.match(name):
                return int(found[1])
        key = attribute(child(paragraph, "pPr", "pStyle"), "val")
        found = WORD_HEADING.match(key) if key not in self._styles else None
        return int(found[1]) if found else 0

    def _outlines(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        for style in self._of(paragraph):
            yield child(style, "pPr", "outlineLvl"), _name(style)

    def is_caption(self, paragraph: Element) -> bool:
        return any(_name(style).casefold() in WORD_CAPTIONS for style in self._of(paragraph))

    def is_contents(self, paragraph: Element) -> bool:
        """Whether a paragraph is an entry of a table of contents."""
        return any(WORD_CONTENTS.match(_name(style)) for style in self._of(paragraph))

    def is_hidden(self, run_properties: Element | None, paragraph: Element | None = None) -> bool:
        """Whether text is kept but not shown."""
        own = child(run_properties, "vanish")
        if own is not None:
            return is_on(own)
        chains = [self._chain(attribute(child(run_properties, "rStyle"), "val"))]
        if paragraph is not None:
            chains.append(self._of(paragraph))
        for chain in chains:
            for style in chain:
                found = child(style, "rPr", "vanish")
                if found is not None:
                    return is_on(found)
        return False

    def list_of(self, paragraph: Element) -> tuple[str, int | None, str] | None:
        """A paragraph's list: its number, the level where it is said, and the style that it
        comes from."""
        own = child(paragraph, "pPr", "numPr")
        sources = [(own, attribute(child(paragraph, "pPr", "pStyle"), "val"))]
        sources += [
            (child(style, "pPr", "numPr"), attribute(style, "styleId"))
            for style in self._of(paragraph)
        ]
        said = attribute(child(own, "ilvl"), "val")
        level = int(said) if said.isdigit() else None
        for properties, style_id in sources:
            number = attribute(child(properties, "numId"), "val")
            if not number:
                continue
            if number == "0":
                return None
            if level is None:
                said = attribute(child(properties, "ilvl"), "val")
                level = int(said) if said.isdigit() else None
            return number, level, style_id
        return None

    def _of(self, paragraph: Element) -> Iterator[Element]:
        yield from self._chain(attribute(child(paragraph, "pPr", "pStyle"), "val") or self._default)

    def _chain(self, key: str) -> Iterator[Element]:
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = attribute(child(self._styles[key], "basedOn"), "val")


class Numbering:
    """The lists of a document, which count on as their paragraphs are met."""

    def __init__(self, root: Element | None) -> None:
        self._abstract = {attribute(a, "abstractNumId"): a for a in children(root, "abstractNum")}
        self._numbers = {attribute(n, "numId"): n for n in children(root, "num")}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, number: str, level: int | None, style: str = "") -> str:
        """The mark of the next paragraph of a list; empty where it has none."""
        definition = self._numbers.get(number)
        if definition is None:
            return ""
        key, abstract = self._abstract_of(definition)
        levels = {attribute(e, "ilvl"): e for e in children(abstract, "lvl")}
        for override in children(definition, "lvlOverride"):
            if (own := child(override, "lvl")) is not None:
                levels[attribute(override, "ilvl")] = own
        if level is None:
            linked = (k for k, e in levels.items() if attribute(child(e, "pStyle"), "val") == style)
            level = int(next(linked, "0"))
        counts = self._count(number, key, level, definition, levels)
        about = levels.get(str(level))
        form = attribute(child(about, "numFmt"), "val", "decimal")
        pattern = attribute(child(about, "lvlText"), "val")
        if form == "none" or about is None:
            return ""
        if form == "bullet":
            return bullet(pattern, attribute(child(about, "rPr", "rFonts"), "ascii"))
        legal = is_on(child(about, "isLgl"))

        def written(place: re.Match[str]) -> str:
            index = int(place[1]) - 1
            own = levels.get(str(index))
            own_form = attribute(child(own, "numFmt"), "val", "decimal")
            return numbered(counts[index], "decimal" if legal else own_form)

        return _PLACE.sub(written, pattern).strip()

    def _abstract_of(self, definition: Element) -> tuple[str, Element | None]:
        key = attribute(child(definition, "abstractNumId"), "val")
        abstract = self._abstract.get(key)
        link = attribute(child(abstract, "numStyleLink"), "val")
        for other, candidate in self._abstract.items() if link else ():
            if attribute(child(candidate, "styleLink"), "val") == link:
                return other, candidate
        return key, abstract

    def _count(
        self, number: str, key: str, level: int, definition: Element, levels: dict[str, Element]
    ) -> list[int]:
        def start(index: int) -> int:
            said = attribute(child(levels.get(str(index)), "start"), "val", "1")
            return int(said) if said.lstrip("-").isdigit() else 1

        counts = self._counts.setdefault(key, [start(i) - 1 for i in range(9)])
        level = max(0, min(level, 8))
        if (number, level) not in self._begun:
            self._begun.add((number, level))
            for override in children(definition, "lvlOverride"):
                said = attribute(child(override, "startOverride"), "val")
                if attribute(override, "ilvl") == str(level) and said.isdigit():
                    counts[level] = int(said) - 1
        counts[level] += 1
        for index in range(level):
            counts[index] = max(counts[index], start(index))
        for index in range(level + 1, 9):
            counts[index] = start(index) - 1
        return counts


def _name(style: Element) -> str:
    return " ".join(attribute(child(style, "name"), "val").split())
