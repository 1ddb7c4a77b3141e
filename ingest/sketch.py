"""How alike two texts are, from a few numbers of each.

MinHash (Broder 1997): of all stretches of a text the least value under each of many hash
functions. The share of the functions in which two texts agree estimates the share of
stretches that they have in common.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Sketch = npt.NDArray[np.uint64]

_STRETCH = 8
_FUNCTIONS = 64
_PRIME = np.uint64((1 << 31) - 1)
# Texts of which so much is the same are one text with small changes.
NEARLY_THE_SAME = 0.75
_SHORTEST = 100
_MOST_STRETCHES = 20_000


def sketch(text: str) -> Sketch | None:
    """The sketch of a text, of shape (64,); None for one that is too short to tell."""
    plain = re.sub(r"\W", "", text).casefold()
    if len(plain) < _SHORTEST:
        return None
    step = max(1, len(plain) // _MOST_STRETCHES)
    places = range(len(plain) - _STRETCH + 1)
    hashes = {zlib.crc32(plain[i : i + _STRETCH].encode()) for i in places}
    if step > 1:
        # Which stretches stand for a long text must not depend on where they lie in it.
        hashes = {one for one in hashes if one % step == 0} or hashes
    values = np.fromiter(hashes, np.uint64, len(hashes)) % _PRIME
    random = np.random.default_rng(1)
    factors = random.integers(1, int(_PRIME), _FUNCTIONS, dtype=np.uint64)
    addends = random.integers(0, int(_PRIME), _FUNCTIONS, dtype=np.uint64)
    least = np.full(_FUNCTIONS, _PRIME)
    for start in range(0, len(values), 2000):
        block = values[start : start + 2000, None] * factors + addends
        least = np.minimum(least, (block % _PRIME).min(axis=0))
    return least


def most_alike(one: Sketch, others: Mapping[str, Sketch]) -> tuple[str, float]:
    """The name of the most alike of some sketches with the share that it has in common; "" and
    0 where there is none."""
    if not others:
        return "", 0.0
    names = list(others)
    shares = (np.stack([others[name] for name in names]) == one).mean(axis=1)
    best = int(shares.argmax())
    return names[best], float(shares[best])
