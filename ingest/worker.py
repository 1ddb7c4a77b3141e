"""Files are read in a process of its own: a hostile one can cost time and memory up to its
limits, and no more. What it writes to its standard error is kept, and told where it crashes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO

from geungeo.ingest.formats import LoadError, NotADocumentError
from geungeo.ingest.load import Loaded
from geungeo.ingest.messages import Receiver, send, to_loaded

_log = logging.getLogger(__name__)

# Of what a process writes to its standard error so many bytes are told, and of its last line so
# many letters.
_MOST_SAID = 4000
_LONGEST_LINE = 200
# A process that is not up by then never will be.
_SECONDS_TO_START = 60.0
# Nothing that lies in the current folder is taken for a module.
_COMMAND = (sys.executable, "-P", "-m", "geungeo.ingest.worker_process")


@dataclass(frozen=True)
class Limits:
    """What one file may cost: ``size`` in bytes, ``seconds`` to read it, ``memory`` in bytes,
    and ``characters`` of text."""

    size: int = 200 * 1024**2
    seconds: float = 180.0
    memory: int = 3 * 1024**3
    characters: int = 20_000_000

    def too_large(self, size: int) -> str:
        megabytes = (size / 1024**2, self.size / 1024**2)
        return "{:,.0f} MB; {:,.0f} MB are the most. Split it into parts".format(*megabytes)


class Worker:
    """Reads files one after the other in another process, which is started when needed; safe to
    use from several threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._lock = threading.Lock()

    def load(self, name: str, data: bytes) -> Loaded:
        """Read a file as ``ingest.load.load`` does.

        Raises:
            LoadError: it cannot be read, or not within the limits.
        """
        with self._lock:
            return self._load(name, data)

    def _load(self, name: str, data: bytes) -> Loaded:
        limits = self.limits
        if len(data) > limits.size:
            raise LoadError(limits.too_large(len(data)))
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        try:
            if process is not self._ready:
                Receiver(process.stdout, time.monotonic() + _SECONDS_TO_START).message()
                self._ready = process
            send(process.stdin, {"name": name}, [data])
            about, blobs = Receiver(process.stdout, time.monotonic() + limits.seconds).message()
        except TimeoutError as error:
            self._stop()
            raise LoadError(f"it was not read within {limits.seconds:.0f} seconds") from error
        except (EOFError, OSError, ValueError) as error:
            if self._process is not process:
                raise LoadError("it was not read: reading was given up") from error
            self._stop()
            said = self._last_words()
            _log.info("%s: its reader crashed: %s", name, said)
            raise LoadError(
                "reading it crashed or took more memory than "
                f"{limits.memory / 1024**3:.0f} GiB; the file is likely damaged{_telling(said)}"
            ) from error
        if "error" in about:
            raise (NotADocumentError if about["skipped"] else LoadError)(about["error"])
        found = to_loaded(about, blobs)
        if len(found.text) > limits.characters:
            raise LoadError(
                f"{len(found.text):,} characters of text; {limits.characters:,} are the most. "
                "Split it into parts"
            )
        return found

    def close(self) -> None:
        """End the process, whatever it reads."""
        self._stop()
        if self._said is not None:
            self._said.close()
            self._said = None

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._said is None:
            self._said = tempfile.TemporaryFile(prefix="geungeo-")  # noqa: SIM115
        # The process writes where this file ends: what it said of another file goes.
        self._said.seek(0)
        self._said.truncate()
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [*_COMMAND, str(self.limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process

    def _last_words(self) -> str:
        """The end of what the process has written to its standard error."""
        if self._said is None:
            return ""
        end = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, end - _MOST_SAID))
        return self._said.read().decode(errors="replace").strip()


def _telling(said: str) -> str:
    """The line of a crash that says the most, for the reason: that of a fault, or the last."""
    lines = said.splitlines() or [""]
    line = next((line for line in lines if line.startswith("Fatal Python error")), lines[-1])
    return f" ({line.strip()[:_LONGEST_LINE]})" if line.strip() else ""
