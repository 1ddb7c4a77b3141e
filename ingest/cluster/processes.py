"""The processes of Ray that read files: started, asked, and given up."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from geungeo.errors import GeungeoError
from geungeo.ingest.chunk import CHUNKER
from geungeo.ingest.cluster.actor import FileReader
from geungeo.ingest.cluster.running import ClusterError
from geungeo.ingest.ledger import LedgerEntry
from geungeo.ingest.read import Outcome, Source
from geungeo.ingest.reader import Means
from geungeo.vectorstore import in_one_line

_log = logging.getLogger(__name__)

# So many processes in a row may die before they are up.
_MOST_FAILED_STARTS = 20
# So long none needs to be up, as where the machines of a cluster are started anew.
_SECONDS_WITHOUT = 300.0
_SECONDS_BETWEEN_LOOKS = 0.5


class LostError(Exception):
    """A process died, or its machine did; the message says how Ray tells it."""


class Process:
    """A process that is up; ``lost`` is called once it is given up."""

    def __init__(self, actor: Any, lost: Callable[[Any], None]) -> None:
        self._actor = actor
        self._lost = lost

    def read(self, source: Source) -> Outcome:
        """Read a file there, and wait for it.

        Raises:
            LostError: the process died or cannot be reached; it is given up.
        """
        import ray
        from ray.exceptions import RayError, RayTaskError

        try:
            outcome: Outcome = ray.get(self._actor.read.remote(source))
        except RayTaskError as error:
            # A defect in our own code must not cost the user the other files.
            _log.debug("%s", source.path, exc_info=True)
            said = f"{type(error.cause).__name__}: {in_one_line(error.cause)}"
            return Outcome(LedgerEntry(source.path, "failed", said))
        except RayError as error:
            self._lost(self._actor)
            raise LostError(_first_line(error)) from error
        return outcome


class Processes:
    """Starts processes, each with one processor; used by several threads."""

    def __init__(self, means: Means) -> None:
        import ray

        self._means = ray.put(means)
        self._made_with = (means.analyzer.name, CHUNKER)
        self._kind: Any = ray.remote(FileReader)
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._actors: set[Any] = set()
        self._up = 0
        self._last_up = time.monotonic()
        self._failed_starts = 0

    def started(self) -> Process:
        """Start a process and wait until it is up, and for room where there is none.

        Raises:
            ClusterError: none will be; the message says why.
            GeungeoError: it cannot load what it reads with.
        """
        while not self._closed.is_set():
            if (process := self._start()) is not None:
                return process
        raise ClusterError("reading was given up")

    def close(self) -> None:
        """End all processes, whatever they read."""
        self._closed.set()
        with self._lock:
            actors = [*self._actors]
        for actor in actors:
            self._end(actor)

    def _start(self) -> Process | None:
        """A process that is up, or ``None`` where it died on the way."""
        import ray
        from ray.exceptions import RayError, RayTaskError

        actor = self._kind.options(num_cpus=1, scheduling_strategy="SPREAD").remote(self._means)
        with self._lock:
            self._actors.add(actor)
        loaded = actor.load.remote()
        while not ray.wait([loaded], timeout=_SECONDS_BETWEEN_LOOKS)[0]:
            if self._closed.is_set():
                self._end(actor)
                return None
            self._require_any()
        try:
            made_with = ray.get(loaded)
        except RayTaskError as error:
            if isinstance(error.cause, GeungeoError):
                raise error.cause from error
            raise
        except RayError as error:
            self._end(actor)
            self._note_failed_start(error)
            return None
        if made_with != self._made_with:
            there, here = ("/".join(names) for names in (made_with, self._made_with))
            raise ClusterError(
                f"a machine of the cluster has another version of geungeo: it reads with {there}, "
                f"this one with {here}"
            )
        with self._lock:
            self._up += 1
            self._failed_starts = 0
        return Process(actor, self._note_lost)

    def _require_any(self) -> None:
        """Raises where no process has been up for long."""
        with self._lock:
            if self._up or time.monotonic() - self._last_up < _SECONDS_WITHOUT:
                return
        raise ClusterError(
            f"Ray: no process could be started for {_SECONDS_WITHOUT:.0f} seconds; `ray status` "
            "tells what the cluster has room for"
        )

    def _note_failed_start(self, error: Any) -> None:
        _log.info("a process died before it was up: %s", error)
        with self._lock:
            self._failed_starts += 1
            failed = self._failed_starts
        if getattr(error, "actor_init_failed", False) or failed >= _MOST_FAILED_STARTS:
            last = str(error).strip().splitlines()[-1]
            raise ClusterError(f"Ray: what reads files cannot be started: {last}") from error

    def _note_lost(self, actor: Any) -> None:
        with self._lock:
            self._up -= 1
            self._last_up = time.monotonic()
        self._end(actor)

    def _end(self, actor: Any) -> None:
        import ray
        from ray.exceptions import RayError

        with self._lock:
            self._actors.discard(actor)
        with suppress(RayError, ValueError):
            ray.kill(actor)


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {(str(error).strip().splitlines() or [''])[0]}"
