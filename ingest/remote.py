"""Files in object storage and on servers, by the URLs that fsspec knows: ``s3://bucket/reports``.

fsspec is imported when there is such a URL; ``file:`` is the disk.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from geungeo.errors import GeungeoError
from geungeo.ingest.files import is_system_file
from geungeo.vectorstore import in_one_line

_NANOSECONDS = 10**9
# Under which key a file system of fsspec tells when a file was written.
_TIMES = ("LastModified", "mtime", "last_modified", "updated", "created")


class RemoteError(GeungeoError):
    """What it takes to read files of a URL is not installed; the message says what is."""


@dataclass(frozen=True)
class RemoteFile:
    """A file at a URL with its size in bytes; ``modified_ns`` is another number once it is
    written anew."""

    url: str
    size: int
    modified_ns: int


@dataclass(frozen=True)
class Listing:
    """The files found, ``roots`` the URLs that were given and could be listed, and why others
    could not."""

    files: Sequence[RemoteFile] = ()
    roots: tuple[str, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)

    def covers(self, path: str) -> bool:
        """Whether a path is one of the URLs that were listed, or below one."""
        return any(path == root or path.startswith(f"{root}/") for root in self.roots)


def is_url(path: str) -> bool:
    """Whether a path is a URL that is not of the disk."""
    return "://" in path


def by_place(paths: Iterable[Path | str]) -> tuple[list[Path], list[str]]:
    """The paths of the disk, and the URLs."""
    here: list[Path] = []
    elsewhere: list[str] = []
    for path in paths:
        text = str(path)
        if text.startswith("file://"):
            here.append(Path(unquote(urlsplit(text).path)))
        elif is_url(text):
            elsewhere.append(text.rstrip("/"))
        else:
            here.append(Path(path))
    return here, elsewhere


def list_urls(urls: Iterable[str], known: Collection[str]) -> Listing:
    """The files at and below URLs; ``known`` are the paths of an earlier ingest.

    A URL that has nothing and never had is reported like a missing folder.

    Raises:
        RemoteError: fsspec, or its package for such a URL, is not installed.
    """
    files: dict[str, RemoteFile] = {}
    roots: list[str] = []
    failed: dict[str, str] = {}
    for url in urls:
        system, root = _opened(url)
        try:
            found = system.find(root, detail=True)
        except FileNotFoundError:
            found = {}
        except Exception as error:
            # Each storage has errors of its own.
            failed[url] = f"it cannot be listed: {in_one_line(error)}"
            continue
        if not found and not any(map(Listing(roots=(url,)).covers, known)):
            failed[url] = "no such file or folder"
            continue
        roots.append(url)
        for name, about in found.items():
            if _is_document(name.removeprefix(root), about):
                one = RemoteFile(str(system.unstrip_protocol(name)), *_state(about))
                files[one.url] = one
    return Listing([*files.values()], tuple(roots), failed)


def read_url(url: str) -> bytes:
    """The content of a file at a URL.

    Raises:
        OSError: it cannot be had.
    """
    try:
        system, path = _opened(url)
        return bytes(system.cat_file(path))
    except OSError:
        raise
    except Exception as error:
        raise OSError(in_one_line(error)) from error


def _opened(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path there."""
    protocol = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        needs = "pip install 'geungeo[s3]'" if protocol == "s3" else in_one_line(error)
        raise RemoteError(f"{url}: what reads {protocol}: is not installed: {needs}") from error
    except ValueError as error:
        raise RemoteError(f"{url}: {in_one_line(error)}") from error
    return system, str(path)


def _is_document(below: str, about: Mapping[str, Any]) -> bool:
    """Hidden files and those of systems are none, as on the disk."""
    parts = [part for part in below.split("/") if part]
    hidden = any(part.startswith(".") or is_system_file(part) for part in parts)
    return about.get("type") == "file" and not below.endswith("/") and not hidden


def _state(about: Mapping[str, Any]) -> tuple[int, int]:
    """A file's size, and the nanosecond of its version: a storage that tells whole seconds has the
    version's mark for the rest. Where it tells no time the file is always another one."""
    size = int(about.get("size") or 0)
    when = next((about[key] for key in _TIMES if about.get(key)), None)
    if isinstance(when, datetime):
        when = when.timestamp()
    if not isinstance(when, (int, float)):
        return size, time.time_ns()
    written = int(when * _NANOSECONDS)
    if mark := about.get("ETag"):
        written += zlib.crc32(str(mark).encode()) % _NANOSECONDS
    return size, written
