"""``geungeo`` as a process that the system ends with the one that started it, however that one
ends: ``python -m geungeo.evals.bench.tied PARENT …`` becomes ``python -m geungeo …``.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_NAME = "geungeo.evals.bench.tied"
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def tied(*arguments: str) -> list[str]:
    """The command that runs ``geungeo`` with arguments until this process ends, at the latest."""
    return [sys.executable, "-m", _NAME, str(os.getpid()), *arguments]


def main() -> None:
    parent, *arguments = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):
            return  # It has ended already, and tells nobody any more.
    os.execv(sys.executable, [sys.executable, "-m", "geungeo", *arguments])


if __name__ == "__main__":
    main()
