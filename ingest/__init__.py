"""Files into the store: load, clean, describe, chunk, and remember what became of each."""

from geungeo.ingest.chunk import CHUNKER
from geungeo.ingest.ledger import WITHIN, Ledger, LedgerEntry, Status
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
    "ingest",
]
