"""What goes between an ingest and the process that reads for it: a line of JSON and the bytes that
it announces."""

from __future__ import annotations

import json
import os
import selectors
import time
from collections.abc import Sequence
from dataclasses import astuple
from typing import IO, Any

from geungeo.ingest.formats import Member
from geungeo.ingest.load import Loaded, Part


def send(pipe: IO[bytes], about: dict[str, Any], blobs: Sequence[bytes]) -> None:
    line = json.dumps({**about, "sizes": [len(blob) for blob in blobs]})
    pipe.write(line.encode() + b"\n")
    for blob in blobs:
        pipe.write(blob)
    pipe.flush()


class Receiver:
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


def of_loaded(found: Loaded) -> tuple[dict[str, Any], list[bytes]]:
    """A file that was read, as a message."""
    keys = ("pages", "given", "empty", "recognised_pages", "loader", "notes")
    about = {key: getattr(found, key) for key in keys}
    about["parts"] = [astuple(part) for part in found.parts]
    about["members"] = [member.name for member in found.members]
    text = found.text.encode("utf-8", errors="replace")
    return about, [text, *(member.data for member in found.members)]


def to_loaded(about: dict[str, Any], blobs: Sequence[bytes]) -> Loaded:
    """A message of a file that was read, as ``of_loaded`` makes it."""
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
