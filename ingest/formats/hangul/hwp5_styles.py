"""What the DocInfo stream of an HWP 5 file says of letters, paragraphs and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geungeo.ingest.formats.hangul.document import Shape
from geungeo.ingest.formats.hangul.hwp5_records import (
    BULLET,
    CHAR_SHAPE,
    NUMBERING,
    PARA_SHAPE,
    STYLE,
    Record,
)
from geungeo.ingest.formats.hangul.lists import Level, ListPlace, Lists, form_of

_KINDS = ("", "outline", "number", "bullet")
_LEVELS_OF_NUMBERING = 7
_PARAGRAPH_HEAD = 12  # Bytes before a level's pattern.


@dataclass
class Styles:
    """``sizes`` are the heights of letters in points, ``names`` those of styles; both in the
    order by which they are referred to."""

    sizes: list[float] = field(default_factory=list)
    places: list[ListPlace] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)

    @classmethod
    def of(cls, found: Sequence[Record]) -> Styles:
        def all_of(tag: int) -> Iterator[Record]:
            return (record for record in found if record.tag == tag)

        # Lists are referred to by numbers from 1.
        numberings = {str(n): _levels(r) for n, r in enumerate(all_of(NUMBERING), 1)}
        bullets = {
            str(n): chr(code) if (code := r.number(_PARAGRAPH_HEAD, "H")) else ""
            for n, r in enumerate(all_of(BULLET), 1)
        }
        return cls(
            [r.number(42) / 100 for r in all_of(CHAR_SHAPE)],
            [_place(r) for r in all_of(PARA_SHAPE)],
            [r.text(0)[0] for r in all_of(STYLE)],
            Lists(numberings, bullets),
        )

    def shape(self, header: Record) -> Shape:
        """What a paragraph is, by its header."""
        number, style = header.number(8, "H"), header.number(10, "B")
        place = self.places[number] if number < len(self.places) else ListPlace()
        return self.lists.shape(place, self.names[style] if style < len(self.names) else "")

    def size(self, number: int) -> float:
        return self.sizes[number] if number < len(self.sizes) else 0.0


def _place(shape: Record) -> ListPlace:
    about = shape.number(0)
    kind = _KINDS[about >> 23 & 3]
    return ListPlace(kind, str(shape.number(30, "H")), about >> 25 & 7) if kind else ListPlace()


def _levels(numbering: Record) -> list[Level]:
    heads = []
    at = 0
    for _ in range(_LEVELS_OF_NUMBERING):
        form = form_of(numbering.number(at) >> 5 & 0x1F)
        pattern, at = numbering.text(at + _PARAGRAPH_HEAD)
        heads.append((pattern, form))
    start = numbering.number(at, "H", 1) or 1
    own = [numbering.number(at + 2 + 4 * n, otherwise=start) for n in range(len(heads))]
    return [
        Level(pattern, form, number if 0 < number < 10_000 else 1)
        for (pattern, form), number in zip(heads, own, strict=True)
    ]
