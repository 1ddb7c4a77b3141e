"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from geungeo.ingest.load import Part
from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.documents.marks import BULLET, NUMBER_AS_NAME
from geungeo.lang.ko.particles import BEHIND_QUOTE
from geungeo.lang.ko.words import Span

# An English full stop ends a sentence before a capital, not after an abbreviation, and after
# a number only where that is not the number of an item or a part of a date.
_END = re.compile(
    r"[。！？!?][”’\"')）」』]*"
    r"|(?<!\b[A-Z])(?<!Mr)(?<!Dr)(?<!No)(?<!\d)\.[”’\"')]*(?=\s+[\"'“‘(]?[A-Z0-9]|\s*$)"
    r"|(?:(?<=\d\d\d)|(?<=[a-z,] \d)|(?<=[a-z,] \d\d))\.[”’\"')]*(?=\s+[\"'“‘(]?[A-Z])"
)
_PROSE = ("paragraph", "item", "note")
_KIWI_WORTHWHILE = 40
# Marks before an item: the quote begins after them.
_MARKS = re.compile(rf"[\s:]*(?:{BULLET.pattern})*")
# A sentence goes on after an ellipsis, within a date, and before a bare particle.
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…|\d\.)$")
_ASIDES = (("(", ")"), ("（", "）"), ("[", "]"))
_QUOTATIONS = (("「", "」"), ("“", "”"), ("‘", "’"))
_CLOSING = tuple(")」]”’")
# An aside of several sentences, as of sources; a quotation of several has them apart.
_LONGEST_ASIDE, _LONGEST_JOINED = 300, 1000


def sentences_of(
    text: str, parts: Sequence[Part], analyzer: Analyzer
) -> Iterator[tuple[Part, list[Span]]]:
    """The parts of a document with the spans of their sentences in its text; a heading, a row
    and a caption are one each."""
    prose = [part for part in parts if part.kind in _PROSE]
    split = iter(split_sentences([text[part.start : part.end] for part in prose], analyzer))
    for part in parts:
        own = next(split) if part.kind in _PROSE else []
        spans = own or [(0, part.end - part.start)]
        yield part, [(part.start + start, part.start + end) for start, end in spans]


def split_sentences(paragraphs: Sequence[str], analyzer: Analyzer) -> list[list[Span]]:
    """For each paragraph the spans of its sentences, without the marks and spaces around."""
    flat = [paragraph.replace("\n", " ") for paragraph in paragraphs]
    korean = [
        (len(text) > _KIWI_WORTHWHILE or ". " in text) and language_of(text) == "ko"
        for text in flat
    ]
    by_kiwi = analyzer.sentences(
        [text for text, own in zip(flat, korean, strict=True) if own],
        lambda text, spans: _stripped(text, _rejoined(text, spans)),
    )
    split = []
    for text, own in zip(flat, korean, strict=True):
        if own:
            split.append(next(by_kiwi))
        else:
            ends = [match.end() for match in _END.finditer(text)]
            spans = zip([0, *ends], [*ends, len(text)], strict=True)
            split.append(_stripped(text, spans))
    return split


def _rejoined(text: str, spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and _is_one(text, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_one(text: str, before: Span, after: Span) -> bool:
    """Whether two stretches are one sentence: the first breaks off, the number of what it names
    comes in the second, or a bracket that it opens is closed there."""
    said = text[slice(*before)].rstrip()
    if _BROKEN_OFF.search(said) or BEHIND_QUOTE.match(text, *after):
        return True
    following = text[slice(*after)].lstrip()
    if following.startswith(_CLOSING) or (said[-1:].isalnum() and NUMBER_AS_NAME.match(following)):
        return True
    start, end = before[0], after[1]
    if end - start > _LONGEST_JOINED:
        return False
    return any(
        _is_open_over(text, before, own, limit)
        for kind, limit in ((_ASIDES, before[1] + _LONGEST_ASIDE), (_QUOTATIONS, end))
        for own in kind
    )


def _is_open_over(text: str, before: Span, marks: tuple[str, str], limit: int) -> bool:
    """Whether a mark is opened in a stretch and closed behind it; what closes without having
    been opened, as behind the number of an item, is none."""
    opening, closing = marks
    depth = 0
    for place in range(before[0], min(limit, len(text))):
        if place == before[1] and not depth:
            return False
        if text[place] == opening:
            depth += 1
        elif text[place] == closing and depth:
            depth -= 1
            if not depth and place >= before[1]:
                return True
    return False


def _stripped(text: str, spans: Iterable[Span]) -> list[Span]:
    stripped = (_strip(text, *span) for span in spans)
    return [span for span in stripped if span[0] < span[1]]


def _strip(text: str, start: int, end: int) -> Span:
    mark = _MARKS.match(text, start, end)
    start = mark.end() if mark else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
