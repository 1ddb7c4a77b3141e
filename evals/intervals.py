"""How far a figure could lie elsewhere by the choice of the questions alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Interval = tuple[float, float]

_SAMPLES = 2000
_LEVEL = 95
_SEED = 20


def interval(values: Sequence[float]) -> Interval | None:
    """The bootstrap interval of a mean, at 95 %, by percentiles (Efron 1979); None for no
    values. The same values give the same interval."""
    if not values:
        return None
    listed = np.asarray(values)
    chosen = np.random.default_rng(_SEED).integers(len(listed), size=(_SAMPLES, len(listed)))
    tail = (100 - _LEVEL) / 2
    low, high = np.percentile(listed[chosen].mean(axis=1), [tail, 100 - tail])
    return round(float(low), 4), round(float(high), 4)
