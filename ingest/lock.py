"""One ingest at a time into a store, whichever process runs it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from geungeo.vectorstore import StoreError, in_one_line

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called before each file with the number done, the number of all, and the file's name."""


@contextmanager
def alone(folder: Path, progress: Progress | None) -> Iterator[FileLock]:
    """Wait for another ingest into the store of a folder, and keep others waiting until the end
    of the block; gives the lock, which is free again afterwards.

    Raises:
        StoreError: the lock cannot be written.
    """
    lock = FileLock(folder / "ingest.lock")
    _acquire(lock, folder, progress)
    try:
        yield lock
    finally:
        lock.release()


def _acquire(lock: FileLock, folder: Path, progress: Progress | None) -> None:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            _log.warning("%s: another ingest is running; waiting for it", folder)
            if progress:
                progress(0, 0, "waiting for another ingest")
            lock.acquire()
    except OSError as error:
        # A timeout is one of these, and caught before.
        raise StoreError(f"{folder}: nothing can be ingested: {in_one_line(error)}") from error
