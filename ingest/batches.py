"""Documents into the store in batches: one is written while the next is encoded."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from geungeo.ingest.read import Outcome
from geungeo.vectorstore import Document, Store, StoreError, in_one_line
from geungeo.vectorstore.preparation import Prepared

_log = logging.getLogger(__name__)

# Documents that are written together, and their passages.
_MOST_DOCUMENTS, _MOST_PASSAGES = 32, 200
_UNDER_WAY = 2


class Batches:
    """``settled`` is called for each document once it is written, or with why it is not."""

    def __init__(self, store: Store, settled: Callable[[Outcome, str], None]) -> None:
        self._store = store
        self._settled = settled
        self._waiting: list[Outcome] = []
        self._encoder = ThreadPoolExecutor(1)
        self._writer = ThreadPoolExecutor(1)
        self._under_way: deque[tuple[list[Outcome], Future[None]]] = deque()

    def put(self, one: Outcome) -> None:
        self._waiting.append(one)
        passages = sum(len(one.chunks) for one in self._waiting)
        if len(self._waiting) >= _MOST_DOCUMENTS or passages >= _MOST_PASSAGES:
            self._flush()

    def finish(self) -> None:
        """Write all that waits."""
        self._flush()
        self._settle(0)

    def close(self) -> None:
        self._encoder.shutdown()
        self._writer.shutdown()

    def _flush(self) -> None:
        """Let what waits be encoded and written, once there is room."""
        if self._waiting:
            self._settle(_UNDER_WAY - 1)
            batch, self._waiting = self._waiting, []
            encoded = self._encoder.submit(self._prepared, batch)
            written = self._writer.submit(lambda: self._store.write(encoded.result()))
            self._under_way.append((batch, written))

    def _settle(self, left: int) -> None:
        """Wait until only ``left`` batches are under way; where one could not be written, write
        its documents one after the other."""
        while len(self._under_way) > left:
            batch, written = self._under_way.popleft()
            try:
                written.result()
            except Exception:
                _log.debug("a batch could not be written; one at a time now", exc_info=True)
                for one in batch:
                    self._settled(one, self._write(one))
            else:
                for one in batch:
                    self._settled(one, "")

    def _prepared(self, batch: list[Outcome]) -> list[Prepared]:
        """The documents with their terms and vectors, of which some may have come with theirs."""
        without = [one for one in batch if one.prepared is None]
        items = [(_document(one), one.chunks) for one in without]
        made = iter(self._store.prepare(items) if items else ())
        return [one.prepared or next(made) for one in batch]

    def _write(self, one: Outcome) -> str:
        """Write a document; returns why it could not be."""
        try:
            self._store.write(self._prepared([one]))
        except StoreError as error:
            return str(error)
        except Exception as error:
            # A defect in our own code must not cost the user the other files.
            _log.debug("%s", one.entry.path, exc_info=True)
            return f"{type(error).__name__}: {in_one_line(error)}"
        return ""


def _document(outcome: Outcome) -> Document:
    assert outcome.document is not None
    return outcome.document
