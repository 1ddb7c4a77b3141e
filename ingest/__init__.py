"""Files into the store: load, clean, describe, chunk, and remember what became of each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geungeo.ingest.chunk import CHUNKER
    from geungeo.ingest.ledger import WITHIN, Ledger, LedgerEntry, Status, Tally
    from geungeo.ingest.lock import Progress
    from geungeo.ingest.pipeline import ingest
    from geungeo.ingest.report import IngestReport
    from geungeo.ingest.worker import Limits

__all__ = [
    "CHUNKER",
    "WITHIN",
    "IngestReport",
    "Ledger",
    "LedgerEntry",
    "Limits",
    "Progress",
    "Status",
    "Tally",
    "ingest",
]

_MODULES = {
    "CHUNKER": "chunk", "WITHIN": "ledger", "IngestReport": "report", "Ledger": "ledger",
    "LedgerEntry": "ledger", "Limits": "worker", "Progress": "lock", "Status": "ledger",
    "Tally": "ledger", "ingest": "pipeline",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    # Who asks a question needs the ledger, and waits for no reader of files.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
