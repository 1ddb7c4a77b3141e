"""Files in their order, the next ones read while what was read is being written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from geungeo.ingest.ledger import LedgerEntry, Status
from geungeo.ingest.plan import Step
from geungeo.ingest.read import Outcome, Source, divide, load_source
from geungeo.ingest.worker import Limits, Worker
from geungeo.lang import Analyzer
from geungeo.vectorstore import Encoder


@dataclass(frozen=True)
class Means:
    """What files are read with; it can be pickled. ``known`` are the paths that keep a content,
    by its SHA-256."""

    limits: Limits
    analyzer: Analyzer
    encoder: Encoder
    known: Mapping[str, str]


class Pool(Protocol):
    """Reads files, in whatever process, on whatever machine."""

    @property
    def ahead(self) -> int:
        """How many files it is given beyond the one that is waited for."""
        ...

    def submit(self, source: Source) -> Future[Outcome]:
        """Read a file; what is wrong with it is said in the outcome.

        The future raises ``GeungeoError`` where nothing can be read any more, for a reason that
        is none of the file's.
        """
        ...

    def close(self) -> None:
        """Give up what is still to be read."""
        ...


OpenPool = Callable[[Means], Pool]


class Reader:
    """What becomes of files, in their order, whichever of them is read first."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def ahead(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """What becomes of files, in their order; only some are read ahead."""
        return self._in_order(_start(step) for step in steps)

    def opened(self, outcome: Outcome) -> Iterator[Outcome]:
        """What became of a file and of those within it, at any depth."""
        yield outcome
        for member in self._in_order(outcome.members):
            yield from self.opened(member)

    def _in_order(self, sources: Iterable[Source | Outcome]) -> Iterator[Outcome]:
        waiting: deque[Future[Outcome]] = deque()
        for source in sources:
            waiting.append(self._submitted(source))
            if len(waiting) > self._pool.ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _submitted(self, source: Source | Outcome) -> Future[Outcome]:
        if isinstance(source, Source):
            return self._pool.submit(source)
        done: Future[Outcome] = Future()
        done.set_result(source)
        return done


class OneAtATime:
    """A pool of one process that loads one file while the text of the one before is divided."""

    ahead = 2

    def __init__(self, means: Means) -> None:
        self._worker = Worker(means.limits)
        self._means = means
        self._loading = ThreadPoolExecutor(1)
        self._dividing = ThreadPoolExecutor(1)

    def submit(self, source: Source) -> Future[Outcome]:
        loaded = self._loading.submit(load_source, source, self._worker, self._means.known)
        return self._dividing.submit(lambda: divide(loaded.result(), self._means.analyzer))

    def close(self) -> None:
        self._loading.shutdown(wait=False, cancel_futures=True)
        self._worker.close()
        self._loading.shutdown()
        self._dividing.shutdown(cancel_futures=True)


def _start(step: Step) -> Source | Outcome:
    """A file to be read, or what is known of one without reading it."""
    if step.is_to_be_read:
        return Source(step.path, step.size, step.modified_ns)
    if step.need == "refused":
        return Outcome(LedgerEntry(step.path, "failed", step.reason))
    status: Status = "unchanged" if step.need == "unchanged" else "added"
    return Outcome(
        LedgerEntry(
            step.path, status, sha256=step.sha256, size=step.size, modified_ns=step.modified_ns
        )
    )
