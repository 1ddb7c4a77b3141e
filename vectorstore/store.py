"""A catalogue and an index, kept in step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import copy
from pathlib import Path
from types import TracebackType

import numpy as np

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.forms import Form, Group
from geungeo.lang.glossary import shipped_things
from geungeo.vectorstore import fusion
from geungeo.vectorstore.embedding import Encoder, Vectors
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.hiding import HidingFinder
from geungeo.vectorstore.learning import learn_anew
from geungeo.vectorstore.milvus.address import MilvusAddress
from geungeo.vectorstore.opening import open_folder
from geungeo.vectorstore.preparation import Prepared, prepare
from geungeo.vectorstore.protocols import Catalogue, Finder, Index, TermStatistics
from geungeo.vectorstore.records import (
    Chunk,
    Correction,
    Description,
    Document,
    DocumentSummary,
    Filter,
    Hit,
    IndexSettings,
    Passage,
    Query,
    Terms,
    name_of,
)
from geungeo.vectorstore.upkeep import Revision, mend
from geungeo.vectorstore.writing import as_shown, as_written, put

_CANDIDATES = 30


class Store:
    """Documents that can be searched.

    Writing goes to the index first and becomes visible with one step of the catalogue, so that
    a reader, or a process that was killed, sees either the old document or the new one.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        index: Index,
        encoder: Encoder,
        analyzer: Analyzer,
        *,
        glossary: Sequence[Group] | None = None,
        mix: fusion.Fusion = fusion.Fusion(),  # noqa: B008
        uploads: Path | None = None,
    ) -> None:
        """Keep a catalogue and its index in step; both are closed with the store.

        ``folder`` is where what belongs to the store is kept beside it, and ``uploads`` where
        files that readers bring, a folder in it where it is None. ``glossary`` are groups of
        words that mean the same in its documents, those that the package ships where it is
        None, and ``mix`` weighs words and vectors. A part of the index that was lost is made
        anew from the catalogue.

        Raises:
            StoreError: the catalogue cannot be read, or the index not be mended.
        """
        self.folder = folder
        self.uploads = (uploads or folder / "uploads").absolute()
        self.shared = catalogue.shared
        self.encoder = encoder
        self.analyzer = analyzer
        self.glossary = tuple(shipped_things() if glossary is None else glossary)
        self._mix = mix
        self._catalogue = catalogue
        self._index = index
        self._finder: Finder = index
        with ExitStack() as opened:
            opened.callback(catalogue.close)
            opened.callback(index.close)
            mend(catalogue, index)
            learn_anew(catalogue, index, encoder)
            self._revision = Revision(catalogue, index)
            self._opened = opened.pop_all()

    @classmethod
    def open(
        cls,
        folder: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        chunker: str,
        *,
        chroma_url: str = "",
        database_url: str = "",
        milvus: MilvusAddress | None = None,
        glossary: Sequence[Group] | None = None,
        mix: fusion.Fusion = fusion.Fusion(),  # noqa: B008
        uploads: Path | None = None,
    ) -> Store:
        """Open the store in a folder, or make one in a folder that has none.

        Where nothing can be written the store is read as it is now, and ``why_read_only`` says
        why; its catalogue may lie in a PostgreSQL database, its vectors on a Chroma server, or
        all of its index on a Milvus server.

        Raises:
            StoreError: the folder holds an index made with another encoder, analyzer or
                chunker, or it is damaged, or it cannot be made, or a server not be reached.
        """
        settings = IndexSettings(encoder.name, analyzer.name, chunker)
        parts = open_folder(folder, settings, chroma_url, database_url, milvus)
        return cls(folder, *parts, encoder, analyzer, glossary=glossary, mix=mix, uploads=uploads)

    def without(self, hidden: Collection[str]) -> Store:
        """The same, only to be read, for who may not see the documents of some folders: none of
        these is found, told or counted, nor a word known that stands in them alone."""
        seen, seen_catalogue = copy(self), self._catalogue.without(hidden)
        seen._finder = HidingFinder(self._index, self._catalogue, seen_catalogue, self.revision)
        seen._catalogue, seen._opened = seen_catalogue, ExitStack()
        return seen

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
        self._opened.close()

    def load_models(self) -> None:
        """Load what reads a question, which the first one would wait for."""
        with ThreadPoolExecutor(1) as beside:
            encoder = beside.submit(self.encoder.load_for_questions)
            self.analyzer.load()
            encoder.result()

    # Writing

    @property
    def why_read_only(self) -> str:
        """Why nothing can be written, in the system's words; empty where it can be."""
        return self._catalogue.why_read_only

    def require_writable(self) -> None:
        """Raises ``StoreError`` where the store is only read."""
        if self.why_read_only:
            raise StoreError(f"{self.folder}: the index cannot be changed: {self.why_read_only}")

    def ingesting(self, waits: Callable[[], None]) -> AbstractContextManager[None]:
        """As ``Catalogue.ingesting``."""
        return self._catalogue.ingesting(waits)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self.require_writable()
        try:
            with self._catalogue.alone():
                yield
        except OSError as error:
            raise StoreError(f"{self.folder}: {in_one_line(error)}") from error
        finally:
            self._revision.changed()

    def replace(self, document: Document, chunks: Sequence[Chunk]) -> int:
        """Index a document in place of the one with the same path; returns its passages."""
        self.replace_all([(document, chunks)])
        return len(chunks)

    def replace_all(self, items: Sequence[tuple[Document, Sequence[Chunk]]]) -> None:
        """Index several documents, each in place of the one with the same path.

        It is much faster than one at a time; each becomes visible by itself.
        """
        self.write(self.prepare(items))

    def prepare(self, items: Sequence[tuple[Document, Sequence[Chunk]]]) -> list[Prepared]:
        """Documents with their terms and vectors, to be written; this is most of the work, and
        another batch may be written meanwhile."""
        return prepare(items, self.encoder, self.analyzer)

    def write(self, items: Sequence[Prepared]) -> None:
        """Index prepared documents, each in place of the one with the same path.

        Raises:
            StoreError: the store is only read, or its disk is full; what was visible stays.
        """
        with self._changing():
            self._put(items)

    def remove(self, path: str) -> None:
        """Forget the document of a path; an unknown path changes nothing."""
        with self._changing():
            self._catalogue.withdraw(path)
            self._sweep()

    def rename(self, path: str, new_path: str) -> None:
        """Give an indexed document another path without reading it again."""
        with self._changing():
            self._catalogue.rename(path, new_path, name_of(new_path))

    def correct(self, path: str, correction: Correction) -> None:
        """Show a document otherwise than it was read, wherever it is told of, until that is taken
        back by an empty correction; an unknown path changes nothing. Its passages are found by
        the words of the title that is shown."""
        with self._changing():
            before = self._catalogue.corrections().get(path, Correction())
            self._catalogue.correct(path, correction)
            if before.title != correction.title:
                self._put(as_written(path, self._catalogue, self.analyzer))

    def _put(self, items: Sequence[Prepared]) -> None:
        shown = as_shown(items, self._catalogue, self.analyzer)
        put(shown, self._catalogue, self._index, self.encoder, self._revision.changed)
        self._sweep()

    def _sweep(self) -> None:
        """Forget what nobody sees, and the words that nothing else says."""
        leftovers = self._catalogue.leftovers()
        if leftovers:
            self._index.remove(leftovers)
            terms = self._index.look_up(self._catalogue.terms(leftovers))
            self._index.forget([term for term, found in terms.items() if not found.known])
            self._catalogue.purge(leftovers)

    # Searching

    def search(self, query: Query, k: int = 10, only: Filter | None = None) -> list[Hit]:
        """The ``k`` best passages for a question, best first, of the documents that ``only``
        lets through."""
        documents = None if only is None or only.is_open else self._catalogue.matching(only)
        lexical = self._find(query, documents)
        vectors = self._catalogue.vectors(lexical)
        if not vectors:
            return []
        ends = np.cumsum([len(own) for own in vectors.values()])
        cosines = np.split(np.concatenate([*vectors.values()]) @ query.vector, ends[:-1])
        weight = self._mix.lexical_weight(query.known_share)
        candidates = []
        for key, own in zip(vectors, cosines, strict=True):
            similarity = fusion.passage_similarity(own)
            score = fusion.combine(lexical[key], similarity, weight)
            candidates.append((score, key, similarity, own[1:]))
        candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
        passages = self._catalogue.passages([key for _, key, *_ in candidates[:k]])
        return [
            Hit(passage, score, lexical[key], similarity, score, tuple(sentences.tolist()), terms)
            for score, key, similarity, sentences in candidates[:k]
            # A writer may have withdrawn a document since its vectors were read.
            if key in passages
            for passage, terms in [passages[key]]
        ]

    def _find(self, query: Query, documents: Collection[int] | None) -> dict[int, float]:
        """The passages that are best by words or by vectors, visible or not, with what their
        words score."""
        groups = [term.alternatives for term in query.terms]
        lexical = self._finder.search_lexical(groups, _CANDIDATES, documents)
        dense = self._finder.search_dense(query.vector, _CANDIDATES, documents)
        lexical |= self._finder.score_lexical(groups, [key for key in dense if key not in lexical])
        return {**dict.fromkeys(dense, 0.0), **lexical}

    # Whether its parts are there

    def ask_catalogue(self) -> None:
        """Raises ``StoreError`` where the catalogue does not answer."""
        self._catalogue.version()

    def ask_index(self) -> None:
        """Raises ``StoreError`` where the index does not answer."""
        self._index.look_up(["1"])
        self._index.search_dense(self.encoder.encode_questions(["1"])[0], 1)

    # What questions ask of the whole collection

    def revision(self) -> int:
        """A number that changes whenever, by whomever, something has been written."""
        return self._revision.now()

    def words(self) -> list[str]:
        """The words of the passages, in the order in which they were learned."""
        return self._finder.words()

    def look_up(self, terms: Collection[str]) -> dict[str, TermStatistics]:
        """How the index knows each of some terms."""
        return self._finder.look_up(terms)

    def near_words(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        """The words nearest to each row of vectors, of shape (rows, dimension), with cosines."""
        return self._finder.near_words(vectors, most, least)

    def passages_by_language(self) -> Mapping[str, int]:
        """How many passages belong to documents in each language."""
        return self._catalogue.passages_by_language()

    def names(self) -> list[tuple[Form, ...]]:
        """The names that documents explain, each with the index terms of its forms."""
        return self._catalogue.names()

    # Documents

    def documents(self, only: Filter | None = None) -> list[DocumentSummary]:
        """What is indexed and a filter lets through, by path."""
        return self._catalogue.documents(only or Filter())

    def count(self, only: Filter | None = None) -> int:
        """How many documents a search with a filter looks at."""
        return len(self._catalogue.matching(only or Filter()))

    def text(self, path: str) -> str | None:
        """The text of an indexed document as loaded, or None for an unknown path."""
        return self._catalogue.text(path)

    def as_read(self, path: str) -> Description | None:
        """What was read of a document, whatever was corrected; None for an unknown path."""
        return self._catalogue.as_read(path)

    def corrections(self) -> dict[str, Correction]:
        """What is corrected, by the paths of documents."""
        return self._catalogue.corrections()

    def passages(self, path: str) -> list[Passage]:
        """The passages of an indexed document in their order; none for an unknown path."""
        return self._catalogue.passages_of(path)

    def sentence_vectors(self, passages: Sequence[Passage]) -> dict[int, Vectors]:
        """By the ids of those of some passages that are visible the vectors of their sentences,
        of shape (sentences, dimension)."""
        vectors = self._catalogue.vectors([one.id for one in passages])
        return {key: own[1:] for key, own in vectors.items()}

    def terms(self, passages: Sequence[Passage]) -> dict[int, Terms]:
        """By the ids of those of some passages that are visible their index terms."""
        kept = self._catalogue.passages([one.id for one in passages])
        return {key: own for key, (_, own) in kept.items()}
