"""From a file's bytes to the text that is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from geungeo.ingest.blocks import Block, Kind
from geungeo.ingest.clean import composed, visible
from geungeo.ingest.formats import LoadError, Member, read

__all__ = ["LoadError", "Loaded", "Part", "load"]


@dataclass(frozen=True)
class Part:
    """A block in its place: ``[start, end)`` of the document's text."""

    kind: Kind
    start: int
    end: int
    page: int = 1
    level: int = 0


@dataclass(frozen=True)
class Loaded:
    """A document's text as loaded, and what the file itself says of it.

    ``parts`` are its blocks in their places, in order. Of its ``pages``, ``empty`` have no text
    and those in ``recognised_pages`` have it from OCR. ``members`` are files within, and
    ``notes`` say what of the file was not read.
    """

    text: str
    parts: tuple[Part, ...] = ()
    pages: int = 1
    given: Mapping[str, str] = field(default_factory=dict)
    empty: int = 0
    recognised_pages: tuple[int, ...] = ()
    loader: str = ""
    members: tuple[Member, ...] = ()
    notes: tuple[str, ...] = ()


def load(name: str, data: bytes) -> Loaded:
    """Read one file; ``name`` is its file name.

    Raises:
        LoadError: the file cannot be read, or no text is left after cleaning.
    """
    found = read(data, name)
    blocks = list(_cleaned(found.blocks))
    if not blocks and not found.members:
        raise LoadError("; ".join(("no text in it", *found.notes)))
    text, parts = _assembled(blocks)
    return Loaded(
        text=text,
        parts=tuple(parts),
        pages=found.pages,
        given=found.given,
        empty=found.pages - len({block.page for block in blocks}) if blocks else found.pages,
        recognised_pages=found.recognised,
        loader=found.loader,
        members=found.members,
        notes=found.notes,
    )


def _cleaned(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        text = " ".join(composed(visible(block.text)).split())
        if any(letter.isalnum() for letter in text):
            yield replace(block, text=text)


def _assembled(blocks: Sequence[Block]) -> tuple[str, list[Part]]:
    """Rows and items stand line by line; everything else has a blank line before it."""
    text = ""
    parts: list[Part] = []
    before: Block | None = None
    for block in blocks:
        if before:
            close = block.kind == before.kind and block.kind in ("row", "item")
            text += "\n" if close else "\n\n"
        parts.append(
            Part(block.kind, len(text), len(text) + len(block.text), block.page, block.level)
        )
        text += block.text
        before = block
    return text, parts
