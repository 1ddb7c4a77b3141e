"""The forms of a word in several languages, and their index terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.scripts import HANGUL
from geungeo.lang.terms import is_pair

Group = tuple[str, ...]
"""The forms of one word, as they are written."""
Form = tuple[str, ...]
"""The index terms of one form of a word."""

_HANGUL = re.compile(f"[{HANGUL}]+")


def form_of(terms: Iterable[str]) -> Form:
    """The words among some terms."""
    return tuple(term for term in terms if not is_pair(term))


def analysed(groups: Sequence[Group], analyzer: Analyzer) -> list[tuple[Form, ...]]:
    """The index terms of every form of some groups; a form without any is left out."""
    terms = map(form_of, analyzer.batch(_in_context(form) for group in groups for form in group))
    return [tuple(filter(None, islice(terms, len(group)))) for group in groups]


def _in_context(form: str) -> str:
    """A Korean noun with a particle, without which 상해 might be a verb."""
    return f"{form}의" if _HANGUL.fullmatch(form) and not form.endswith("다") else form
