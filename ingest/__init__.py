"""Files into the store: load, clean, describe, chunk, and remember what became of each."""

from ingest.chunk import CHUNKER
from ingest.ledger import WITHIN, Ledger, LedgerEntry, Status
from ingest.lock import Progress
from ingest.pipeline import ingest
from ingest.report import IngestReport
from ingest.worker import Limits

__all__ = [
    "CHUNKER",
    "WITHIN",
    "IngestReport",
    "Ledger",
    "LedgerEntry",
    "Limits",
    "Progress",
    "Status",
    "ingest",
]
