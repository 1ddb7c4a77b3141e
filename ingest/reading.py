"""How a file is read, without indexing it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geungeo.ingest.chunk import chunk
from geungeo.ingest.metadata import Metadata, extract
from geungeo.ingest.worker import Worker
from geungeo.lang import Analyzer
from geungeo.vectorstore.records import SentenceKind


@dataclass(frozen=True)
class ReadSentence:
    """``section`` holds the headings above it, ``page`` counts from 1."""

    text: str
    section: str
    page: int
    kind: SentenceKind


@dataclass(frozen=True)
class Reading:
    """What of a file is stored, and in ``notes`` what is not; ``files`` are those within it."""

    metadata: Metadata
    loader: str
    pages: int
    notes: tuple[str, ...]
    sentences: tuple[ReadSentence, ...]
    files: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reading under the keys that other tools read."""
        about = self.metadata
        return {
            "title": about.title,
            "date": about.date,
            "organisation": about.organisation,
            "type": about.type,
            "loader": self.loader,
            "pages": self.pages,
            "notes": list(self.notes),
            "files": list(self.files),
            "sentences": [asdict(sentence) for sentence in self.sentences],
        }


def read_file(path: Path, worker: Worker, analyzer: Analyzer) -> Reading:
    """Read a file as an ingest does.

    Raises:
        LoadError: it cannot be read; the message says why and what to do.
        OSError: it cannot be opened.
    """
    loaded = worker.load(path.name, path.read_bytes())
    sentences = [
        ReadSentence(loaded.text[start:end], one.section, one.page, kind)
        for one in chunk(loaded.text, loaded.parts, analyzer)
        for (start, end), kind in zip(one.sentences, one.kinds, strict=True)
    ]
    return Reading(
        extract(loaded, path.name),
        loaded.loader,
        loaded.pages,
        loaded.notes,
        tuple(sentences),
        tuple(member.name for member in loaded.members),
    )
