"""What a document is made of, whatever its format: blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "row", "caption", "note"]
"""``item`` is an entry of a list with its mark, ``row`` a row of a table, ``caption`` what
names a table or a picture, ``note`` a footnote, an endnote, a comment or a speaker's note."""


@dataclass(frozen=True)
class Block:
    """The least that is read as one: a whole paragraph, not a line of it.

    ``text`` has no line breaks. ``page`` counts from 1. ``level`` orders the headings of one
    document, 1 being the highest, and is 0 for everything else.
    """

    kind: Kind
    text: str
    page: int = 1
    level: int = 0
