"""The second stage: a file to a record of all that is to be written of it.

Reading a file needs nothing of the store, and its record can be pickled: it may be done in any
process, on any machine that sees the file.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geungeo.ingest.chunk import chunk
from geungeo.ingest.files import is_system_file
from geungeo.ingest.formats import LoadError, NotADocumentError
from geungeo.ingest.ledger import READERS, WITHIN, LedgerEntry
from geungeo.ingest.load import Loaded
from geungeo.ingest.metadata import extract
from geungeo.ingest.remote import is_url, read_url
from geungeo.ingest.sketch import Sketch, sketch
from geungeo.ingest.worker import Worker
from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.vectorstore import Chunk, Document, in_one_line, name_of
from geungeo.vectorstore.preparation import Prepared

_log = logging.getLogger(__name__)

# An archive may lie in a mail that lies in an archive; deeper ones are left out.
_DEEPEST = 2


@dataclass(frozen=True)
class Source:
    """A file to be read: at a path on the disk, at a URL or, with its ``data``, ``depth`` files
    deep within another."""

    path: str
    size: int = 0
    modified_ns: int = 0
    data: bytes | None = None
    depth: int = 0

    @property
    def name(self) -> str:
        return Path(self.path.rpartition(WITHIN)[2] if self.depth else self.path).name


@dataclass(frozen=True)
class Outcome:
    """What became of a file. ``entry`` is its line for the ledger, with the reason where it
    could not be read; ``document`` is ``None`` where it has no text of its own, or where its
    content need not be read. ``members`` are the files within, and ``prepared`` the document with
    its terms and vectors where they were made beside the reading."""

    entry: LedgerEntry
    document: Document | None = None
    chunks: tuple[Chunk, ...] = ()
    sketch: Sketch | None = None
    members: tuple[Source, ...] = ()
    is_read: bool = False
    prepared: Prepared | None = None


@dataclass(frozen=True)
class Opened:
    """A file with its text, or with why there is none."""

    source: Source
    entry: LedgerEntry
    loaded: Loaded | None = None


def read(source: Source, worker: Worker, analyzer: Analyzer, known: Mapping[str, str]) -> Outcome:
    """Read a file; whatever is wrong with it is said in the entry. A file within another is not
    read where its path is ``known`` to have its content, told by SHA-256."""
    return divide(load_source(source, worker, known), analyzer)


def load_source(source: Source, worker: Worker, known: Mapping[str, str]) -> Opened:
    """The first half of ``read``: a file's text."""
    path = source.path
    entry = LedgerEntry(
        path, "added", size=source.size, modified_ns=source.modified_ns, readers=READERS
    )
    started = time.perf_counter()
    try:
        if source.depth > _DEEPEST:
            raise LoadError(f"it lies {source.depth} archives deep; unpack them first")
        data = _content(path) if source.data is None else source.data
        entry = replace(entry, sha256=hashlib.sha256(data).hexdigest())
        if source.depth and known.get(entry.sha256) == path:
            return Opened(source, entry)
        loaded = worker.load(source.name, data)
    except NotADocumentError as error:
        return Opened(source, replace(entry, status="skipped", reason=str(error)))
    except (LoadError, OSError) as error:
        return Opened(source, LedgerEntry(path, "failed", in_one_line(error)))
    return Opened(source, replace(entry, seconds=time.perf_counter() - started), loaded)


def _content(path: str) -> bytes:
    return read_url(path) if is_url(path) else Path(path).read_bytes()


def divide(opened: Opened, analyzer: Analyzer) -> Outcome:
    """The second half: a text as a document with its passages."""
    if opened.loaded is None:
        return Outcome(opened.entry)
    try:
        return _outcome(opened.source, opened.entry, opened.loaded, analyzer)
    except Exception as error:
        # A defect in our own code must not cost the user the other files.
        _log.debug("%s", opened.source.path, exc_info=True)
        said = f"{type(error).__name__}: {in_one_line(error)}"
        return Outcome(LedgerEntry(opened.source.path, "failed", said))


def _outcome(source: Source, entry: LedgerEntry, loaded: Loaded, analyzer: Analyzer) -> Outcome:
    entry = replace(entry, notes=loaded.notes, loader=loaded.loader)
    members = tuple(
        Source(
            f"{source.path}{WITHIN}{member.name}",
            len(member.data),
            data=member.data,
            depth=source.depth + 1,
        )
        for member in loaded.members
        if not is_system_file(Path(member.name).name)
    )
    if not loaded.text.strip():
        reason = f"{len(loaded.members)} files in it"
        return Outcome(replace(entry, reason=reason), members=members, is_read=True)
    chunks = tuple(
        replace(one, recognised=one.page in loaded.recognised_pages)
        for one in chunk(loaded.text, loaded.parts, analyzer)
    )
    entry = replace(
        entry,
        pages=loaded.pages,
        chunks=len(chunks),
        characters=len(loaded.text),
        recognised=len(loaded.recognised_pages),
        empty=loaded.empty,
    )
    document = _document(source.path, entry.sha256, loaded)
    return Outcome(entry, document, chunks, sketch(loaded.text), members, is_read=True)


def _document(path: str, sha256: str, loaded: Loaded) -> Document:
    name = name_of(path.split(WITHIN)[-1])
    about = extract(loaded, name)
    return Document(
        path=path,
        name=name,
        sha256=sha256,
        text=loaded.text,
        title=about.title,
        date=about.date,
        organisation=about.organisation,
        type=about.type,
        language=language_of(loaded.text),
        pages=loaded.pages,
        author=about.author,
        code=about.code,
    )
