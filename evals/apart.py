"""Steps of a benchmark in processes of their own, so that their memory is told apart."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024


def apart(step: Callable[..., Result], *arguments: Any) -> Result:
    """What a step returns that runs in a new process."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as process:
        return process.submit(step, *arguments).result()


def peak_mib() -> float:
    """The greatest resident memory of this process so far, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB, 0)
