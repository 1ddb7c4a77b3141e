"""What is counted of a running server, in Prometheus' text format. No text of a question or of a
document is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from itertools import product
from typing import Literal, get_args

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from geungeo.ingest import Status, Tally
from geungeo.rag.answer.answer import Answer, Seconds

Door = Literal["page", "api", "openai", "mcp"]
Outcome = Literal["answered", "close", "refused", "failed", "stopped"]
Ingest = Literal["indexed", "skipped", "failed"]

CONTENT_TYPE = CONTENT_TYPE_LATEST
# Of a quotation from a small collection, up to a language model's last patience.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_INGEST: Mapping[Ingest, tuple[Status, ...]] = {
    "indexed": ("added", "updated", "unchanged"), "skipped": ("skipped",), "failed": ("failed",)
}  # fmt: skip
_UNKNOWN = float("nan")


class Metrics:
    """Counters of one server, in a registry of its own; safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "geungeo_questions", "Questions by the door that they came by and what became of them.",
            ["door", "outcome"], registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "geungeo_question_seconds", "Seconds of answered and refused questions by stage.",
            ["stage"], buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._in_progress = Gauge(
            "geungeo_questions_in_progress", "Questions that are being answered.",
            ["door"], registry=self._registry,
        )  # fmt: skip
        self._waiting = Gauge(
            "geungeo_questions_waiting", "Questions that wait for their turn.",
            ["door"], registry=self._registry,
        )  # fmt: skip
        self._turned_away = Counter(
            "geungeo_requests_turned_away", "Requests that were refused before anything read them.",
            ["status"], registry=self._registry,
        )  # fmt: skip
        self._page_events = Gauge(
            "geungeo_page_events_waiting", "Events of the page, of any kind, that wait.",
            registry=self._registry,
        )  # fmt: skip
        self._files = Gauge(
            "geungeo_ingest_files", "Files that ingests have seen, by what became of them.",
            ["status"], registry=self._registry,
        )  # fmt: skip
        self._passages = Gauge(
            "geungeo_ingest_passages", "Passages that were written of these files.",
            registry=self._registry,
        )  # fmt: skip
        self._reading = Gauge(
            "geungeo_ingest_read_seconds", "Seconds in which these files were read.",
            registry=self._registry,
        )  # fmt: skip
        self._begin()

    def _begin(self) -> None:
        """Show what can be counted before anything is."""
        for door, outcome in product(get_args(Door), get_args(Outcome)):
            self._questions.labels(door, outcome)
        for door in get_args(Door):
            self._in_progress.labels(door)
            self._waiting.labels(door)
        for stage in fields(Seconds):
            self._seconds.labels(stage.name)
        self.ingested(None)

    def counted(self, door: Door, answers: Iterable[Answer]) -> Iterator[Answer]:
        """An answer as it grows, counted once it has ended, however it does."""
        outcome: Outcome = "failed"
        answer = None
        try:
            for answer in answers:
                yield answer
            outcome = _outcome(answer)
        except GeneratorExit:
            outcome = "stopped"
            raise
        finally:
            self._questions.labels(door, outcome).inc()
        if answer is not None:
            for stage, seconds in asdict(answer.seconds).items():
                self._seconds.labels(stage).observe(seconds)

    def counted_on_page(self, answers: Iterable[Answer]) -> Iterator[Answer]:
        """``counted`` for a reader of the page, who has the turn."""
        with self.in_progress("page"):
            yield from self.counted("page", answers)

    @contextmanager
    def in_progress(self, door: Door) -> Iterator[None]:
        """A question that is being answered until this is left."""
        with self._in_progress.labels(door).track_inprogress():
            yield

    @contextmanager
    def waiting(self, door: Door) -> Iterator[None]:
        """A question that waits until this is left."""
        with self._waiting.labels(door).track_inprogress():
            yield

    def watch_page(self, questions: Callable[[], int], events: Callable[[], int]) -> None:
        """Ask at every look how many questions of the page wait for the language model, and how
        many of its events for their turn."""
        self._waiting.labels("page").set_function(questions)
        self._page_events.set_function(events)

    def ingested(self, tallies: Mapping[Status, Tally] | None) -> None:
        """What became of the files that ingests have seen; None where it is not known."""
        known = tallies is not None
        found = tallies or {}
        for status, own in _INGEST.items():
            files = sum(found[one].files for one in own if one in found)
            self._files.labels(status).set(files if known else _UNKNOWN)
        passages = sum(one.passages for one in found.values())
        seconds = sum(one.seconds for one in found.values())
        self._passages.set(passages if known else _UNKNOWN)
        self._reading.set(seconds if known else _UNKNOWN)

    def turned_away(self, status: int) -> None:
        """A request that the doors have refused."""
        self._turned_away.labels(str(status)).inc()

    def exposition(self) -> bytes:
        """All of it as it is now, of the type ``CONTENT_TYPE``."""
        return generate_latest(self._registry)


def _outcome(answer: Answer | None) -> Outcome:
    if answer is None:
        return "failed"
    if answer.refused:
        return "close" if answer.close else "refused"
    return "answered"
