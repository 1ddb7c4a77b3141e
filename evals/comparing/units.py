"""What a number counts or measures, by the word before or after it."""

from __future__ import annotations

import re

from geungeo.evals.comparing.words import words

_AFTER: dict[str, str] = words()["units"]
_BEFORE = {"$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "line": "line"}
_UNIT = re.compile(
    rf"\s?-?(?:{words()['number_with_unit']['some']})?\s?(?:"
    + "|".join(f"(?P<u{place}>{pattern})" for place, pattern in enumerate(_AFTER.values()))
    + ")",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?P<mark>[$€£₩]|\bline)\s?$", re.IGNORECASE)
# What a number without a unit may count as well.
_COUNTED = frozenset(("persons", "vehicles", "times", "things", "teams"))


def unit_of(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The unit of the number from ``start`` to ``end``, "" where none is known, and where the
    number with its unit starts and ends."""
    if mark := _MARK.search(text, 0, start):
        return _BEFORE[mark["mark"].lower()], mark.start(), end
    after = _UNIT.match(text, end)
    if after is None:
        return "", start, end
    unit = next(unit for place, unit in enumerate(_AFTER) if after[f"u{place}"] is not None)
    return unit, start, after.end()


def alike(wanted: str, given: str) -> bool:
    """Whether what was wanted in one unit may be given in another: what was wanted bare may come
    with any unit but a rank, and what was to be counted as a bare number."""
    if wanted == given:
        return True
    if not wanted:
        return given != "rank"
    return not given and wanted in _COUNTED
