"""The styles and lists of HWP and HWPX: which paragraph is a heading, and the mark before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geungeo.ingest.formats.hangul.document import Shape
from geungeo.ingest.formats.packaged.numbering import bullet, numbered
from geungeo.lang.documents.marks import CIRCLED_HAN, CIRCLED_LETTERS, CIRCLED_SYLLABLES
from geungeo.lang.documents.styles import (
    HANGUL_CAPTION,
    HANGUL_CONTENTS,
    HANGUL_HEADING,
    HANGUL_SIZES,
)

LEVELS = 10
# Number formats in the order of HWP 5 with HWPX's names, and Word's names for them or the series.
_FORMS: tuple[tuple[str, str], ...] = (
    ("DIGIT", "decimal"),
    ("CIRCLED_DIGIT", "decimalEnclosedCircle"),
    ("ROMAN_CAPITAL", "upperRoman"),
    ("ROMAN_SMALL", "lowerRoman"),
    ("LATIN_CAPITAL", "upperLetter"),
    ("LATIN_SMALL", "lowerLetter"),
    ("CIRCLED_LATIN_CAPITAL", "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ"),
    ("CIRCLED_LATIN_SMALL", "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ"),
    ("HANGUL_SYLLABLE", "ganada"),
    ("CIRCLED_HANGUL_SYLLABLE", CIRCLED_SYLLABLES),
    ("HANGUL_JAMO", "chosung"),
    ("CIRCLED_HANGUL_JAMO", CIRCLED_LETTERS),
    ("HANGUL_PHONETIC", "koreanDigital"),
    ("IDEOGRAPH", "ideographDigital"),
    ("CIRCLED_IDEOGRAPH", CIRCLED_HAN),
)
_BY_NAME = dict(_FORMS)
_PLACE = re.compile(r"\^(\d{1,2}|[nN])")


def form_of(number: int) -> str:
    """The name of a number format of HWP 5."""
    return _FORMS[number][0] if 0 <= number < len(_FORMS) else "DIGIT"


def written_number(number: int, form: str) -> str:
    """A number in a format by its name, such as ``HANGUL_SYLLABLE``; digits where unknown."""
    series = _BY_NAME.get(form, "decimal")
    if series.isascii():
        return numbered(number, series)
    return series[number - 1] if 0 < number <= len(series) else str(number)


@dataclass(frozen=True)
class Level:
    """A level of a list; ``pattern`` has ``^1`` for the number of the first level."""

    pattern: str
    form: str = "DIGIT"
    start: int = 1


@dataclass(frozen=True)
class ListPlace:
    """Where a paragraph stands in a list; ``level`` counts from 0, ``number`` is the list's."""

    kind: str = ""  # outline, number, bullet
    number: str = ""
    level: int = 0


@dataclass
class Lists:
    """The lists of a document, which count on as their paragraphs are met. ``outline`` is the
    number of the list that counts the headings of the section."""

    numberings: Mapping[str, Sequence[Level]] = field(default_factory=dict)
    bullets: Mapping[str, str] = field(default_factory=dict)
    outline: str = ""
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def shape(self, place: ListPlace, style: str) -> Shape:
        """What the next paragraph is, by its place in a list and the name of its style."""
        name = " ".join(style.split())
        if HANGUL_CONTENTS.match(name):
            return Shape(is_contents=True)
        level = place.level + 1 if place.kind == "outline" else _level_of(name)
        return Shape(level, self._mark(place), bool(HANGUL_CAPTION.match(name)))

    def _mark(self, place: ListPlace) -> str:
        if place.kind == "bullet":
            return bullet(self.bullets.get(place.number, ""))
        number = self.outline if place.kind == "outline" else place.number
        levels = self.numberings.get(number)
        if not place.kind or not levels or place.level >= len(levels):
            return ""
        counts = self._counts.setdefault(number, [level.start - 1 for level in levels])
        counts[place.level] += 1
        for deeper in range(place.level + 1, len(levels)):
            counts[deeper] = levels[deeper].start - 1

        def written(match: re.Match[str]) -> str:
            if match[1] in "nN":
                path = ".".join(str(max(count, 1)) for count in counts[: place.level + 1])
                return f"{path}." if match[1] == "N" else path
            at = int(match[1]) - 1
            known = 0 <= at < len(levels)
            return written_number(max(counts[at], 1), levels[at].form) if known else ""

        return _PLACE.sub(written, levels[place.level].pattern).strip()


def _level_of(style: str) -> int:
    if found := HANGUL_HEADING.match(style):
        return min(int(found[1] or 1), LEVELS) or 1
    return HANGUL_SIZES.get(style.partition("(")[0].strip(), 0)
