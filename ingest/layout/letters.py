"""Words whose letters are set apart to fill a line or a label: 판   결, 사   건."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geungeo.ingest.layout.page import Segment, Thing, rows_of
from geungeo.lang.documents.pages import LETTERS_SET_APART
from geungeo.lang.scripts import HANGUL

# Letters of one word stand apart by so many of their heights at most.
_FURTHEST = 2.5
_SYLLABLE = re.compile(f"[{HANGUL}]")


def with_whole_words(things: Sequence[Thing]) -> list[Thing]:
    """The things on a page; single syllables at the beginning of a line as one stretch."""
    found: list[Thing] = [one for one in things if not isinstance(one, Segment)]
    for row in rows_of([one for one in things if isinstance(one, Segment)]):
        found.extend(replace(one, text=closed(one.text)) for one in _joined(row))
    return found


def _joined(row: Sequence[Segment]) -> Iterator[Segment]:
    count = _letters(row)
    if count > 1:
        own, last = row[:count], row[count - 1]
        # Alone on a line it is a heading, which is told by its letters.
        word = (" " if count == len(row) else "").join(one.text for one in own)
        top, bottom = min(one.top for one in own), max(one.bottom for one in own)
        yield replace(row[0], right=last.right, top=top, bottom=bottom, text=word)
        row = row[count:]
    yield from row


def _letters(row: Sequence[Segment]) -> int:
    """How many single syllables a line begins with, each near the one before."""
    count = 0
    for number, one in enumerate(row):
        if not _SYLLABLE.fullmatch(one.text):
            break
        if number and one.left - row[number - 1].right > _FURTHEST * one.height:
            break
        count += 1
    return count


def closed(text: str) -> str:
    """A text with words for what has a space after each of its letters."""
    return LETTERS_SET_APART.sub(lambda found: found[0].replace(" ", ""), text)
