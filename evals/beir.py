"""Test collections in BEIR form: corpus.jsonl, queries.jsonl and qrels/test.tsv."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geungeo.errors import GeungeoError
from geungeo.ingest.sentences import split_sentences
from geungeo.lang.detect import language_of
from geungeo.vectorstore import Chunk, Document, Hit, Store

CHUNKER = "beir-1"
_LANGUAGE_SAMPLE = 20_000


class BeirError(GeungeoError):
    """The folder is not a BEIR collection; the message names the file."""


@dataclass(frozen=True)
class BeirDocument:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class BeirQuery:
    """``answers`` and ``answerable`` are given for question-answering sets only."""

    id: str
    text: str
    answers: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True)
class BeirSet:
    """``relevant`` maps a query's id to the ids of its documents."""

    name: str
    documents: tuple[BeirDocument, ...]
    queries: tuple[BeirQuery, ...]
    relevant: dict[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> BeirSet:
        """Raises ``BeirError`` when a file is missing or has a line that is not as it should."""
        documents = tuple(
            BeirDocument(str(row["_id"]), row.get("title", ""), row["text"])
            for row in _rows(folder / "corpus.jsonl")
        )
        queries = tuple(
            BeirQuery(
                str(row["_id"]),
                row["text"],
                tuple(row.get("metadata", {}).get("answers", ())),
                bool(row.get("metadata", {}).get("answerable", True)),
            )
            for row in _rows(folder / "queries.jsonl")
        )
        return cls(folder.name, documents, queries, _qrels(folder / "qrels" / "test.tsv"))

    def index(
        self, store: Store, titles: Collection[str] | None = None, *, headed: bool = False
    ) -> dict[int, str]:
        """Index every document, or those of some titles, each as one passage, under its title
        where ``headed``.

        Returns, for the passages' offsets, the ids of their documents.
        """
        kept = [d for d in self.documents if titles is None or d.title in titles]
        split = split_sentences([document.text for document in kept], store.analyzer)
        ids: dict[int, str] = {}
        chunks = []
        offset = 0
        for document, spans in zip(kept, split, strict=True):
            sentences = tuple((offset + start, offset + end) for start, end in spans)
            section = document.title if headed else ""
            chunks.append(Chunk(offset, offset + len(document.text), sentences, section))
            ids[offset] = document.id
            offset += len(document.text) + 1
        text = "\n".join(document.text for document in kept)
        language = language_of(text[:_LANGUAGE_SAMPLE])
        whole = Document(self.name, self.name, self.name, text, language=language)
        store.replace(whole, chunks)
        return ids

    def retrieved(self, hits: list[Hit], ids: dict[int, str]) -> dict[str, float]:
        """Document ids with scores, for hits of a store that ``index`` filled."""
        return {ids[hit.passage.start]: hit.score for hit in hits}


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield json.loads(line)
                    except ValueError as error:
                        raise BeirError(f"{file}:{number}: not JSON ({error})") from error
    except OSError as error:
        raise BeirError(f"{file}: {error.strerror}; a BEIR folder has it") from error


def _qrels(file: Path) -> dict[str, frozenset[str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
    except OSError as error:
        raise BeirError(f"{file}: {error.strerror}; a BEIR folder has it") from error
    relevant: dict[str, set[str]] = {}
    for line in lines:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(query, set()).add(document)
    return {query: frozenset(documents) for query, documents in relevant.items()}
