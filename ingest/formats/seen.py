"""What of a document is met and not read, and how its notes tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from geungeo.ingest.formats.result import counted

_LONGEST_EDGE = 80


@dataclass
class Seen:
    """How many of each thing there are; ``hidden`` counts letters. ``edges`` say what stands above
    and below every page, ``others`` whatever else is left out."""

    deleted: int = 0
    inserted: int = 0
    hidden: int = 0
    comments: int = 0
    pictures: int = 0
    objects: int = 0
    edges: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        if self.deleted or self.inserted:
            yield (
                f"tracked changes: {counted(self.deleted, 'deletion')} left out, "
                f"{counted(self.inserted, 'insertion')} read"
            )
        if self.hidden:
            yield f"hidden text left out ({counted(self.hidden, 'letter')})"
        if self.comments:
            yield f"{counted(self.comments, 'comment')} left out"
        yield from self.edges
        if self.pictures:
            yield f"{counted(self.pictures, 'picture')} left out"
        if self.objects:
            yield f"{counted(self.objects, 'embedded object')} left out"
        yield from self.others


def edge_note(kind: str, text: str) -> str:
    """What is said of a ``header`` or ``footer``."""
    return f"page {kind} left out: {text[:_LONGEST_EDGE]}"
