"""What is known of files before an ingest, and whose content is whose while it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from geungeo.ingest.ledger import WITHIN, Ledger, LedgerEntry
from geungeo.vectorstore import DocumentSummary, Store

Claim = Literal["first", "own", "moved", "copied"]
"""Whose a content is: nobody's before, the file's own, or that of another, gone or there."""


@dataclass(frozen=True)
class Known:
    """The ledger and the documents of the store, by path, as an ingest finds them."""

    entries: Mapping[str, LedgerEntry]
    documents: Mapping[str, DocumentSummary]

    @classmethod
    def of(cls, store: Store, ledger: Ledger) -> Known:
        return cls(ledger.entries(), {summary.path: summary for summary in store.documents()})

    @cached_property
    def _within(self) -> Mapping[str, list[str]]:
        """Paths of files within files, by that of the file on the disk."""
        found: dict[str, list[str]] = {}
        for path in self.entries:
            if WITHIN in path:
                found.setdefault(path.split(WITHIN)[0], []).append(path)
        return found

    def within(self, path: str) -> list[str]:
        """The known files within a file, at any depth."""
        found = self._within.get(path.split(WITHIN)[0], [])
        return [one for one in found if one.startswith(f"{path}{WITHIN}")]

    def is_outdated(self, path: str) -> bool:
        """Whether what is indexed of a file was read by another version."""
        return path in self.entries and self.entries[path].is_outdated

    def is_indexed(self, path: str) -> bool:
        return path in self.documents or bool(self.within(path))


class Holders:
    """Which path holds a content, by its SHA-256; ``gone`` are paths that are no longer there."""

    def __init__(self, paths: Mapping[str, str], gone: Set[str]) -> None:
        self._paths = dict(paths)
        self.gone = set(gone)

    def claim(self, sha256: str, path: str) -> tuple[Claim, str]:
        """Whose a content is that lies at a path, and the other path that has or had it.

        What is moved, or nobody's before, is held by the path from now on.
        """
        holder = self._paths.get(sha256)
        if holder == path:
            return "own", ""
        if holder is not None and self.has(sha256):
            return "copied", holder
        self._paths[sha256] = path
        if holder is None:
            return "first", ""
        self.gone.discard(holder)
        return "moved", holder

    def has(self, sha256: str) -> bool:
        """Whether a content is held by a path that is there."""
        holder = self._paths.get(sha256)
        return holder is not None and holder not in self.gone

    def release(self, sha256: str, path: str) -> None:
        """A path has a content no more, or could not be given it."""
        if self._paths.get(sha256) == path:
            del self._paths[sha256]

    def lose(self, paths: Iterable[str]) -> None:
        self.gone.update(paths)
