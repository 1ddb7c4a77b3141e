"""Shares and means of what was measured, None where nothing was."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


def share(values: Iterable[bool]) -> float | None:
    """The part of some values that is true."""
    return mean(float(value) for value in values)


def mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else None


def median(values: Iterable[float]) -> float | None:
    listed = list(values)
    return round(float(np.median(listed)), 4) if listed else None


def ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
