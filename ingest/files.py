"""Which files lie in the folders that are given, links followed, and what is passed over."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geungeo.ingest.clean import composed
from geungeo.ingest.ledger import LedgerEntry
from geungeo.vectorstore import in_one_line

# What programs leave beside documents, by its whole name in small letters, or its beginning:
# Office's lock files, LibreOffice's, and the look of folders.
_SYSTEM_NAMES = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", ".ds_store"})
_LOCK_FILES = ("~$", ".~lock.")


@dataclass(frozen=True)
class Found:
    """``files`` in the order of their paths; ``roots`` are the folders that were given, and the
    known files that were given and are gone. What is named in ``skipped`` and ``failed`` comes
    with the reason."""

    files: list[Path] = field(default_factory=list)
    roots: list[Path] = field(default_factory=list)
    skipped: dict[Path, str] = field(default_factory=dict)
    failed: dict[Path, str] = field(default_factory=dict)

    def entries(self) -> dict[str, LedgerEntry]:
        """What is said of the paths that were passed over."""
        skipped = (LedgerEntry(str(path), "skipped", why) for path, why in self.skipped.items())
        failed = (LedgerEntry(str(path), "failed", why) for path, why in self.failed.items())
        return {entry.path: entry for entry in (*skipped, *failed)}

    def is_unread(self, path: Path) -> bool:
        """Whether a path lies below a folder that could not be read."""
        return any(path.is_relative_to(folder) for folder in self.failed)


def is_system_file(name: str) -> bool:
    """Whether a file is told by its name to be none of a person's: a lock file of an office
    program, or what a system keeps beside the files of a folder."""
    small = name.casefold()
    return small in _SYSTEM_NAMES or small.startswith(_LOCK_FILES)


def find(paths: Iterable[Path], known: Collection[str], store: Path) -> Found:
    """The files at and below ``paths``; ``known`` are the paths of an earlier ingest.

    Hidden files, those in hidden folders, those of the store and system files are no documents.
    A linked folder is read like any other, each real folder once and under its own path before
    that of a link.
    """
    walk = _Walk(store)
    by_name = {composed(path): path for path in known}
    for given in paths:
        root = _as_on_disk(given.expanduser().absolute())
        before = by_name.get(composed(str(root)))
        try:
            is_folder, is_there = root.is_dir(), root.exists()
        except OSError as error:
            walk.found.failed[root] = in_one_line(error)
            continue
        if is_folder:
            walk.found.roots.append(root)
            walk.folder(root)
        elif is_there and is_system_file(root.name):
            walk.found.skipped[root] = "a lock file or a system's own, by its name"
        elif is_there:
            walk.found.files.append(root)
        elif before is not None:
            walk.found.roots.append(Path(before))
        else:
            walk.found.failed[root] = "no such file or folder"
    walk.follow_links()
    found = walk.found
    return Found(sorted(set(found.files)), found.roots, found.skipped, found.failed)


class _Walk:
    def __init__(self, store: Path) -> None:
        self.found = Found()
        self._links: deque[Path] = deque()
        self._seen: set[tuple[int, int]] = set()
        if store.exists():
            self._seen.add(_identity(store))

    def folder(self, folder: Path) -> None:
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            try:
                identity = _identity(path)
                entries = [] if identity in self._seen else list(os.scandir(path))
            except OSError as error:
                self.found.failed[path] = f"the folder cannot be read: {in_one_line(error)}"
                continue
            self._seen.add(identity)
            waiting.extend(self._folders_among(entries))

    def _folders_among(self, entries: Iterable[os.DirEntry[str]]) -> Iterator[Path]:
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or is_system_file(entry.name):
                continue
            try:
                if entry.is_dir() and entry.is_symlink():
                    self._links.append(path)
                elif entry.is_dir():
                    yield path
                elif entry.is_file():
                    self.found.files.append(path)
                elif entry.is_symlink():
                    self.found.skipped[path] = "a link that leads nowhere"
                else:
                    self.found.skipped[path] = "neither a file nor a folder"
            except OSError as error:
                self.found.failed[path] = in_one_line(error)

    def follow_links(self) -> None:
        while self._links:
            link = self._links.popleft()
            try:
                real = link.resolve()
                if link.parent.resolve().is_relative_to(real):
                    self.found.skipped[link] = "a link to a folder that it lies in"
                elif _identity(real) in self._seen:
                    self.found.skipped[link] = f"a link to a folder that is read as {real}"
                else:
                    self.folder(link)
            except OSError as error:
                self.found.failed[link] = in_one_line(error)


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _as_on_disk(path: Path) -> Path:
    """A path as the disk writes it, where it differs in how letters are composed."""
    if os.path.lexists(path) or path.parent == path:
        return path
    parent = _as_on_disk(path.parent)
    try:
        alike = [one for one in parent.iterdir() if composed(one.name) == composed(path.name)]
    except OSError:
        alike = []
    return alike[0] if alike else parent / path.name
