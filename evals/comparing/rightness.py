"""Whether an answer holds a known answer, in its words or by its value."""

from __future__ import annotations

from collections.abc import Sequence

from geungeo.evals.comparing.forms import stands_in
from geungeo.evals.comparing.values import values, whole_values


def contains(said: str, wanted: Sequence[str]) -> bool:
    """Whether an answer has one of some strings, or the value that is all of one."""
    return any(stands_in(said, one) or _has_value(said, one) for one in wanted)


def _has_value(said: str, wanted: str) -> bool:
    given = values(said)
    return any(given.tell(value) for value in whole_values(wanted))
