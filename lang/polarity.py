"""Whether a sentence says yes or no, and which of two opposites it says."""

from __future__ import annotations

import re

from geungeo.lang.rules import pattern
from geungeo.lang.scripts import HANGUL

_SHORTEST_CLAUSE = 4
_HANGUL = re.compile(f"[{HANGUL}]")
# Korean negates at the end of a clause, within so many characters.
_KOREAN_TAIL = 16
# Meanings of rules that are each other's opposite.
_OPPOSITES = (
    ("more", "fewer"),
    ("at least", "at most"),
    ("greatest", "least"),
    ("first half", "second half"),
    ("founded", "closed"),
    ("approved", "refused"),
    ("free", "paid"),
    ("before", "after"),
)


def clauses(text: str) -> list[str]:
    """The parts of a text that say something of their own; the whole text at least."""
    parts = [part.strip() for part in pattern("negation", "between clauses").split(text)]
    return [part for part in parts if len(part) >= _SHORTEST_CLAUSE] or [text]


def is_negated(clause: str) -> bool:
    """Whether a clause is negated; two negations are none. Korean negates at the end."""
    plain = _without_form_only(clause)
    if _HANGUL.search(plain):
        plain = plain[-_KOREAN_TAIL:]
    return len(pattern("negation", "negates").findall(plain)) % 2 == 1


def negated(clause: str) -> str:
    """The part of a clause that its negation is about: what follows it, or in Korean what
    goes before it; "" where nothing is negated."""
    if not is_negated(clause):
        return ""
    plain = _without_form_only(clause)
    last = list(pattern("negation", "negates").finditer(plain))[-1]
    return plain[: last.start()] if _HANGUL.search(plain) else plain[last.end() :]


def contradicts(claim: str, given: str) -> str:
    """The words of a claim whose opposite the given text says, or ""."""
    for sides in _OPPOSITES:
        for one, other in (sides, sides[::-1]):
            side, opposite = pattern("opposites", one), pattern("opposites", other)
            said = side.search(claim)
            elsewhere = opposite.search(given) and not side.search(given)
            if said and elsewhere and not opposite.search(claim):
                return said[0]
    return ""


def _without_form_only(clause: str) -> str:
    """A clause without what negates in form and not in meaning: not only, no later than."""
    return pattern("negation", "negates in form only").sub(" ", clause)
