"""How the index knows the terms of one question."""

from __future__ import annotations

from collections.abc import Iterable

from geungeo.vectorstore import Vocabulary
from geungeo.vectorstore.protocols import TermStatistics
from geungeo.vectorstore.records import TermGroup


class TermLookup:
    """Each term is looked up once, and several together where they are ``fetch``ed before."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: dict[str, TermStatistics] = {}

    def fetch(self, terms: Iterable[str]) -> None:
        new = list(dict.fromkeys(term for term in terms if term not in self._found))
        if new:
            self._found.update(self._vocabulary.look_up(new))

    def knows(self, term: str) -> bool:
        """Whether a passage has a term."""
        return self._of(term).known

    def idf(self, term: str) -> float:
        """How rare a term is."""
        return self._of(term).idf

    def rarity(self, alternatives: TermGroup) -> float:
        """The idf of a word by its alternatives: their mean, by the square of their weights."""
        self.fetch(alternatives)
        total = sum(weight**2 for weight in alternatives.values())
        return sum(weight**2 * self.idf(term) for term, weight in alternatives.items()) / total

    def _of(self, term: str) -> TermStatistics:
        self.fetch((term,))
        return self._found[term]
