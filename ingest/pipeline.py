"""Files and folders into the store: incremental, one file at a time, none stops the rest."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.chunk import chunk
from ingest.ledger import Ledger, LedgerEntry, Status
from ingest.load import SUPPORTED_SUFFIXES, LoadError, load
from ingest.metadata import extract
from vectorstore import Document, Store
from vectorstore.language import language_of

_log = logging.getLogger(__name__)

Progress = Callable[[int, int, str], None]
"""Called before each file with the number done, the number of all, and the file's name."""


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
    paths: Sequence[Path], store: Store, ledger: Ledger, progress: Progress | None = None
) -> IngestReport:
    """Bring the store in step with files and folders.

    New and changed files are read, unchanged ones cost a look at their size and time, moved
    ones keep their index, and files that a given folder has lost are removed. A file that
    fails is reported; what was indexed of it before stays.
    """
    started = time.perf_counter()
    run = _Run(store, ledger)
    results: dict[str, LedgerEntry] = {}
    files: list[Path] = []
    roots: list[Path] = []
    for given in paths:
        root = given.expanduser().absolute()
        if root.is_dir():
            files.extend(_files_below(root))
            roots.append(root)
        elif root.exists():
            files.append(root)
        elif str(root) in run.known:
            roots.append(root)
        else:
            results[str(root)] = LedgerEntry(str(root), "failed", "no such file or folder")
    files = sorted(set(files))
    gone = run.missing(roots, files)
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files), file.name)
        results[str(file)] = run.file(file, gone)
    for path, entry in results.items():
        if run.is_orphaned_copy(entry):
            results[path] = run.file(Path(path), gone)
    for path in gone:
        results[path] = run.remove(path)
    ordered = tuple(results[path] for path in sorted(results))
    total = sum(summary.passages for summary in store.documents())
    return IngestReport(ordered, total, time.perf_counter() - started)


class _Run:
    def __init__(self, store: Store, ledger: Ledger) -> None:
        self.store = store
        self.ledger = ledger
        self.known = ledger.entries()
        self.indexed = {summary.path: summary for summary in store.documents()}
        self.by_hash = {summary.sha256: path for path, summary in self.indexed.items()}

    def missing(self, roots: Sequence[Path], present: Sequence[Path]) -> set[str]:
        """Known paths at or below the given ones that are no longer there."""
        there = {str(path) for path in present}
        return {
            path
            for path in self.known.keys() | self.indexed.keys()
            if path not in there and any(Path(path).is_relative_to(root) for root in roots)
        }

    def file(self, file: Path, gone: set[str]) -> LedgerEntry:
        path = str(file)
        before = self.known.get(path)
        try:
            stat = file.stat()
            size, modified = stat.st_size, stat.st_mtime_ns
            seen = before and before.is_indexed and path in self.indexed
            if before and seen and (before.size, before.modified_ns) == (size, modified):
                return replace(before, status="unchanged", reason="")
            entry = self._read(file, gone, LedgerEntry(path, "added", "", "", size, modified))
        except (LoadError, OSError) as error:
            entry = LedgerEntry(path, "failed", str(error))
        except Exception as error:
            # A defect in a loader must not cost the user the other files.
            _log.exception("%s", path)
            entry = LedgerEntry(path, "failed", f"{type(error).__name__}: {error}")
        if entry.status == "failed" and path in self.indexed:
            entry = replace(entry, reason=f"{entry.reason}; the version indexed before is kept")
        self.ledger.write(entry)
        return entry

    def _read(self, file: Path, gone: set[str], entry: LedgerEntry) -> LedgerEntry:
        path = entry.path
        if file.suffix.lower() not in SUPPORTED_SUFFIXES:
            kinds = ", ".join(SUPPORTED_SUFFIXES)
            reason = f"{file.suffix or 'a file without an ending'} is not read yet (read: {kinds})"
            return replace(entry, status="skipped", reason=reason)
        data = file.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        entry = replace(entry, sha256=sha256)
        twin = self.by_hash.get(sha256)
        if twin == path:
            summary = self.indexed[path]
            return replace(entry, status="unchanged", pages=summary.pages, chunks=summary.passages)
        if twin is not None and twin in gone:
            return self._move(twin, gone, entry)
        if twin is not None:
            return replace(entry, status="skipped", reason=f"the same content as {twin}")
        loaded = load(file, data)
        metadata = extract(loaded.text, loaded.given)
        document = Document(
            path=path,
            name=file.name,
            sha256=sha256,
            text=loaded.text,
            title=metadata.title or file.stem,
            date=metadata.date,
            organisation=metadata.organisation,
            type=metadata.type,
            language=language_of(loaded.text),
            pages=loaded.pages,
        )
        chunks = chunk(loaded.text, self.store.analyzer)
        count = self.store.replace(document, chunks)
        before = self.indexed.get(path)
        if before:
            self.by_hash.pop(before.sha256, None)
        self.by_hash[sha256] = path
        status: Status = "updated" if before else "added"
        return replace(entry, status=status, pages=loaded.pages, chunks=count)

    def is_orphaned_copy(self, entry: LedgerEntry) -> bool:
        """Whether a file was skipped as a copy of one that has changed since."""
        return entry.status == "skipped" and bool(entry.sha256) and entry.sha256 not in self.by_hash

    def _move(self, old: str, gone: set[str], entry: LedgerEntry) -> LedgerEntry:
        summary = self.indexed.pop(old)
        self.store.rename(old, entry.path)
        self.ledger.forget(old)
        gone.discard(old)
        self.by_hash[entry.sha256] = entry.path
        return replace(
            entry, reason=f"moved from {old}", pages=summary.pages, chunks=summary.passages
        )

    def remove(self, path: str) -> LedgerEntry:
        self.store.remove(path)
        self.ledger.forget(path)
        return LedgerEntry(path, "removed", "the file is no longer there")


def _files_below(folder: Path) -> Iterator[Path]:
    """Files at any depth; hidden ones and those in hidden folders are not documents."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
