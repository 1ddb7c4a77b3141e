"""What a party claims in a judgment is not what the court holds: excerpts of it say so."""

from __future__ import annotations

import re

from geungeo.lang.documents.marks import HEADING_NUMBER
from geungeo.lang.rules import pattern
from geungeo.vectorstore import Passage

_NUMBER = re.compile(r"^[\w가-하]{1,2}\)\s*")


def claimed_in(passage: Passage) -> str:
    """The heading under which a passage tells what a party claims, with those below it; "" where
    it is in no such part, or in what a court holds of a claim."""
    headings = passage.section.split(" › ")
    claims = pattern("outline", "claims")
    if is_held(passage):
        return ""
    start = next((n for n, heading in enumerate(headings) if claims.search(heading)), None)
    if start is None:
        return ""
    return " › ".join(map(_bare, headings[start:]))


def is_held(passage: Passage) -> bool:
    """Whether a passage stands where a court says what it holds."""
    return any(map(pattern("outline", "holds").search, passage.section.split(" › ")))


def _bare(heading: str) -> str:
    """A heading without its number."""
    return _NUMBER.sub("", HEADING_NUMBER.sub("", heading)).strip()
