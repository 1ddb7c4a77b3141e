"""Files are read in a process of its own: a hostile one can cost time and memory up to its
limits, and no more. What it writes to its standard error is kept, and told where it crashes.

A message on the pipes is a line of JSON and the bytes that it announces.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import resource
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import IO, Any

from geungeo.ingest.formats import LoadError, Member, NotADocumentError
from geungeo.ingest.load import Loaded, Part, load

_log = logging.getLogger(__name__)

# Of what a process writes to its standard error so many bytes are told, and of its last line so
# many letters.
_MOST_SAID = 4000
_LONGEST_LINE = 200
# A process that is not up by then never will be.
_SECONDS_TO_START = 60.0


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
                _Reader(process.stdout, time.monotonic() + _SECONDS_TO_START).message()
                self._ready = process
            _send(process.stdin, {"name": name}, [data])
            about, blobs = _Reader(process.stdout, time.monotonic() + limits.seconds).message()
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
        found = _loaded(about, blobs)
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
                [sys.executable, "-P", "-m", "geungeo.ingest.worker", str(self.limits.memory)],
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


def _send(pipe: IO[bytes], about: dict[str, Any], blobs: Sequence[bytes]) -> None:
    line = json.dumps({**about, "sizes": [len(blob) for blob in blobs]})
    pipe.write(line.encode() + b"\n")
    for blob in blobs:
        pipe.write(blob)
    pipe.flush()


class _Reader:
    """Reads a message until a deadline; raises ``TimeoutError`` after it, and ``EOFError``
    where the other end is gone."""

    def __init__(self, pipe: IO[bytes], deadline: float) -> None:
        self._pipe = pipe
        self._deadline = deadline
        self._buffer = bytearray()

    def message(self) -> tuple[dict[str, Any], list[bytes]]:
        while (end := self._buffer.find(b"\n")) < 0:
            self._fill()
        about = json.loads(self._take(end + 1))
        return about, [self._exactly(size) for size in about["sizes"]]

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._fill()
        return self._take(size)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            if not selector.select(max(0.0, self._deadline - time.monotonic())):
                raise TimeoutError
        part = os.read(self._pipe.fileno(), 1 << 20)
        if not part:
            raise EOFError
        self._buffer += part


def _loaded(about: dict[str, Any], blobs: Sequence[bytes]) -> Loaded:
    """What ``_answer`` made a message of."""
    given = {key: about[key] for key in ("given", "pages", "empty", "loader")}
    return Loaded(
        text=blobs[0].decode(),
        parts=tuple(Part(*part) for part in about["parts"]),
        recognised_pages=tuple(about["recognised_pages"]),
        members=tuple(
            Member(name, data) for name, data in zip(about["members"], blobs[1:], strict=True)
        ),
        notes=tuple(about["notes"]),
        **given,
    )


def _answer(name: str, data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        found = load(name, data)
    except NotADocumentError as error:
        return {"error": str(error), "skipped": True}, []
    except LoadError as error:
        return {"error": str(error), "skipped": False}, []
    except (RecursionError, MemoryError) as error:
        reason = f"nested too deeply or too large to read ({type(error).__name__})"
        return {"error": reason, "skipped": False}, []
    except Exception as error:
        return {
            "error": f"it cannot be read: {type(error).__name__}: {error}",
            "skipped": False,
        }, []
    keys = ("pages", "given", "empty", "recognised_pages", "loader", "notes")
    about = {key: getattr(found, key) for key in keys}
    about["parts"] = [astuple(part) for part in found.parts]
    about["members"] = [member.name for member in found.members]
    text = found.text.encode("utf-8", errors="replace")
    return about, [text, *(member.data for member in found.members)]


def _serve(memory: int) -> None:
    """Answer messages on standard input until it ends."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # What a library prints must not come between the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    source = sys.stdin.buffer
    _send(out, {"ready": True}, [])
    while line := source.readline():
        about = json.loads(line)
        data = source.read(about["sizes"][0])
        _send(out, *_answer(about["name"], data))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
