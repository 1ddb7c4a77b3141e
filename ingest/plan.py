"""The first stage: which files are there, and what each needs. Nothing is changed by it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from geungeo.ingest.files import Found, find
from geungeo.ingest.known import Holders, Known
from geungeo.ingest.ledger import WITHIN, LedgerEntry
from geungeo.ingest.remote import Listing, by_place, is_url, list_urls
from geungeo.ingest.worker import Limits
from geungeo.vectorstore import in_one_line

Need = Literal["new", "changed", "unchanged", "touched", "moved", "copied", "refused"]


@dataclass(frozen=True)
class Step:
    """A file that is there, with its size in bytes, and what it needs.

    ``new`` and ``changed`` files are read, among the latter those that an older version read.
    ``unchanged`` ones have the size and the time that they had, ``touched`` ones the content;
    ``moved`` and ``copied`` ones that of ``other``, which is gone or still there. ``refused`` ones
    are not read, for the ``reason`` given.
    """

    path: str
    need: Need
    size: int = 0
    modified_ns: int = 0
    sha256: str = ""
    other: str = ""
    reason: str = ""

    @property
    def is_to_be_read(self) -> bool:
        return self.need in ("new", "changed")


@dataclass(frozen=True)
class Plan:
    """``steps`` are in the order of their paths. ``gone`` are known paths that are no longer
    there, those that only moved among them; ``holders`` are the paths that keep a content, by
    its SHA-256; ``passed_over`` says of other paths why they are no documents."""

    steps: tuple[Step, ...]
    gone: frozenset[str]
    holders: Mapping[str, str]
    passed_over: Mapping[str, LedgerEntry]


def make_plan(paths: Sequence[Path | str], known: Known, store: Path, limits: Limits) -> Plan:
    """What it takes to bring a store in step with files and folders.

    A file of the disk is hashed only where its content may be known: where its size is that of
    another.

    Raises:
        RemoteError: what lists a URL is not installed.
    """
    here, urls = by_place(paths)
    found = find(here, known.entries, store)
    remote = list_urls(urls, known.entries)
    gone = _gone(found, remote, known)
    steps = [_looked_at(file, known, limits) for file in found.files]
    steps.extend(
        _needing(file.url, file.size, file.modified_ns, known, limits) for file in remote.files
    )
    may_be_known = _sizes(steps, known)
    steps = [_hashed(step) if may_be_known(step.size) else step for step in steps]
    holders = _holders(steps, known)
    claims = Holders(holders, gone)
    steps.sort(key=lambda step: step.path)
    failed = {url: LedgerEntry(url, "failed", why) for url, why in remote.failed.items()}
    return Plan(
        tuple(_claimed(step, claims) for step in steps),
        frozenset(gone),
        holders,
        {**found.entries(), **failed},
    )


def _gone(found: Found, remote: Listing, known: Known) -> set[str]:
    """Known paths at or below the given ones that are no longer there."""
    there = {*map(str, found.files), *(file.url for file in remote.files)}
    return {
        path
        for path in known.entries.keys() | known.documents.keys()
        if path.split(WITHIN)[0] not in there
        and (
            remote.covers(path)
            if is_url(path)
            else any(Path(path).is_relative_to(root) for root in found.roots)
            and not found.is_unread(Path(path))
        )
    }


def _looked_at(file: Path, known: Known, limits: Limits) -> Step:
    """What a file needs by its size and time alone."""
    try:
        stat = file.stat()
    except OSError as error:
        return Step(str(file), "refused", reason=in_one_line(error))
    return _needing(str(file), stat.st_size, stat.st_mtime_ns, known, limits)


def _needing(path: str, size: int, modified_ns: int, known: Known, limits: Limits) -> Step:
    before = known.entries.get(path)
    is_indexed = known.is_indexed(path)
    step = Step(path, "changed" if is_indexed else "new", size, modified_ns)
    is_as_before = before and (before.size, before.modified_ns) == (step.size, step.modified_ns)
    is_current = before and before.is_indexed and not before.is_outdated
    if is_as_before and is_current and is_indexed:
        return replace(step, need="unchanged")
    if step.size > limits.size:
        return replace(step, need="refused", reason=limits.too_large(step.size))
    return step


def _sizes(steps: Iterable[Step], known: Known) -> Callable[[int], bool]:
    """Whether a file of a size may be a copy, or have moved."""
    sizes = Counter(step.size for step in steps if step.is_to_be_read)
    # Of a document whose file could not be read again the size is not known.
    of_documents = {
        known.entries[path].size if path in known.entries else 0 for path in known.documents
    }
    return lambda size: 0 in of_documents or size in of_documents or sizes[size] > 1


def _hashed(step: Step) -> Step:
    # Elsewhere it would have to be fetched for that.
    if not step.is_to_be_read or is_url(step.path):
        return step
    try:
        with Path(step.path).open("rb") as file:
            return replace(step, sha256=hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return step  # It is said when the file is read.


def _holders(steps: Iterable[Step], known: Known) -> dict[str, str]:
    """The documents that keep their content, by it; one that is to be read anew keeps none."""
    hashes = {step.path: step.sha256 for step in steps if step.is_to_be_read}
    return {
        summary.sha256: path
        for path, summary in known.documents.items()
        if hashes.get(path, summary.sha256) == summary.sha256 and not known.is_outdated(path)
    }


def _claimed(step: Step, claims: Holders) -> Step:
    """What a file needs by its content."""
    if not step.sha256:
        return step
    claim, other = claims.claim(step.sha256, step.path)
    if claim == "own":
        return replace(step, need="touched")
    return replace(step, need=claim, other=other) if claim in ("moved", "copied") else step
