"""Files to the processes of Ray, one at a time to each; what dies is started anew."""

from __future__ import annotations

import itertools
import logging
import threading
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from queue import PriorityQueue

from geungeo.ingest.cluster.processes import LostError, Process, Processes
from geungeo.ingest.cluster.running import Cluster
from geungeo.ingest.ledger import WITHIN, LedgerEntry
from geungeo.ingest.read import Outcome, Source
from geungeo.ingest.reader import Means

_log = logging.getLogger(__name__)

# A file is given up with so many processes that were reading it.
_MOST_TRIES = 3
# Files under way and waiting for their turn, for each process.
_AHEAD = 4
_LAST = -1


@dataclass(order=True)
class _Task:
    """A file by its number: what was asked for first is read first, also when it is again."""

    number: int
    source: Source = field(default=Source(""), compare=False)
    outcome: Future[Outcome] = field(default_factory=Future, compare=False)
    tries: int = field(default=0, compare=False)


class RayPool:
    """Reads files in ``workers`` processes of Ray, or in as many as it has processors.

    Each process has a thread here that takes a file once the process is up. A file whose process
    or machine dies goes to the next one that is free; after three such deaths it has failed.
    """

    def __init__(self, means: Means, address: str = "", workers: int = 0) -> None:
        """Ray is joined at the first file; with no ``address`` it is started on this machine."""
        # Only of files within others it is asked what is known.
        within = {sha256: path for sha256, path in means.known.items() if WITHIN in path}
        self._means = replace(means, known=within)
        self._cluster = Cluster(address, workers)
        self._most = workers
        self._joined = ExitStack()
        self._processes: Processes | None = None
        self._tasks: PriorityQueue[_Task] = PriorityQueue()
        self._numbers = itertools.count()
        self._threads: list[threading.Thread] = []

    @property
    def ahead(self) -> int:
        return _AHEAD * max(self._most, 1)

    def submit(self, source: Source) -> Future[Outcome]:
        processes = self._processes or self._join()
        task = _Task(next(self._numbers), source)
        self._tasks.put(task)
        if len(self._threads) < self._most:
            thread = threading.Thread(target=self._serve, args=[processes], daemon=True)
            self._threads.append(thread)
            thread.start()
        return task.outcome

    def close(self) -> None:
        if self._processes is not None:
            self._processes.close()
        for _ in self._threads:
            self._tasks.put(_Task(_LAST))
        for thread in self._threads:
            thread.join()
        self._joined.close()

    def _join(self) -> Processes:
        cpus = self._joined.enter_context(self._cluster)
        self._most = self._most or max(1, cpus)
        self._processes = Processes(self._means)
        return self._processes

    def _serve(self, processes: Processes) -> None:
        """Let one process after the other read what comes, until there is no more."""
        try:
            while self._died(processes.started()):
                pass
        except Exception as error:
            # Whoever waits for a file is told.
            while (task := self._tasks.get()).number != _LAST:
                task.outcome.set_exception(error)

    def _died(self, process: Process) -> bool:
        """Whether a process died over a file that it read; false at the end."""
        while (task := self._tasks.get()).number != _LAST:
            try:
                outcome = process.read(task.source)
            except LostError as error:
                self._again(task, error)
                return True
            task.outcome.set_result(outcome)
        return False

    def _again(self, task: _Task, error: LostError) -> None:
        task.tries += 1
        _log.info("%s: lost %d times: %s", task.source.path, task.tries, error)
        if task.tries < _MOST_TRIES:
            self._tasks.put(task)
            return
        said = f"{task.tries} processes or machines that were reading it died; the last: {error}"
        task.outcome.set_result(Outcome(LedgerEntry(task.source.path, "failed", said)))
