"""What ingests have done to the store of a server, whichever process ran them."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from geungeo.ingest import Ledger, Status, Tally
from geungeo.ui.server.look import Look
from geungeo.ui.server.metrics import Metrics
from geungeo.vectorstore import StoreError

_log = logging.getLogger(__name__)


class Ingested:
    """Looks it up in the ledger, for the metrics."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._tallies = Look(self._counted)

    async def look(self) -> None:
        """Let the metrics tell it as it is now, or that it cannot be told."""
        try:
            self._metrics.ingested(await self._tallies.found())
        except TimeoutError:
            self._metrics.ingested(None)

    def _counted(self) -> Mapping[Status, Tally] | None:
        try:
            return self._ledger.tallies()
        except StoreError as error:
            _log.warning("what was ingested cannot be told: %s", error)
            return None
