"""An index as it is for who may not see some documents.

What is hidden is neither found nor told by what else is known: a word that stands in hidden
documents alone is unknown, and rarities are those among the passages that are seen. The scores of
the index are turned into these by the weights of a question, since BM25 adds up weight times idf.
The mean length of passages alone stays that of the whole index.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.protocols import Catalogue, Finder, TermStatistics
from geungeo.vectorstore.rarity import idf
from geungeo.vectorstore.records import Filter, TermGroup

# No passage has it, since terms hold no spaces.
_UNKNOWN = "no term"


@dataclass(frozen=True)
class _Seen:
    """What is seen at a revision: ``documents``, and how many ``passages`` these have;
    ``holders`` tells of each term of ``hidden`` documents in how many of these passages it
    stands."""

    revision: int
    documents: frozenset[int]
    hidden: frozenset[int]
    passages: int
    holders: Mapping[str, int]

    @cached_property
    def unsaid(self) -> frozenset[str]:
        """The terms that stand in hidden documents alone."""
        return frozenset(term for term, passages in self.holders.items() if not passages)

    def idf(self, passages: int) -> float:
        return idf(self.passages, min(passages, self.passages))


class HidingFinder:
    """See ``Finder``; safe to use from several threads."""

    def __init__(
        self, index: Finder, whole: Catalogue, seen: Catalogue, revision: Callable[[], int]
    ) -> None:
        """``whole`` is the catalogue of the index, ``seen`` what may be seen of it, and
        ``revision`` a number that changes with them."""
        self._index = index
        self._whole = whole
        self._catalogue = seen
        self._revision = revision
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def search_lexical(
        self, question: Sequence[TermGroup], most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        seen = self._now()
        return self._index.search_lexical(
            self._weighed(question, seen), most, _within(seen, documents)
        )

    def score_lexical(
        self, question: Sequence[TermGroup], passages: Collection[int]
    ) -> dict[int, float]:
        return self._index.score_lexical(self._weighed(question, self._now()), passages)

    def search_dense(
        self, vector: Vectors, most: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        return self._index.search_dense(vector, most, _within(self._now(), documents))

    def look_up(self, terms: Collection[str]) -> dict[str, TermStatistics]:
        found = self._index.look_up(terms)
        return _told(found, self._now())

    def words(self) -> list[str]:
        unsaid = self._now().unsaid
        return [word for word in self._index.words() if word not in unsaid]

    def near_words(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        unsaid = self._now().unsaid
        asked = most
        while True:
            near = self._index.near_words(vectors, asked, least)
            told = [
                dict([pair for pair in own.items() if pair[0] not in unsaid][:most]) for own in near
            ]
            # A row that has all that are near enough has no more to tell.
            if all(
                len(said) == most or len(own) < asked for said, own in zip(told, near, strict=True)
            ):
                return told
            asked *= 4

    def _weighed(self, question: Sequence[TermGroup], seen: _Seen) -> list[dict[str, float]]:
        """A question whose weights make of the index's rarities those among what is seen."""
        terms = {term for group in question for term in group}
        whole = self._index.look_up(terms | {_UNKNOWN})
        own = _told(whole, seen)
        weighed = []
        for group in question:
            weights: dict[str, float] = {}
            for term, weight in group.items():
                asked = term if own[term].known else _UNKNOWN
                # Where many passages were removed and are still counted there is no such rarity.
                known = whole[asked].idf > 0
                value = weight * (own[term].idf / whole[asked].idf if known else 1.0)
                weights[asked] = max(weights.get(asked, 0.0), value)
            weighed.append(weights)
        return weighed

    def _now(self) -> _Seen:
        with self._lock:
            revision = self._revision()
            if self._seen is None or self._seen.revision != revision:
                self._seen = self._looked_at(revision, self._seen)
            return self._seen

    def _looked_at(self, revision: int, before: _Seen | None) -> _Seen:
        # What is being written is hidden until it is seen.
        others = {*self._whole.leftovers(), *self._whole.matching(Filter())}
        documents = frozenset(self._catalogue.matching(Filter()))
        hidden = frozenset(others) - documents
        passages = sum(self._catalogue.passages_by_language().values())
        if before and before.hidden == hidden and before.documents <= documents:
            added = self._whole.holders(before.holders.keys(), documents - before.documents)
            held = {term: n + added.get(term, 0) for term, n in before.holders.items()}
        else:
            terms = self._whole.terms(hidden)
            counted = self._whole.holders(terms, documents)
            held = {term: counted.get(term, 0) for term in terms}
        return _Seen(revision, documents, hidden, passages, held)


def _told(found: Mapping[str, TermStatistics], seen: _Seen) -> dict[str, TermStatistics]:
    told = {}
    for term, one in found.items():
        passages = seen.holders.get(term, one.passages if one.known else 0)
        told[term] = TermStatistics(passages > 0, seen.idf(passages), passages)
    return told


def _within(seen: _Seen, documents: Collection[int] | None) -> Collection[int]:
    return [*seen.documents] if documents is None else seen.documents.intersection(documents)
