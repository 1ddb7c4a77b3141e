"""Files and folders into the store: incremental, one file at a time, none stops the rest."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.chunk import chunk
from ingest.formats import LoadError, NotADocumentError
from ingest.ledger import WITHIN, Ledger, LedgerEntry, Status
from ingest.load import Loaded
from ingest.metadata import extract
from ingest.sketch import Sketch, Sketches, sketch
from ingest.worker import Limits, Worker
from vectorstore import Chunk, Document, Store
from vectorstore.language import language_of

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called before each file with the number done, the number of all, and the file's name."""

# Files that are read ahead while one is being indexed.
_AHEAD = 2
# Documents that are written together, and their passages.
_BATCH_DOCUMENTS, _BATCH_PASSAGES = 32, 200
_UNDER_WAY = 2
# An archive may lie in a mail that lies in an archive; deeper ones are left out.
_DEEPEST = 2


@dataclass(frozen=True)
class IngestReport:
    """``files`` in the order of their paths; ``chunks_total`` is the store's afterwards."""

    files: tuple[LedgerEntry, ...]
    chunks_total: int
    seconds: float

    @property
    def failed(self) -> tuple[LedgerEntry, ...]:
        return tuple(entry for entry in self.files if entry.status == "failed")


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
    """
    started = time.perf_counter()
    with _alone(store.folder, progress):
        run = _Run(store, ledger, Worker(limits))
        try:
            files = run.bring_in_step(paths, progress)
        finally:
            run.close()
    total = sum(summary.passages for summary in store.documents())
    return IngestReport(files, total, time.perf_counter() - started)


def _alone(folder: Path, progress: Progress | None) -> FileLock:
    lock = FileLock(folder / "ingest.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _log.warning("%s: another ingest is running; waiting for it", folder)
        if progress:
            progress(0, 0, "waiting for another ingest")
        lock.acquire()
    return lock


@dataclass(frozen=True)
class _Prepared:
    """A file on its way: as it lies there, and what was read of it or why it was not."""

    entry: LedgerEntry
    loaded: Loaded | None = None
    error: LoadError | OSError | None = None


@dataclass(frozen=True)
class _Waiting:
    """A document that is ready to be written, with its line for the ledger."""

    entry: LedgerEntry
    document: Document
    chunks: Sequence[Chunk]
    sketch: Sketch | None


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
        self.waiting: list[_Waiting] = []
        # While a batch is written the next one is encoded, and one more is read and split.
        self.encoder = ThreadPoolExecutor(1)
        self.writer = ThreadPoolExecutor(1)
        self.under_way: deque[tuple[list[_Waiting], Future[None]]] = deque()

    def close(self) -> None:
        self.encoder.shutdown()
        self.writer.shutdown()
        self.worker.close()

    def bring_in_step(
        self, paths: Sequence[Path], progress: Progress | None
    ) -> tuple[LedgerEntry, ...]:
        files, roots = self._found(paths)
        self.gone = self._missing(roots, files)
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
        self._flush()
        self._settle_written(0)
        for path in sorted(self.gone):
            self._remove(path)
        return tuple(self.results[path] for path in sorted(self.results))

    def _found(self, paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
        files: list[Path] = []
        roots: list[Path] = []
        for given in paths:
            root = given.expanduser().absolute()
            if root.is_dir():
                files.extend(_files_below(root, self.store.folder.absolute()))
                roots.append(root)
            elif root.exists():
                files.append(root)
            elif str(root) in self.known:
                roots.append(root)
            else:
                reason = "no such file or folder"
                self.results[str(root)] = LedgerEntry(str(root), "failed", reason)
        return sorted(set(files)), roots

    def _missing(self, roots: Sequence[Path], present: Sequence[Path]) -> set[str]:
        """Known paths at or below the given ones that are no longer there."""
        there = {str(path) for path in present}
        return {
            path
            for path in self.known.keys() | self.indexed.keys()
            if path.split(WITHIN)[0] not in there
            and any(Path(path).is_relative_to(root) for root in roots)
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
        ready: _Waiting | None = None
        try:
            if prepared.error:
                raise prepared.error
            entry, ready = self._read(entry, prepared.loaded)
        except NotADocumentError as error:
            entry = replace(entry, status="skipped", reason=str(error))
        except (LoadError, OSError) as error:
            entry = LedgerEntry(entry.path, "failed", str(error))
        except Exception as error:
            # A defect in our own code must not cost the user the other files.
            _log.exception("%s", entry.path)
            entry = LedgerEntry(entry.path, "failed", f"{type(error).__name__}: {error}")
        if ready:
            self.waiting.append(ready)
        else:
            self._note(entry)
        if prepared.loaded and entry.status != "failed":
            self._settle_members(entry.path, prepared.loaded, depth)
        passages = sum(len(one.chunks) for one in self.waiting)
        if len(self.waiting) >= _BATCH_DOCUMENTS or passages >= _BATCH_PASSAGES:
            self._flush()

    def _note(self, entry: LedgerEntry) -> None:
        if entry.status == "failed" and self._is_indexed(entry.path):
            entry = replace(entry, reason=f"{entry.reason}; the version indexed before is kept")
        self.ledger.write(entry)
        self.results[entry.path] = entry

    def _flush(self) -> None:
        """Let what waits be encoded and written, once there is room."""
        if self.waiting:
            self._settle_written(_UNDER_WAY - 1)
            batch, self.waiting = self.waiting, []
            items = [(one.document, one.chunks) for one in batch]
            encoded = self.encoder.submit(self.store.prepare, items)
            written = self.writer.submit(lambda: self.store.write(encoded.result()))
            self.under_way.append((batch, written))

    def _settle_written(self, left: int) -> None:
        """Wait until only ``left`` batches are under way; where one could not be written, write
        its documents one after the other."""
        while len(self.under_way) > left:
            batch, written = self.under_way.popleft()
            try:
                written.result()
            except Exception:
                _log.warning("a batch could not be written; one at a time now", exc_info=True)
                for one in batch:
                    self._write(one)
            else:
                for one in batch:
                    self._note_written(one)

    def _write(self, one: _Waiting) -> None:
        entry = one.entry
        try:
            self.store.replace(one.document, one.chunks)
        except Exception as error:
            _log.exception("%s", entry.path)
            self.by_hash.pop(entry.sha256, None)
            self._note(LedgerEntry(entry.path, "failed", f"{type(error).__name__}: {error}"))
            return
        self._note_written(one)

    def _note_written(self, one: _Waiting) -> None:
        if one.sketch is not None:
            self.ledger.keep_sketch(one.entry.path, one.sketch)
        self._note(one.entry)

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
    ) -> tuple[LedgerEntry, _Waiting | None]:
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
            reason="; ".join(loaded.notes),
            loader=loaded.loader,
        )
        if not loaded.text.strip():
            files = f"{len(loaded.members)} files in it"
            return replace(entry, reason="; ".join(filter(None, (files, entry.reason)))), None
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
        return entry, _Waiting(entry, document, chunks, own)

    def _document(self, entry: LedgerEntry, loaded: Loaded) -> Document:
        name = Path(entry.path.split(WITHIN)[-1])
        metadata = extract(loaded, name.name)
        return Document(
            path=entry.path,
            name=name.name,
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
            entry,
            reason=f"moved from {old}",
            pages=summary.pages,
            chunks=summary.passages,
            twin=self.known[old].twin if old in self.known else "",
        )

    def _remove(self, path: str) -> None:
        self.store.remove(path)
        self.ledger.forget(path)
        self.results[path] = LedgerEntry(path, "removed", "the file is no longer there")


def _changed(was_there: bool) -> Status:
    return "updated" if was_there else "added"


def _files_below(folder: Path, store: Path) -> Iterator[Path]:
    """Files at any depth; hidden ones, those in hidden folders and those of the store itself
    are not documents."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and not path.is_relative_to(store):
            yield path
