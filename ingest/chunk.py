"""Chunks of whole blocks: a heading opens one, a sentence is never cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geungeo.ingest.blocks import Kind
from geungeo.ingest.load import Part
from geungeo.ingest.sentences import sentences_of
from geungeo.lang import Analyzer
from geungeo.lang.documents.lists import leads_in_block
from geungeo.lang.documents.marks import SPREAD
from geungeo.lang.ko.words import Span
from geungeo.vectorstore import Chunk
from geungeo.vectorstore.records import SentenceKind

# Characters of a chunk; short ones are found by exact questions, long ones keep context.
TARGET = 400
# A list or a table that is a little longer stays whole.
_WHOLE = 1.6
LONGEST_SENTENCE = 2000
_LONGEST_CONTEXT = 80
CHUNKER = f"blocks-{TARGET}-1"

_KINDS: Mapping[Kind, SentenceKind] = {
    "paragraph": "sentence",
    "heading": "heading",
    "item": "item",
    "row": "row",
    "caption": "caption",
    "note": "note",
}


@dataclass(frozen=True)
class _Unit:
    """A part with the section that it stands in, and its sentences."""

    part: Part
    section: str
    sentences: tuple[Span, ...]


def chunk(
    text: str, parts: Sequence[Part], analyzer: Analyzer, target: int = TARGET
) -> list[Chunk]:
    """Chunks of about ``target`` characters, in order, none across a heading.

    Every word of the text lies in a chunk; marks of lists may lie outside. A chunk is on the
    page on which it begins, and one that begins a page begins a chunk. A table's caption and
    what leads in to a list belong to the section of their rows and items.
    """
    chunks: list[Chunk] = []
    pending: list[_Unit] = []
    for unit, whole in _sized(list(_units(text, parts, analyzer)), target):
        for piece in _pieces(unit, target):
            if pending and not _belongs(pending, piece, whole):
                chunks.append(_chunk(pending))
                pending = []
            pending.append(piece)
    if pending:
        chunks.append(_chunk(pending))
    return chunks


def _sized(units: Sequence[_Unit], target: int) -> Iterator[tuple[_Unit, int]]:
    """Each unit with how long its chunk may become: a list or table of one section that is
    only a little too long is kept whole."""
    start = 0
    while start < len(units):
        end = start + 1
        while end < len(units) and units[end].section == units[start].section:
            end += 1
        run = units[start:end]
        listed = sum(one.part.kind in ("item", "row") for one in run)
        length = run[-1].part.end - run[0].part.start
        keeps = 2 * listed >= len(run) and length <= _WHOLE * target
        yield from ((one, int(_WHOLE * target) if keeps else target) for one in run)
        start = end


def _belongs(pending: Sequence[_Unit], unit: _Unit, whole: int) -> bool:
    only_headings = all(one.part.kind == "heading" for one in pending)
    if only_headings:
        return True
    first = pending[0]
    if unit.section != pending[-1].section or unit.part.page != first.part.page:
        return False
    return unit.sentences[-1][1] - first.sentences[0][0] <= whole


def _chunk(units: Sequence[_Unit]) -> Chunk:
    sentences = tuple(span for unit in units for span in unit.sentences)
    kinds = tuple(_KINDS[unit.part.kind] for unit in units for _ in unit.sentences)
    page = units[0].part.page
    return Chunk(sentences[0][0], sentences[-1][1], sentences, units[-1].section, page, kinds=kinds)


def _units(text: str, parts: Sequence[Part], analyzer: Analyzer) -> Iterator[_Unit]:
    read = sentences_of(text, parts, analyzer)
    for (part, spans), section in zip(read, _sections(text, parts), strict=True):
        sentences = tuple(cut for span in spans for cut in _cut(text, *span))
        yield _Unit(part, section, sentences)


def _sections(text: str, parts: Sequence[Part]) -> Iterator[str]:
    """The section of every part: its headings, and what leads in to its list or table."""
    path: list[tuple[int, str]] = []
    lead, held = "", ""
    for place, part in enumerate(parts):
        own = text[part.start : part.end]
        if part.kind == "heading":
            while path and path[-1][0] >= part.level:
                path.pop()
            path.append((part.level, "".join(own.split()) if SPREAD.match(own) else own))
        following = parts[place + 1].kind if place + 1 < len(parts) else ""
        if part.kind == "caption" and following == "row":
            lead, held = own, "row"
        elif part.kind == "paragraph" and following in ("item", "row") and leads_in_block(own):
            lead, held = own[-_LONGEST_CONTEXT:], following
        elif part.kind != held:
            lead = held = ""
        yield " › ".join([*(title for _, title in path), *([lead] if lead else [])])


def _pieces(unit: _Unit, target: int) -> Iterator[_Unit]:
    """A unit as it is, or in stretches of its sentences where it is longer than a chunk."""
    pending: list[Span] = []
    for span in unit.sentences:
        if pending and span[1] - pending[0][0] > target:
            yield _Unit(unit.part, unit.section, tuple(pending))
            pending = []
        pending.append(span)
    yield _Unit(unit.part, unit.section, tuple(pending))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut + (text[cut] == " ")
    yield start, end
