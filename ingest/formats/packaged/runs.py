"""The text of one paragraph while it is put together from its runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from geungeo.ingest.layout.breaks import typed_entries


@dataclass
class Written:
    """``pieces`` are in the order of the file, line breaks among them; ``breaks`` is how many
    pages begin within the paragraph."""

    pieces: list[str] = field(default_factory=list)
    breaks: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    @property
    def entries(self) -> list[str]:
        """The text, parted where a line break begins another entry of a list."""
        return typed_entries("".join(self.pieces))
