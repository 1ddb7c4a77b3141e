"""What an ingest returns."""

from __future__ import annotations

from dataclasses import dataclass

from geungeo.ingest.ledger import LedgerEntry


@dataclass(frozen=True)
class IngestReport:
    """``files`` in the order of their paths; ``chunks_total`` is the store's afterwards."""

    files: tuple[LedgerEntry, ...]
    chunks_total: int
    seconds: float

    @property
    def failed(self) -> tuple[LedgerEntry, ...]:
        return tuple(entry for entry in self.files if entry.status == "failed")
