"""An index that lost a part of itself, or whose catalogue others write."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from geungeo.vectorstore.protocols import Catalogue, Index, IndexRecord

_log = logging.getLogger(__name__)

_PASSAGES_AT_ONCE = 2000


class Revision:
    """A number that changes whenever, by whomever, something has been written."""

    def __init__(self, catalogue: Catalogue, index: Index) -> None:
        self._catalogue = catalogue
        self._index = index
        self._version = catalogue.version()
        self._changes = 0

    def changed(self) -> None:
        """This process has written."""
        self._changes += 1

    def now(self) -> int:
        version = self._catalogue.version()
        if version != self._version:
            self._version = version
            self._index.refresh()
            self._changes += 1
        return self._changes


def mend(catalogue: Catalogue, index: Index) -> None:
    """Make those parts of an index anew from the catalogue that lack passages of it.

    Raises:
        StoreError: the index cannot be written.
    """
    if not _lacking(catalogue, index):
        return
    with catalogue.alone():
        index.refresh()
        lacking = _lacking(catalogue, index)
        for part in lacking:
            _log.warning("the index has lost its part %s, which is made anew", part)
        if lacking:
            for records in _batches(catalogue):
                index.mend(lacking, records)


def _lacking(catalogue: Catalogue, index: Index) -> list[str]:
    # The catalogue first: what it shows the index has had before.
    return index.lacking(sum(catalogue.passages_by_language().values()))


def _batches(catalogue: Catalogue) -> Iterator[Sequence[IndexRecord]]:
    """All that an index holds, whole documents at a time."""
    batch: list[IndexRecord] = []
    for records in catalogue.records():
        batch.extend(records)
        if len(batch) >= _PASSAGES_AT_ONCE:
            yield batch
            batch = []
    yield batch
