"""What a party claims in a judgment is not what the court holds: excerpts of it say so."""

from __future__ import annotations

from geungeo.lang.documents.marks import HEADING_NUMBER
from geungeo.lang.rules import pattern
from geungeo.vectorstore import Passage

_JUDGMENT = "judgment"


def claimed_in(passage: Passage) -> str:
    """The heading under which a passage of a judgment tells what a party claims, with those below
    it; "" where it is in no such part, or in what the court holds of a claim."""
    if passage.type != _JUDGMENT or is_held(passage):
        return ""
    headings = passage.section.split(" › ")
    claims = pattern("outline", "claims")
    start = next((n for n, heading in enumerate(headings) if claims.search(heading)), None)
    if start is None:
        return ""
    return " › ".join(HEADING_NUMBER.sub("", one).strip() for one in headings[start:])


def is_held(passage: Passage) -> bool:
    """Whether a passage stands where a court says what it holds."""
    return any(map(pattern("outline", "holds").search, passage.section.split(" › ")))
