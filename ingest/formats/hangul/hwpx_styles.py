"""What the header of an HWPX file (OWPML, KS X 6101) says of letters, paragraphs and lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from geungeo.ingest.formats.hangul.document import Shape
from geungeo.ingest.formats.hangul.lists import Level, ListPlace, Lists
from geungeo.ingest.formats.packaged.package import (
    Element,
    attribute,
    child,
    children,
    descendants,
    whole,
)


@dataclass
class Styles:
    """``sizes`` are the heights of letters in points by their identifiers."""

    sizes: dict[str, float] = field(default_factory=dict)
    places: dict[str, ListPlace] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles of ``Contents/header.xml``; none where it is missing."""
        return cls(
            {
                attribute(e, "id"): whole(attribute(e, "height"), 0, 0, 100_000) / 100
                for e in descendants(root, "charPr")
            },
            {attribute(e, "id"): _place(e) for e in descendants(root, "paraPr")},
            {attribute(e, "id"): attribute(e, "name") for e in descendants(root, "style")},
            Lists(
                {attribute(e, "id"): _levels(e) for e in descendants(root, "numbering")},
                {attribute(e, "id"): attribute(e, "char") for e in descendants(root, "bullet")},
            ),
        )

    def shape(self, paragraph: Element) -> Shape:
        place = self.places.get(attribute(paragraph, "paraPrIDRef"), ListPlace())
        return self.lists.shape(place, self.names.get(attribute(paragraph, "styleIDRef"), ""))


def _place(properties: Element) -> ListPlace:
    about = child(properties, "heading")
    kind = attribute(about, "type").lower()
    if kind not in ("outline", "number", "bullet"):
        return ListPlace()
    return ListPlace(kind, attribute(about, "idRef"), whole(attribute(about, "level"), 0, 0, 9))


def _levels(numbering: Element) -> list[Level]:
    start = whole(attribute(numbering, "start"), 1, 1, 9999)
    heads = sorted(
        children(numbering, "paraHead"), key=lambda e: whole(attribute(e, "level"), 1, 1, 10)
    )
    return [
        Level(
            "".join(head.itertext()).strip(),
            attribute(head, "numFormat", "DIGIT"),
            whole(attribute(head, "start"), start, 1, 9999),
        )
        for head in heads
    ]
