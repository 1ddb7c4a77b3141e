"""One ingest at a time into a store, whichever process or machine runs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from geungeo.vectorstore import Store

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called before each file with the number done, the number of all, and the file's name."""


def alone(store: Store, progress: Progress | None) -> AbstractContextManager[None]:
    """Wait for another ingest into a store, and keep others waiting until the end of the block.

    Raises:
        StoreError: the lock cannot be taken.
    """

    def waits() -> None:
        _log.warning("%s: another ingest is running; waiting for it", store.folder)
        if progress:
            progress(0, 0, "waiting for another ingest")

    return store.ingesting(waits)
