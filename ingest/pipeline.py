"""Files and folders into the store: incremental, one file at a time, none stops the rest."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from geungeo.ingest.batches import Batches, Waiting
from geungeo.ingest.chunk import chunk
from geungeo.ingest.files import Found, find, is_system_file
from geungeo.ingest.formats import LoadError, NotADocumentError
from geungeo.ingest.ledger import WITHIN, Ledger, LedgerEntry, Status
from geungeo.ingest.load import Loaded
from geungeo.ingest.lock import Progress, alone
from geungeo.ingest.metadata import extract
from geungeo.ingest.report import IngestReport
from geungeo.ingest.sketch import Sketch, Sketches, sketch
from geungeo.ingest.worker import Limits, Worker
from geungeo.lang.detect import language_of
from geungeo.vectorstore import Document, Store, StoreError, in_one_line, name_of

_log = logging.getLogger(__name__)

# Files that are read ahead while one is being indexed.
_AHEAD = 2
# An archive may lie in a mail that lies in an archive; deeper ones are left out.
_DEEPEST = 2


def ingest(
    paths: Sequence[Path],
    store: Store,
    ledger: Ledger,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> IngestReport:
    """Bring the store in step with files and folders.

    New and changed files are read, unchanged ones cost a look at their size and time, moved
    ones keep their index, and files that a given folder has lost are removed. A file that
    fails is reported; what was indexed of it before stays. Files within an archive or a mail
    are documents of their own. A second ingest into the same store waits for the first.

    Raises:
        StoreError: the store is only read, or its catalogue is damaged.
    """
    started = time.perf_counter()
    store.require_writable()
    with alone(store.folder, progress):
        run = _Run(store, ledger, Worker(limits))
        try:
            files = run.bring_in_step(paths, progress)
        finally:
            run.close()
    total = sum(summary.passages for summary in store.documents())
    return IngestReport(files, total, time.perf_counter() - started)


@dataclass(frozen=True)
class _Prepared:
    """A file on its way: as it lies there, and what was read of it or why it was not."""

    entry: LedgerEntry
    loaded: Loaded | None = None
    error: LoadError | OSError | None = None


class _Run:
    def __init__(self, store: Store, ledger: Ledger, worker: Worker) -> None:
        self.store = store
        self.ledger = ledger
        self.worker = worker
        self.known = ledger.entries()
        self.indexed = {summary.path: summary for summary in store.documents()}
        self.by_hash = {summary.sha256: path for path, summary in self.indexed.items()}
        self.gone: set[str] = set()
        self.members: dict[str, list[str]] = {}
        for path in self.known:
            if WITHIN in path:
                self.members.setdefault(path.rpartition(WITHIN)[0], []).append(path)
        self.sketches = Sketches(ledger.sketches())
        self.results: dict[str, LedgerEntry] = {}
        self.batches = Batches(store, self._note_written)

    def close(self) -> None:
        self.batches.close()
        self.worker.close()

    def bring_in_step(
        self, paths: Sequence[Path], progress: Progress | None
    ) -> tuple[LedgerEntry, ...]:
        found = find(paths, self.known, self.store.folder)
        self.results |= found.entries()
        files = found.files
        self.gone = self._missing(found)
        for done, prepared in enumerate(self._ahead(files)):
            if progress:
                progress(done, len(files), Path(prepared.entry.path).name)
            was_copy = prepared.entry.sha256 and prepared.loaded is None and not prepared.error
            if was_copy and prepared.entry.sha256 not in self.by_hash:
                # Its original has changed since it was prepared.
                prepared = self._prepare(Path(prepared.entry.path))
            self._settle(prepared)
        orphans = [path for path, entry in self.results.items() if self._is_orphaned_copy(entry)]
        for path in orphans:
            if WITHIN not in path:
                self._settle(self._prepare(Path(path)))
        self.batches.finish()
        for path in sorted(self.gone):
            self._remove(path)
        return tuple(self.results[path] for path in sorted(self.results))

    def _missing(self, found: Found) -> set[str]:
        """Known paths at or below the given ones that are no longer there."""
        there = {str(path) for path in found.files}
        return {
            path
            for path in self.known.keys() | self.indexed.keys()
            if path.split(WITHIN)[0] not in there
            and any(Path(path).is_relative_to(root) for root in found.roots)
            and not found.is_unread(Path(path))
        }

    def _ahead(self, files: Sequence[Path]) -> Iterator[_Prepared]:
        """The files prepared in their order, the next ones while one is being indexed."""
        waiting: deque[Future[_Prepared]] = deque()
        with ThreadPoolExecutor(1) as beside:
            for file in files:
                waiting.append(beside.submit(self._prepare, file))
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _prepare(self, file: Path) -> _Prepared:
        """Read a file unless it is known to be as it was."""
        path = str(file)
        before = self.known.get(path)
        entry = LedgerEntry(path, "added")
        try:
            stat = file.stat()
            entry = replace(entry, size=stat.st_size, modified_ns=stat.st_mtime_ns)
            same = before and (before.size, before.modified_ns) == (entry.size, entry.modified_ns)
            if before and same and before.is_indexed and self._is_indexed(path):
                return _Prepared(replace(before, status="unchanged", reason=""))
            if stat.st_size > self.worker.limits.size:
                raise LoadError(self.worker.limits.too_large(stat.st_size))
            return self._loaded(entry, file.name, file.read_bytes())
        except (LoadError, OSError) as error:
            return _Prepared(entry, error=error)

    def _loaded(self, entry: LedgerEntry, name: str, data: bytes) -> _Prepared:
        started = time.perf_counter()
        entry = replace(entry, sha256=hashlib.sha256(data).hexdigest())
        if entry.sha256 in self.by_hash:
            return _Prepared(entry)
        try:
            loaded = self.worker.load(name, data)
        except LoadError as error:
            return _Prepared(entry, error=error)
        return _Prepared(replace(entry, seconds=time.perf_counter() - started), loaded)

    def _is_indexed(self, path: str) -> bool:
        return path in self.indexed or bool(self._within(path))

    def _within(self, path: str) -> list[str]:
        """The known files within a file, at any depth."""
        direct = self.members.get(path, [])
        return [*direct, *(deeper for one in direct for deeper in self._within(one))]

    def _settle(self, prepared: _Prepared, depth: int = 0) -> None:
        """Queue what was prepared, or write down what became of it."""
        entry = prepared.entry
        if entry.status == "unchanged":
            self.results[entry.path] = entry
            for path in self._within(entry.path):
                self.results[path] = replace(self.known[path], status="unchanged", reason="")
            return
        ready: Waiting | None = None
        try:
            if prepared.error:
                raise prepared.error
            entry, ready = self._read(entry, prepared.loaded)
        except NotADocumentError as error:
            entry = replace(entry, status="skipped", reason=str(error))
        except (LoadError, OSError, StoreError) as error:
            entry = LedgerEntry(entry.path, "failed", in_one_line(error))
        except Exception as error:
            # A defect in our own code must not cost the user the other files.
            _log.debug("%s", entry.path, exc_info=True)
            said = f"{type(error).__name__}: {in_one_line(error)}"
            entry = LedgerEntry(entry.path, "failed", said)
        if ready:
            self.batches.put(ready)
        else:
            self._note(entry)
        if prepared.loaded and entry.status != "failed":
            self._settle_members(entry.path, prepared.loaded, depth)

    def _note(self, entry: LedgerEntry) -> None:
        if entry.status == "failed" and self._is_indexed(entry.path):
            entry = replace(entry, reason=f"{entry.reason}; the version indexed before is kept")
        try:
            self.ledger.write(entry)
        except StoreError as error:
            # The next ingest finds out by itself what is indexed.
            reason = "; ".join(filter(None, (entry.reason, str(error))))
            entry = replace(entry, status="failed", reason=reason)
        self.results[entry.path] = entry

    def _note_written(self, one: Waiting, error: str) -> None:
        entry = one.entry
        if error:
            self.by_hash.pop(entry.sha256, None)
            self._note(LedgerEntry(entry.path, "failed", error))
            return
        if one.sketch is not None:
            with suppress(StoreError):
                self.ledger.keep_sketch(entry.path, one.sketch)
        self._note(entry)

    def _twin(self, path: str, own: Sketch | None) -> str:
        """The document with nearly the same text as one with such a sketch."""
        if own is None:
            return ""
        self.sketches.discard(path)
        twin = self.sketches.nearly_the_same(own, self.gone)
        self.sketches.put(path, own)
        return twin

    def _read(
        self, entry: LedgerEntry, loaded: Loaded | None
    ) -> tuple[LedgerEntry, Waiting | None]:
        """What becomes of a file, and its document where it has one to be written."""
        twin = self.by_hash.get(entry.sha256)
        if twin == entry.path:
            summary = self.indexed[twin]
            kept = self.known.get(twin, entry)
            kept = replace(
                kept, status="unchanged", reason="", sha256=entry.sha256,
                size=entry.size, modified_ns=entry.modified_ns,
                pages=summary.pages, chunks=summary.passages,
            )  # fmt: skip
            return kept, None
        if twin is not None and twin in self.gone:
            return self._move(twin, entry), None
        if twin is not None:
            reason = f"the same content as {twin}"
            return replace(entry, status="skipped", reason=reason), None
        assert loaded is not None
        before = self.indexed.get(entry.path)
        entry = replace(
            entry,
            status=_changed(bool(before) or self._is_indexed(entry.path)),
            notes=loaded.notes,
            loader=loaded.loader,
        )
        if not loaded.text.strip():
            return replace(entry, reason=f"{len(loaded.members)} files in it"), None
        document = self._document(entry, loaded)
        chunks = [
            replace(one, recognised=one.page in loaded.recognised_pages)
            for one in chunk(loaded.text, loaded.parts, self.store.analyzer)
        ]
        own = sketch(loaded.text)
        entry = replace(
            entry,
            pages=loaded.pages,
            chunks=len(chunks),
            characters=len(loaded.text),
            recognised=len(loaded.recognised_pages),
            empty=loaded.empty,
            twin=self._twin(entry.path, own),
        )
        if before:
            self.by_hash.pop(before.sha256, None)
        self.by_hash[entry.sha256] = entry.path
        return entry, Waiting(entry, document, chunks, own)

    def _document(self, entry: LedgerEntry, loaded: Loaded) -> Document:
        name = name_of(entry.path.split(WITHIN)[-1])
        metadata = extract(loaded, name)
        return Document(
            path=entry.path,
            name=name,
            sha256=entry.sha256,
            text=loaded.text,
            title=metadata.title,
            date=metadata.date,
            organisation=metadata.organisation,
            type=metadata.type,
            language=language_of(loaded.text),
            pages=loaded.pages,
            author=metadata.author,
            code=metadata.code,
        )

    def _settle_members(self, path: str, loaded: Loaded, depth: int) -> None:
        """Index the files within a file, and forget those that it has no more."""
        there = set()
        for member in loaded.members:
            if is_system_file(Path(member.name).name):
                continue
            entry = LedgerEntry(f"{path}{WITHIN}{member.name}", "added", size=len(member.data))
            there.add(entry.path)
            if depth >= _DEEPEST:
                reason = f"it lies {depth + 1} archives deep; unpack them first"
                self._settle(_Prepared(entry, error=LoadError(reason)), depth + 1)
            else:
                name = Path(member.name).name
                self._settle(self._loaded(entry, name, member.data), depth + 1)
        for lost in set(self._within(path)) - there - self.results.keys():
            self._remove(lost)

    def _is_orphaned_copy(self, entry: LedgerEntry) -> bool:
        """Whether a file was skipped as a copy of one that has changed since."""
        return entry.status == "skipped" and bool(entry.sha256) and entry.sha256 not in self.by_hash

    def _move(self, old: str, entry: LedgerEntry) -> LedgerEntry:
        summary = self.indexed.pop(old)
        self.store.rename(old, entry.path)
        self.ledger.move(old, entry.path)
        self.sketches.rename(old, entry.path)
        self.gone.discard(old)
        self.by_hash[entry.sha256] = entry.path
        return replace(
            self.known.get(old, entry), path=entry.path, status=entry.status,
            reason=f"moved from {old}", sha256=entry.sha256, size=entry.size,
            modified_ns=entry.modified_ns, pages=summary.pages, chunks=summary.passages,
        )  # fmt: skip

    def _remove(self, path: str) -> None:
        try:
            self.store.remove(path)
            self.ledger.forget(path)
        except StoreError as error:
            reason = f"it is no longer there, and cannot be taken out: {error}"
            self.results[path] = LedgerEntry(path, "failed", reason)
            return
        self.results[path] = LedgerEntry(path, "removed", "the file is no longer there")


def _changed(was_there: bool) -> Status:
    return "updated" if was_there else "added"
