"""Files and folders into the store, in three stages: what is to be done is planned, files are read,
and what was read is written. One file never stops the rest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from geungeo.ingest.known import Known
from geungeo.ingest.ledger import Ledger
from geungeo.ingest.lock import Progress, alone
from geungeo.ingest.plan import make_plan
from geungeo.ingest.reader import Means, OneAtATime, OpenPool, Reader
from geungeo.ingest.report import IngestReport
from geungeo.ingest.worker import Limits
from geungeo.ingest.write import Writer
from geungeo.vectorstore import Store


def ingest(
    paths: Sequence[Path | str],
    store: Store,
    ledger: Ledger,
    progress: Progress | None = None,
    limits: Limits | None = None,
    open_pool: OpenPool = OneAtATime,
) -> IngestReport:
    """Bring the store in step with files and folders, or with URLs that fsspec knows.

    New and changed files are read, unchanged ones cost a look at their size and time, moved
    ones keep their index, and files that a given folder has lost are removed. A file that
    fails is reported; what was indexed of it before stays. Files within an archive or a mail
    are documents of their own. A second ingest into the same store waits for the first.
    ``open_pool`` opens what reads the files.

    Raises:
        StoreError: the store is only read, or its catalogue is damaged.
        GeungeoError: the pool reads no more; what was written before stays.
    """
    started = time.perf_counter()
    limits = limits or Limits()
    store.require_writable()
    with alone(store, progress):
        known = Known.of(store, ledger)
        plan = make_plan(paths, known, store.folder, limits)
        means = Means(limits, store.analyzer, store.encoder, plan.holders)
        with (
            closing(Writer(store, ledger, known, plan)) as writer,
            closing(open_pool(means)) as pool,
        ):
            reader = Reader(pool)
            for done, outcome in enumerate(reader.ahead(plan.steps)):
                if progress:
                    progress(done, len(plan.steps), Path(outcome.entry.path).name)
                for one in reader.opened(outcome):
                    writer.settle(one)
            for outcome in reader.ahead(writer.unread()):
                for one in reader.opened(outcome):
                    writer.settle(one)
            files = writer.finish()
    total = sum(summary.passages for summary in store.documents())
    return IngestReport(files, total, time.perf_counter() - started)
