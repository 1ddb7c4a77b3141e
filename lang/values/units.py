"""Units, as three languages write them behind a number."""

from __future__ import annotations

import re
from functools import lru_cache

from geungeo.lang.rules import alternatives, meanings

NAMED = "name"
"""The unit of a number that is a part of a name."""

# Units of which a number of one can mean as many of the other.
_ALIKE = (
    {"ordinal", "times"},
    {"count", "times"},
    {"count", "vehicle"},
    {"month", "ordinal"},
    {"age", "vehicle"},
)
_A_LITTLE_MORE = "여|餘|余|多"


def same_unit(one: str, other: str) -> bool:
    """Whether two units can mean the same; an unknown one can mean any."""
    if not one or not other or one == other:
        return True
    return any({one, other} <= alike for alike in _ALIKE)


def unit_source(group: str = "unit") -> str:
    """The source of a pattern for any unit behind a number; each unit is a group whose name
    begins with ``group``."""
    units = "|".join(
        f"(?P<{group}{i}>{alternatives('units', unit)})" for i, unit in enumerate(meanings("units"))
    )
    return rf"\s?-?(?:{_A_LITTLE_MORE})?\s?(?:{units})"


@lru_cache(1)
def _pattern() -> re.Pattern[str]:
    return re.compile(unit_source(), re.IGNORECASE)


def unit_at(text: str, start: int) -> tuple[str, int]:
    """The unit that a number ending at ``start`` has, and where it ends; "" and ``start`` where
    none is known."""
    match = _pattern().match(text, start)
    if not match:
        return "", start
    unit = next(unit for i, unit in enumerate(meanings("units")) if match[f"unit{i}"] is not None)
    return unit, match.end()


def is_unit(word: str) -> bool:
    """Whether a word is a unit: 미터, 그루, hours."""
    return bool(_pattern().fullmatch(word))
