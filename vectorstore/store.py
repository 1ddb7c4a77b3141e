"""One store: Chroma, the lexical index and the catalogue, kept in step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import numpy as np
from filelock import FileLock

from vectorstore import fusion
from vectorstore.analysis import Analyzer
from vectorstore.bridge import Bridge
from vectorstore.catalogue import Catalogue
from vectorstore.dense import DenseIndex
from vectorstore.embedding import Encoder, Vectors
from vectorstore.lexical import LexicalIndex, LexicalRecord
from vectorstore.records import (
    Chunk,
    Document,
    DocumentSummary,
    Hit,
    IndexSettings,
    Query,
    QueryTerm,
)

_LAYOUT = "1"
_CANDIDATES = 50


class StoreError(Exception):
    """The store cannot be opened as asked."""


class Store:
    """A folder with everything that search needs.

    Writing goes to the indexes first and becomes visible with one SQLite commit, so that
    a reader, or a process that was killed, sees either the old document or the new one.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        chunker: str,
        *,
        chroma_url: str = "",
    ) -> None:
        """Open a store, or make one in a folder that has none.

        Raises:
            StoreError: the folder holds an index made with another encoder, analyzer or
                chunker, or it cannot be written.
        """
        self.folder = folder
        self.encoder = encoder
        self.analyzer = analyzer
        self.settings = IndexSettings(encoder.name, analyzer.name, chunker)
        self.name = index_name(self.settings)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _check(folder / "index.json", self.settings, self.name)
        except OSError as error:
            raise StoreError(f"{folder}: the store cannot be opened: {error}") from error
        self._catalogue = Catalogue(folder / "catalogue.sqlite")
        self._lexical = LexicalIndex(folder / "lexical")
        self._dense = DenseIndex(self.name, encoder, folder / "chroma", chroma_url)
        self._bridge = Bridge(
            encoder,
            lambda: self._catalogue.vocabulary(encoder.dimension),
            self._catalogue.add_vocabulary,
        )
        self._version = self._catalogue.version()
        # One writer at a time, in this process or another; readers are never held up.
        self._writing = FileLock(folder / "write.lock")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._catalogue.close()

    # Writing

    def replace(self, document: Document, chunks: Sequence[Chunk]) -> int:
        """Index a document in place of the one with the same path; returns its passages."""
        vectors = self._encode(document, chunks)
        with self._writing:
            return self._write(document, chunks, vectors)

    def _write(
        self, document: Document, chunks: Sequence[Chunk], vectors: Sequence[Vectors]
    ) -> int:
        key, ids = self._catalogue.begin(document, chunks, vectors)
        texts = [document.text[chunk.start : chunk.end] for chunk in chunks]
        indexed = [_indexed_text(document, chunk) for chunk in chunks]
        if ids:
            whole = np.stack([matrix[0] for matrix in vectors])
            self._dense.add(ids, [key] * len(ids), texts, whole)
            terms = list(self.analyzer.batch(indexed))
            self._lexical.add(
                LexicalRecord(passage, key, own) for passage, own in zip(ids, terms, strict=True)
            )
            self._bridge.learn(term for own in terms for term in own)
        self._catalogue.publish(key, document.path)
        self._sweep()
        return len(ids)

    def remove(self, path: str) -> None:
        """Forget the document of a path; an unknown path changes nothing."""
        with self._writing:
            self._catalogue.withdraw(path)
            self._sweep()

    def rename(self, path: str, new_path: str) -> None:
        """Give an indexed document another path without reading it again."""
        with self._writing:
            self._catalogue.rename(path, new_path, Path(new_path).name)

    def _sweep(self) -> None:
        leftovers = self._catalogue.leftovers()
        if leftovers:
            self._dense.remove(leftovers)
            self._lexical.remove(leftovers)
            self._catalogue.purge(leftovers)

    def _encode(self, document: Document, chunks: Sequence[Chunk]) -> list[Vectors]:
        """For each chunk the vectors of the whole and of its sentences, (1 + n, dimension)."""
        texts: list[str] = []
        counts: list[int] = []
        for chunk in chunks:
            texts.append(document.text[chunk.start : chunk.end])
            texts.extend(document.text[start:end] for start, end in chunk.sentences)
            counts.append(1 + len(chunk.sentences))
        rows = self.encoder.encode_passages(texts)
        return np.split(rows, np.cumsum(counts)[:-1]) if counts else []

    # Reading

    def analyse(self, question: str) -> Query:
        """Find what a question's words are in this index.

        A word that the index knows stands for itself; another one, as every word of a
        question in another language, for its nearest terms.
        """
        self._see_other_writers()
        words = self.analyzer.words(question)
        unknown = [term for term in words if not self._lexical.knows(term)]
        near = dict(zip(unknown, self._bridge.neighbours([words[t] for t in unknown]), strict=True))
        terms = tuple(
            QueryTerm(
                word, near.get(term) or {term: 1.0}, self._lexical.idf(term), term not in near
            )
            for term, word in words.items()
        )
        return Query(question, terms, self.encoder.encode_questions([question])[0])

    def search(self, question: str | Query, k: int = 10) -> list[Hit]:
        """The ``k`` best passages for a question, best first."""
        if not self._catalogue.count_passages():
            return []
        query = self.analyse(question) if isinstance(question, str) else question
        groups = [term.alternatives for term in query.terms]
        lexical = self._lexical.search(groups, _CANDIDATES)
        dense = self._dense.search(query.vector, _CANDIDATES)
        lexical |= self._lexical.score(groups, [key for key in dense if key not in lexical])
        weight = fusion.lexical_weight(query.known_share)
        candidates = self._catalogue.passages([*{**lexical, **dense}], len(query.vector))
        hits = []
        for key, (passage, vectors) in candidates.items():
            similarity, sentences = fusion.passage_similarity(query.vector, vectors)
            score = fusion.combine(lexical.get(key, 0.0), similarity, weight)
            own = tuple(float(cosine) for cosine in sentences)
            hits.append(Hit(passage, score, lexical.get(key, 0.0), similarity, own))
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:k]

    def documents(self) -> list[DocumentSummary]:
        """Everything that is indexed, by path."""
        return self._catalogue.documents()

    def text(self, path: str) -> str | None:
        """The text of an indexed document as loaded, or None for an unknown path."""
        return self._catalogue.text(path)

    def warm_up(self) -> None:
        """Load the encoder and the analyzer now instead of at the first question."""
        with ThreadPoolExecutor(1) as beside:
            analyzer = beside.submit(self.analyzer.load)
            self.encoder.load()
            analyzer.result()

    def _see_other_writers(self) -> None:
        version = self._catalogue.version()
        if version != self._version:
            self._version = version
            self._lexical.reload()
            self._bridge.reload()


def index_name(settings: IndexSettings) -> str:
    """A name for Chroma's collection that changes with whatever shapes the index."""
    shape = "\n".join((_LAYOUT, settings.embedding, settings.analyzer, settings.chunker))
    return f"geungeo-{hashlib.sha256(shape.encode()).hexdigest()[:12]}"


def _indexed_text(document: Document, chunk: Chunk) -> str:
    """A chunk below its title and its headings, those that it does not hold itself."""
    text = document.text[chunk.start : chunk.end]
    above = [document.title, *chunk.section.split(" › ")]
    missing = [line for line in dict.fromkeys(above) if line and line not in text]
    return "\n".join([*missing, text])


def _check(file: Path, settings: IndexSettings, name: str) -> None:
    wanted = {
        "name": name,
        "embedding": settings.embedding,
        "analyzer": settings.analyzer,
        "chunker": settings.chunker,
    }
    if not file.exists():
        file.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
        return
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(
            f"{file}: not readable as JSON; remove the folder and ingest again"
        ) from error
    if found.get("name") != name:
        differing = ", ".join(
            f"{part} {found.get(part)!r} there, {value!r} in the settings"
            for part, value in wanted.items()
            if part != "name" and found.get(part) != value
        )
        raise StoreError(
            f"{file.parent}: this index was made with other settings "
            f"({differing or 'an older layout'}). Use the settings that it was made with, "
            f"or ingest into another folder (--store)."
        )
