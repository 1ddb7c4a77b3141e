"""What became of every file that an ingest has seen, kept with the store."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from geungeo.ingest.sketch import Sketch
from geungeo.vectorstore import FILES, Store, Tables, open_tables

_log = logging.getLogger(__name__)

WITHIN = "!/"
"""Between the path of a file and that of a file within it."""

READERS = "2"
"""The version of all that makes passages of a file. Whatever changes what a file gives gets a new
one, so that the next ingest reads anew what an older one read."""

Status = Literal["added", "updated", "unchanged", "removed", "failed", "skipped"]


@dataclass(frozen=True)
class LedgerEntry:
    """The last word on one file. ``size`` is in bytes, ``modified_ns`` as stat gives it.

    Of its ``pages``, ``recognised`` have their text from OCR and ``empty`` have none;
    ``loader`` names the library that read it, in so many ``seconds``, ``readers`` the version of
    all that made passages of it, and ``twin`` is the path of a document with nearly the same
    text. ``notes`` say what of a file that was read was not: charts, hidden text, pages without
    text.
    """

    path: str
    status: Status
    reason: str = ""
    sha256: str = ""
    size: int = 0
    modified_ns: int = 0
    pages: int = 0
    chunks: int = 0
    characters: int = 0
    recognised: int = 0
    empty: int = 0
    loader: str = ""
    seconds: float = 0.0
    twin: str = ""
    notes: tuple[str, ...] = ()
    readers: str = ""

    @property
    def is_indexed(self) -> bool:
        return self.status in ("added", "updated", "unchanged")

    @property
    def is_outdated(self) -> bool:
        """Whether what is indexed of it was read by another version than would read it now."""
        return self.is_indexed and self.readers != READERS


@dataclass(frozen=True)
class Tally:
    """How many files there are of a status, how many passages they have, and in how many seconds
    they were read."""

    files: int
    passages: int
    seconds: float


class Ledger:
    """A table of files; safe to use from several threads."""

    def __init__(self, file: Path, shared: Tables | None = None) -> None:
        """Open a ledger, or make one; it lies in a file, which gets what one of an older version
        lacks, or in a database that is shared.

        Raises:
            StoreError: it cannot be opened. So does whatever reads or writes a file that is
                damaged, or a disk that is full.
        """
        if shared is None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._tables = shared or open_tables(file, "ledger")

    @classmethod
    def of(cls, store: Store) -> Ledger:
        """Where a store keeps it; raises as the ledger itself."""
        return cls(store.folder / FILES["ledger"], store.shared)

    def close(self) -> None:
        self._tables.close()

    def entries(self) -> dict[str, LedgerEntry]:
        """Every file that is still there, by path."""
        with self._tables.reading() as connection:
            rows = connection.every("every_file")
        return {
            row["path"]: LedgerEntry(**{**row, "notes": tuple(json.loads(row["notes"]))})
            for row in rows
        }

    def left_out(self) -> list[LedgerEntry]:
        """The files that are not in the index."""
        return [entry for entry in self.entries().values() if not entry.is_indexed]

    def tallies(self) -> dict[Status, Tally]:
        """The files that are still there, by the statuses that there are."""
        with self._tables.reading() as connection:
            return {
                status: Tally(*counts) for status, *counts in connection.rows("files_by_status", {})
            }

    def write(self, entry: LedgerEntry) -> None:
        row = {**asdict(entry), "notes": json.dumps(entry.notes, ensure_ascii=False)}
        with self._tables.changing() as connection:
            connection.run("write_file", row)
        _log.info(
            "%s: %s, %d chunks, read in %.2f s%s", entry.path, entry.status, entry.chunks,
            entry.seconds, f": {entry.reason}" if entry.reason else "",
        )  # fmt: skip

    def forget(self, path: str) -> None:
        with self._tables.changing() as connection:
            connection.run("forget_file", {"old_path": path})
            connection.run("forget_sketch", {"old_path": path})
            connection.run("twins", {"old_path": path, "new_path": ""})
        _log.info("%s: forgotten", path)

    def move(self, path: str, new_path: str) -> None:
        """What is known of a file is known of it elsewhere."""
        moved = {"old_path": path, "new_path": new_path}
        with self._tables.changing() as connection:
            connection.run("forget_file", {"old_path": path})
            connection.run("twins", moved)
            connection.run("replace_sketch", moved)
            connection.run("move_sketch", moved)

    def sketches(self) -> dict[str, Sketch]:
        """The sketches of the documents' texts, by path."""
        with self._tables.reading() as connection:
            rows = connection.rows("every_sketch", {})
        return {path: np.frombuffer(sketch, np.uint64) for path, sketch in rows}

    def keep_sketch(self, path: str, sketch: Sketch) -> None:
        with self._tables.changing() as connection:
            connection.run("keep_sketch", {"path": path, "sketch": sketch.tobytes()})
