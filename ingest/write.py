"""The third stage: what was read into the store and the ledger, which nothing else changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from geungeo.ingest.batches import Batches
from geungeo.ingest.known import Holders, Known
from geungeo.ingest.ledger import WITHIN, Ledger, LedgerEntry
from geungeo.ingest.plan import Plan, Step
from geungeo.ingest.read import Outcome
from geungeo.ingest.sketch import Sketches
from geungeo.vectorstore import Store, StoreError, in_one_line

_log = logging.getLogger(__name__)


class Writer:
    """Settles one file after the other; keeps what has become of each."""

    def __init__(self, store: Store, ledger: Ledger, known: Known, plan: Plan) -> None:
        self._store = store
        self._ledger = ledger
        self._known = known
        self._holders = Holders(plan.holders, plan.gone)
        self._sketches = Sketches(ledger.sketches())
        self._results = dict(plan.passed_over)
        self._copies: dict[str, LedgerEntry] = {}
        self._batches = Batches(store, self._note_written)

    def close(self) -> None:
        self._batches.close()

    def settle(self, outcome: Outcome) -> None:
        """Queue what was read of a file, or write down what became of it."""
        path = outcome.entry.path
        if outcome.entry.status == "unchanged":
            self._keep(path)
            return
        try:
            settled = self._settled(outcome)
        except StoreError as error:
            settled = LedgerEntry(path, "failed", in_one_line(error))
        except Exception as error:
            # A defect in our own code must not cost the user the other files.
            _log.debug("%s", path, exc_info=True)
            said = f"{type(error).__name__}: {in_one_line(error)}"
            settled = LedgerEntry(path, "failed", said)
        if settled:
            self._note(settled)

    def unread(self) -> list[Step]:
        """The files that were not read as copies of one that then could not be indexed or is
        another now; for one within an archive, the archive."""
        self._batches.finish()
        orphans = [
            entry
            for path, entry in self._copies.items()
            if path not in self._results or not self._holders.has(entry.sha256)
        ]
        steps = {}
        for entry in orphans:
            self.settle(Outcome(entry))
            if entry.path not in self._results:
                outer = entry.path.split(WITHIN)[0]
                whole = self._results.get(outer, entry)
                steps[outer] = Step(outer, "new", whole.size, whole.modified_ns)
        return list(steps.values())

    def finish(self) -> tuple[LedgerEntry, ...]:
        """Write all that waits and take out what is gone; what became of every file, by path."""
        self._batches.finish()
        for path in sorted(self._holders.gone):
            self._remove(path)
        return tuple(self._results[path] for path in sorted(self._results))

    def _settled(self, outcome: Outcome) -> LedgerEntry | None:
        """What became of a file, or ``None`` where that is known later."""
        entry = outcome.entry
        if entry.status == "failed":
            return entry
        if outcome.is_read:
            self._holders.lose(self._lost_members(outcome))
        if entry.status == "skipped":
            return self._without_text(entry)
        is_known = self._known.is_indexed(entry.path)
        entry = replace(entry, status="updated" if is_known else "added")
        if outcome.is_read and outcome.document is None:
            return self._without_text(entry)
        claim, other = self._holders.claim(entry.sha256, entry.path)
        if claim == "own":
            return self._touched(entry)
        if claim == "moved":
            return self._moved(other, entry)
        if claim == "copied":
            return self._copied(other, entry)
        if outcome.document is None:
            # It was to be a copy, and has no original any more.
            self._holders.release(entry.sha256, entry.path)
            self._copies[entry.path] = entry
            self._results.pop(entry.path, None)
            return None
        self._queue(replace(outcome, entry=entry, members=()))
        return None

    def _lost_members(self, outcome: Outcome) -> list[str]:
        """The known files within one that are no longer there."""
        there = {member.path for member in outcome.members}
        known = self._known.within(outcome.entry.path)
        return [path for path in known if there.isdisjoint(_and_those_around(path))]

    def _keep(self, path: str) -> None:
        """A file is as it was, with all within it."""
        for one in (path, *self._known.within(path)):
            if (entry := self._known.entries.get(one)) is not None:
                self._results[one] = replace(entry, status="unchanged", reason="")

    def _touched(self, entry: LedgerEntry) -> LedgerEntry | None:
        """Its time is another, its content the same."""
        path = entry.path
        summary = self._known.documents.get(path)
        if summary is None or path in self._results:
            return None  # It is in this ingest a second time.
        self._keep(path)
        return replace(
            self._known.entries.get(path, entry), status="unchanged", reason="",
            sha256=entry.sha256, size=entry.size, modified_ns=entry.modified_ns,
            pages=summary.pages, chunks=summary.passages,
        )  # fmt: skip

    def _moved(self, old: str, entry: LedgerEntry) -> LedgerEntry:
        summary = self._known.documents[old]
        self._withdraw(entry.path)
        self._store.rename(old, entry.path)
        self._ledger.move(old, entry.path)
        self._sketches.rename(old, entry.path)
        return replace(
            self._known.entries.get(old, entry), path=entry.path, status=entry.status,
            reason=f"moved from {old}", sha256=entry.sha256, size=entry.size,
            modified_ns=entry.modified_ns, pages=summary.pages, chunks=summary.passages,
        )  # fmt: skip

    def _copied(self, original: str, entry: LedgerEntry) -> LedgerEntry:
        copy = LedgerEntry(
            entry.path, "skipped", f"the same content as {original}", entry.sha256, entry.size,
            entry.modified_ns,
        )  # fmt: skip
        self._copies[entry.path] = replace(copy, status="added", reason="")
        return self._without_text(copy)

    def _without_text(self, entry: LedgerEntry) -> LedgerEntry:
        """A file that is no document of its own, whatever it was before."""
        self._withdraw(entry.path)
        return entry

    def _withdraw(self, path: str) -> None:
        if (before := self._known.documents.get(path)) is not None:
            self._holders.release(before.sha256, path)
            self._sketches.discard(path)
            self._store.remove(path)

    def _queue(self, outcome: Outcome) -> None:
        entry = outcome.entry
        path = entry.path
        if (before := self._known.documents.get(path)) is not None:
            if before.sha256 == entry.sha256:
                entry = replace(entry, reason="an older version had read it")
            else:
                self._holders.release(before.sha256, path)
        twin = ""
        if outcome.sketch is not None:
            self._sketches.discard(path)
            twin = self._sketches.nearly_the_same(outcome.sketch, self._holders.gone)
            self._sketches.put(path, outcome.sketch)
        self._batches.put(replace(outcome, entry=replace(entry, twin=twin)))

    def _note_written(self, outcome: Outcome, error: str) -> None:
        entry = outcome.entry
        if error:
            self._holders.release(entry.sha256, entry.path)
            self._note(LedgerEntry(entry.path, "failed", error))
            return
        if outcome.sketch is not None:
            with suppress(StoreError):
                self._ledger.keep_sketch(entry.path, outcome.sketch)
        self._note(entry)

    def _note(self, entry: LedgerEntry) -> None:
        if entry.status == "failed" and self._known.is_indexed(entry.path):
            entry = replace(entry, reason=f"{entry.reason}; the version indexed before is kept")
        try:
            self._ledger.write(entry)
        except StoreError as error:
            # The next ingest finds out by itself what is indexed.
            reason = "; ".join(filter(None, (entry.reason, str(error))))
            entry = replace(entry, status="failed", reason=reason)
        self._results[entry.path] = entry

    def _remove(self, path: str) -> None:
        try:
            self._store.remove(path)
            self._ledger.forget(path)
        except StoreError as error:
            reason = f"it is no longer there, and cannot be taken out: {error}"
            self._results[path] = LedgerEntry(path, "failed", reason)
            return
        self._results[path] = LedgerEntry(path, "removed", "the file is no longer there")


def _and_those_around(path: str) -> Iterator[str]:
    """A file within others, and each that it lies in."""
    while WITHIN in path:
        yield path
        path = path.rpartition(WITHIN)[0]
