"""The index on Milvus."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.milvus.bm25 import Asked
from geungeo.vectorstore.milvus.passages import Passages
from geungeo.vectorstore.milvus.server import Server
from geungeo.vectorstore.milvus.terms import State, Term, Terms
from geungeo.vectorstore.milvus.vocabulary import Vocabulary
from geungeo.vectorstore.protocols import IndexRecord, TermStatistics
from geungeo.vectorstore.rarity import idf
from geungeo.vectorstore.records import TermGroup

_PASSAGES, _WORDS = "passages", "words"
# Changes with what the collections hold.
_LAYOUT = "1"


class MilvusIndex:
    """Passages, terms and vocabulary in three collections; see ``Index``.

    Nothing is kept in memory: what others have written is seen at once.
    """

    def __init__(self, server: Server, name: str) -> None:
        """``name`` is the store's own, which tells its collections from those of others; the
        server is closed with the index."""
        self._server = server
        prefix = f"{name.replace('-', '_')}_{_LAYOUT}"
        self._terms = Terms(server, f"{prefix}_terms")
        self._passages = Passages(server, f"{prefix}_{_PASSAGES}", self._terms)
        self._vocabulary = Vocabulary(server, f"{prefix}_{_WORDS}", self._terms)

    def close(self) -> None:
        self._server.close()

    def add(self, records: Sequence[IndexRecord]) -> None:
        if records:
            self._vocabulary.make(len(records[0].vector))
            self._passages.add(records)

    def remove(self, documents: Collection[int]) -> None:
        if documents:
            self._passages.remove(documents)

    def search_lexical(
        self, question: Sequence[TermGroup], most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        if _is_nothing(documents):
            return {}
        return self._passages.best(self._asked(question), most, documents)

    def score_lexical(
        self, question: Sequence[TermGroup], passages: Collection[int]
    ) -> dict[int, float]:
        if not passages:
            return {}
        return self._passages.scores(self._asked(question), passages)

    def search_dense(
        self, vector: Vectors, most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        if _is_nothing(documents):
            return {}
        return self._passages.nearest(vector, most, documents)

    def _asked(self, question: Sequence[TermGroup]) -> Asked:
        state, terms = self._terms.look_up({term for group in question for term in group})
        state = state or State()
        groups = []
        greatest = 0.0
        for group in question:
            rarity = {term: _idf(state, terms.get(term)) for term in group}
            known = [term for term in group if term in terms]
            if known:
                groups.append({terms[t].dimension: group[t] * rarity[t] for t in known})
            # A word that the index does not know still counts in what could be reached.
            greatest += max(group[term] * rarity[term] for term in known or group)
        return Asked(groups, greatest, state.mean)

    def look_up(self, terms: Collection[str]) -> dict[str, TermStatistics]:
        state, found = self._terms.look_up(terms)
        state = state or State()
        return {
            term: TermStatistics(
                term in found,
                _idf(state, found.get(term)),
                found[term].frequency if term in found else 0,
            )
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
            return []
        whole: Mapping[str, bool] = {
            _PASSAGES: self._passages.count() >= passages,
            _WORDS: self._vocabulary.is_there(),
        }
        return [part for part, is_whole in whole.items() if not is_whole]

    def mend(self, parts: Collection[str], records: Sequence[IndexRecord]) -> None:
        if not records:
            return
        if _WORDS in parts:
            # Its words are learned anew by who has an encoder.
            self._vocabulary.make(len(records[0].vector))
        if _PASSAGES in parts:
            self._passages.remove({record.document for record in records})
            self._passages.add(records)

    def refresh(self) -> None:
        pass


def _idf(state: State, term: Term | None) -> float:
    return idf(state.passages, term.frequency if term else 0)


def _is_nothing(documents: Collection[int] | None) -> bool:
    return documents is not None and not documents
