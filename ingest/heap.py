"""One heap for all threads.

glibc gives each thread a heap of its own, and what is freed in one does not serve the others.
An ingest hands its work from thread to thread: of 1,000 documents it holds a sixth more memory
that way, and more of 10,000.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h


def share_heap() -> None:
    """Let the threads to come share the first one's heap; to be called before any is started.

    Where the C library is another than glibc nothing changes (mallopt(3)).
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
