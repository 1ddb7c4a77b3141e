"""What a soak tells: by quarter of it, so that it shows whether anything grows."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from geungeo.evals.bench.soaking.documents import CHANGES, Ingested
from geungeo.evals.bench.soaking.readers import Heard
from geungeo.evals.bench.soaking.server import Held

_QUARTERS = 4
_HOUR = 3600.0
# The share at the beginning in which a server still loads and fills what it keeps ready.
_WARM_UP = 0.1
_TOLD = 5


def figures(
    readers: int, heard: Heard, ingested: Sequence[Ingested], held: Sequence[Held], said: str
) -> dict[str, Any]:
    """The figures by name. Memory is in MiB and without the first tenth of the time; what it grows
    by in an hour is the slope of the least squares."""
    seconds = held[-1].at
    warm = [one for one in held if one.at >= _WARM_UP * seconds] or [held[-1]]
    failed = [one.failed for one in ingested if one.failed]
    stale = [one.turn for one in ingested if not one.failed and not one.fresh]
    told = [line for line in said.splitlines() if line.strip()]
    return {
        "minutes": round(seconds / 60, 1),
        "readers": readers,
        "cores here": os.cpu_count(),
        "answers": len(heard.answers),
        "by kind": dict(Counter(what for what, *_ in heard.answers).most_common()),
        "tabs of the page": heard.done["page"],
        "documents read": heard.done["read"],
        "errors": heard.errors.total(),
        "by error": dict(heard.errors.most_common()),
        **_seconds(heard, seconds),
        "ingests": len(ingested),
        "ingests failed": len(failed),
        "why": failed[:_TOLD],
        **{f"{change} and told": _told(ingested, change) for change in CHANGES},
        "stale": [f"{one.change}: {one.question}" for one in stale[:_TOLD]],
        "resident MiB": _by_quarter([(one.at, one.resident) for one in warm], np.mean),
        "own MiB": _by_quarter([(one.at, one.own) for one in warm], np.mean),
        "resident MiB at most": round(max(one.resident for one in held)),
        "own MiB an hour": _growth(warm),
        "open files": [warm[0].files, warm[-1].files],
        "threads": [warm[0].threads, warm[-1].threads],
        "lines of the server's log": len(told),
        "log": told[-_TOLD:],
    }  # fmt: skip


def is_sound(found: dict[str, Any]) -> bool:
    """Whether nothing has failed and everything was told as it was."""
    return not (found["errors"] or found["ingests failed"] or found["stale"])


def _told(ingested: Sequence[Ingested], change: str) -> str:
    """How many of the changes of a kind were told at once, of all that went well."""
    own = [one.fresh for one in ingested if one.turn.change == change and not one.failed]
    return f"{sum(own)} of {len(own)}"


def _seconds(heard: Heard, whole: float) -> dict[str, list[float | None]]:
    took = [(at, own) for _, at, own in heard.answers]
    return {
        f"seconds p{part}": _by_quarter(took, lambda own, p=part: np.percentile(own, p), whole)
        for part in (50, 95)
    }


def _by_quarter(
    values: Sequence[tuple[float, float]], of: Any, whole: float | None = None
) -> list[float | None]:
    """A figure of the values in each quarter of the time; None where there are none."""
    first = 0.0 if whole is not None else values[0][0]
    last = whole if whole is not None else values[-1][0]
    ends = np.linspace(first, last, _QUARTERS + 1)[1:-1]
    parts: list[list[float]] = [[] for _ in range(_QUARTERS)]
    for at, value in values:
        parts[int(np.searchsorted(ends, at, side="right"))].append(value)
    return [round(float(of(part)), 2) if part else None for part in parts]


def _growth(held: Sequence[Held]) -> float | None:
    at = np.array([one.at for one in held])
    if len(held) < 2 or not np.ptp(at):
        return None
    own = np.array([one.own for one in held])
    return round(float(np.polyfit(at, own, 1)[0]) * _HOUR, 1)
