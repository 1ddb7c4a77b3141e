"""The index in a folder, or with its vectors on a Chroma server."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.dense import DenseIndex
from geungeo.vectorstore.embedded.lexical import LexicalIndex
from geungeo.vectorstore.embedded.mirror import mirror
from geungeo.vectorstore.embedded.vocabulary import Vocabulary
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.protocols import IndexRecord, TermStatistics
from geungeo.vectorstore.records import TermGroup

_LEXICAL, _DENSE = "lexical", "chroma"


class EmbeddedIndex:
    """Terms in tantivy, vectors in Chroma, the vocabulary in SQLite; see ``Index``."""

    def __init__(
        self, folder: Path, database: Database, collection: str, chroma_url: str = ""
    ) -> None:
        """``database`` is one that was opened with the vocabulary's ``SCHEMA``, and
        ``collection`` the name of the vectors in Chroma. Where nothing can be written in the
        folder the index is copied and read as it is now.

        Raises:
            StoreError: it is damaged or cannot be opened.
        """
        self._vocabulary = Vocabulary(database)
        with ExitStack() as opened:
            where = folder
            if database.why_read_only:
                where = Path(opened.enter_context(_scratch()))
                mirror(folder, (_LEXICAL, _DENSE), where)
            self._lexical = LexicalIndex(where / _LEXICAL)
            self._dense = DenseIndex(collection, where / _DENSE, chroma_url)
            self._opened = opened.pop_all()

    def close(self) -> None:
        self._opened.close()

    def add(self, records: Sequence[IndexRecord]) -> None:
        if records:
            self._dense.add(records)
            self._lexical.add(records)

    def remove(self, documents: Collection[int]) -> None:
        if documents:
            self._dense.remove(documents)
            self._lexical.remove(documents)

    def search_lexical(
        self, question: Sequence[TermGroup], most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        if _is_nothing(documents):
            return {}
        return self._lexical.search(question, most, documents)

    def score_lexical(
        self, question: Sequence[TermGroup], passages: Collection[int]
    ) -> dict[int, float]:
        return self._lexical.score(question, passages)

    def search_dense(
        self, vector: Vectors, most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        # Who has asked an empty collection of Chroma never sees what others add to it. Passages
        # come into it before they come into the other part.
        if _is_nothing(documents) or not self._lexical.count():
            return {}
        return self._dense.search(vector, most, documents)

    def look_up(self, terms: Collection[str]) -> dict[str, TermStatistics]:
        lexical = self._lexical
        return {
            term: TermStatistics(lexical.knows(term), lexical.idf(term), lexical.holders(term))
            for term in terms
        }

    def words(self) -> list[str]:
        return self._vocabulary.words()

    def near_words(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        return self._vocabulary.near(vectors, most, least)

    def unlearned(self, words: Collection[str]) -> set[str]:
        return self._vocabulary.unlearned(words)

    def learn(self, words: Sequence[str], vectors: Vectors) -> None:
        self._vocabulary.learn(words, vectors)

    def forget(self, words: Collection[str]) -> None:
        self._vocabulary.forget(words)

    def lacking(self, passages: int) -> list[str]:
        if not passages:
            # Nor may an empty collection be counted.
            return []
        held = {_LEXICAL: self._lexical.count(), _DENSE: self._dense.count()}
        return [part for part, count in held.items() if count < passages]

    def mend(self, parts: Collection[str], records: Sequence[IndexRecord]) -> None:
        if not records:
            return
        if _DENSE in parts:
            self._dense.add(records)
        if _LEXICAL in parts:
            self._lexical.replace(records)

    def refresh(self) -> None:
        self._lexical.reload()
        self._vocabulary.reload()


def _is_nothing(documents: Collection[int] | None) -> bool:
    return documents is not None and not documents


def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="geungeo-", ignore_cleanup_errors=True)
