"""What reads files in a process of Ray. It is started anew wherever it dies."""

from __future__ import annotations

import logging
from dataclasses import replace

from geungeo.ingest.chunk import CHUNKER
from geungeo.ingest.heap import share_heap
from geungeo.ingest.read import Outcome, Source, read
from geungeo.ingest.reader import Means
from geungeo.ingest.worker import Worker
from geungeo.lang import Analyzer
from geungeo.vectorstore import Encoder
from geungeo.vectorstore.preparation import prepare

_log = logging.getLogger(__name__)


class FileReader:
    """Reads, divides, analyses and encodes one file after the other; each is loaded in a process
    of its own, with the limits that it has in a plain ingest."""

    def __init__(self, means: Means) -> None:
        share_heap()
        self._means = means
        self._worker = Worker(means.limits)

    def load(self) -> tuple[str, str]:
        """Load what reads texts; returns the names of the analyzer and the chunker of the
        machine."""
        self._means.analyzer.load()
        self._means.encoder.load_for_texts()
        return self._means.analyzer.name, CHUNKER

    def close(self) -> None:
        self._worker.close()

    def read(self, source: Source) -> Outcome:
        means = self._means
        outcome = read(source, self._worker, means.analyzer, means.known)
        return _prepared(outcome, means.encoder, means.analyzer)


def _prepared(outcome: Outcome, encoder: Encoder, analyzer: Analyzer) -> Outcome:
    if outcome.document is None:
        return outcome
    try:
        (made,) = prepare([(outcome.document, outcome.chunks)], encoder, analyzer)
    except Exception:
        # It is tried again where it is written, and told there.
        _log.debug("%s", outcome.entry.path, exc_info=True)
        return outcome
    return replace(outcome, prepared=made)
