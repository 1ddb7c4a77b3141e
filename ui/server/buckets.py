"""How often an address may ask: a bucket of tokens each, in memory."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

# The addresses that are remembered; the one that asked longest ago is forgotten first.
_MOST = 10_000


class Buckets:
    """A minute's tokens for each address, filled evenly; safe to use from several threads."""

    def __init__(self, per_minute: int) -> None:
        """``per_minute`` is 0 for any number."""
        self._size = float(per_minute)
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, cost: float) -> float:
        """Take some tokens; returns 0, or the seconds until there are enough."""
        if not self._size:
            return 0.0
        rate = self._size / 60
        now = time.monotonic()
        with self._lock:
            left, then = self._left.pop(address, (self._size, now))
            left = min(self._size, left + (now - then) * rate)
            allowed = left >= cost
            self._left[address] = (left - cost if allowed else left, now)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0.0 if allowed else (cost - left) / rate
