"""What the words of a question are in an index, in whatever language either is."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.dictionary import NO_DICTIONARY, shipped_dictionary
from geungeo.lang.forms import Group
from geungeo.lang.glossary import Glossary
from geungeo.lang.spelling import Speller
from geungeo.lang.surnames import titled
from geungeo.lang.terms import is_date, is_pair, is_year
from geungeo.rag.question.bridge import Bridge, neighbours
from geungeo.rag.question.collection_glossary import CollectionGlossary
from geungeo.rag.question.lookup import TermLookup
from geungeo.rag.question.meanings import WEIGHT_OF_TRANSLATION, Meanings
from geungeo.vectorstore import Encoder, Query, QueryTerm, Store, Vocabulary
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.records import TermGroup

# The share of the passages from which on a language counts as the collection's own.
_HOME_LANGUAGE = 0.5
# A syllable may be any word: it tells that a passage is about someone, not which passage is.
_RARITY_OF_SURNAME = 0.2

# Of the two digits, which may count something else.
_WEIGHT_OF_SHORT_YEAR = 0.6

Named = tuple[QueryTerm, frozenset[str]]
"""A name in a question, with the terms of its parts, which stand for nothing by themselves."""


@dataclass(frozen=True)
class _Overview:
    """What every question needs to know of the whole collection."""

    revision: int
    languages: Mapping[str, int]
    glossary: Glossary
    bridge: Bridge
    words: frozenset[str]
    speller: Speller

    def is_home(self, language: str) -> bool:
        """Whether the collection is largely in a language."""
        return self.languages.get(language, 0) >= _HOME_LANGUAGE * sum(self.languages.values())


class Expander:
    """Finds the words of questions in a collection; safe to use from several threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        encoder: Encoder,
        analyzer: Analyzer,
        given: Sequence[Group] = (),
    ) -> None:
        """``encoder`` and ``analyzer`` are those by which the collection was indexed, and
        ``given`` are groups of words that mean the same."""
        self._vocabulary = vocabulary
        self._encoder = encoder
        self.analyzer = analyzer
        self._glossary = CollectionGlossary(vocabulary, analyzer, given)
        self._dictionary = shipped_dictionary()
        self._lock = threading.Lock()
        self._overview: _Overview | None = None

    @classmethod
    def of(cls, store: Store) -> Self:
        return cls(store, store.encoder, store.analyzer, store.glossary)

    def corrected(self, question: str) -> str:
        """A question with its slips of the finger put right, where a word of it is not known
        and one of the index is meant beyond doubt."""
        seen = self._seen()
        lookup = TermLookup(self._vocabulary)

        def is_known(word: str) -> bool:
            terms = [term for term in self.analyzer.terms(word) if not is_pair(term)]
            lookup.fetch(term for term in terms if term not in seen.words)
            return all(
                term in seen.words or lookup.knows(term) or term in self._dictionary.words
                for term in terms
            )

        return seen.speller.corrected(question, is_known)

    def analyse(self, question: str) -> Query:
        """Find what a question's words are in this index.

        A word stands for itself, for its Korean reading and for its forms in the glossary; in a
        language that few passages are in, also for those in the dictionary.
        One that the index has in none of these ways, and every one of a question in such a
        language, also stands for its nearest terms.
        """
        seen = self._seen()
        lookup = TermLookup(self._vocabulary)
        words = self.analyzer.words(question)
        named = [*self._sounding(question, seen.bridge, lookup), *self._titled(question, lookup)]
        for _, spoken in named:
            words = {term: word for term, word in words.items() if term not in spoken}
        names = self.analyzer.proper_nouns(question)
        foreign = not seen.is_home(language_of(question))
        found = self._meanings(words, seen, lookup, foreign)
        known = {term for term, meant in found.meant.items() if meant}
        vector = self._bridge(question, words, found, known, seen, foreign)
        terms = [
            QueryTerm(
                words[term], forms, lookup.rarity(forms), term in known, term in names,
                term in found.explained, tuple(dict.fromkeys(found.spelled.get(term, ()))),
            )
            for term, meant in found.meant.items()
            if meant or not (is_pair(term) or is_date(term))
            for forms in [meant or {term: 1.0}]
        ]  # fmt: skip
        phrases = tuple(_phrases(words, names, seen.glossary))
        return Query(question, (*terms, *(term for term, _ in named)), vector, phrases)

    def _meanings(
        self, words: Mapping[str, str], seen: _Overview, lookup: TermLookup, foreign: bool
    ) -> Meanings:
        """What the words stand for by themselves, by the glossary and, in a foreign question,
        by the dictionary."""
        dictionary = self._dictionary if foreign else NO_DICTIONARY
        lookup.fetch(form for term in words for form, _ in _written(term))
        meant: dict[str, TermGroup] = {}
        for term, word in words.items():
            own = {form: weight for form, weight in _written(term) if lookup.knows(form)}
            meant[term] = {**seen.bridge.same_reading(word), **own}
        spelled = {term: self.analyzer.other_spellings(word) for term, word in words.items()}
        found = Meanings(meant, spelled, lookup)
        found.join()
        found.translate(seen.glossary, dictionary, seen.bridge)
        found.join_translations(seen.glossary, dictionary)
        return found

    def _bridge(
        self,
        question: str,
        words: Mapping[str, str],
        found: Meanings,
        known: Collection[str],
        seen: _Overview,
        foreign: bool,
    ) -> Vectors:
        """Let words that are not known, or none of a foreign question's, stand for what is near
        them, sounds like them or holds them; returns the question's vector."""
        meant = found.meant
        bridged = [t for t in meant if not is_pair(t) and (foreign or t not in known)]
        vectors = self._encoder.encode_questions([question, *(words[term] for term in bridged)])
        near = neighbours(self._vocabulary, vectors[1:])
        for term, like in zip(bridged, near, strict=True):
            within = {} if term in known else seen.bridge.compounds(found.spelled[term])
            alike = seen.bridge.sound_alikes(words[term])
            meant[term] = {**like, **alike, **within, **meant[term]}
        return np.asarray(vectors[0])

    def _sounding(self, question: str, bridge: Bridge, lookup: TermLookup) -> Iterator[Named]:
        """Names in Latin letters that sound like terms of the index: Oh Se-hoon."""
        for name, parts in self.analyzer.names(question).items():
            alike = {**bridge.sound_alikes(name), **bridge.same_reading(name)}
            lookup.fetch(parts)
            if alike and not any(map(lookup.knows, parts)):
                rarity = lookup.rarity(alike)
                yield QueryTerm(name, alike, rarity, known=True, is_name=True), parts

    def _titled(self, question: str, lookup: TermLookup) -> Iterator[Named]:
        """Surnames after a title: Mayor Oh."""
        for name, forms in titled(question).items():
            stem = self.analyzer.stem(name)
            lookup.fetch((stem, *forms))
            own = {form: WEIGHT_OF_TRANSLATION for form in forms if lookup.knows(form)}
            if own and not lookup.knows(stem):
                term = QueryTerm(name, own, _RARITY_OF_SURNAME, known=True, is_name=True)
                yield term, frozenset((stem,))

    def _seen(self) -> _Overview:
        """What holds until the next change of the collection."""
        with self._lock:
            before = self._overview
            revision = self._vocabulary.revision()
            if before is None or before.revision != revision:
                glossary = self._glossary.current()
                bridge = Bridge(
                    self._vocabulary.words(),
                    self.analyzer.other_spellings,
                    before.bridge if before else None,
                )
                words = frozenset((*bridge.words, *glossary.words))
                languages = self._vocabulary.passages_by_language()
                before = self._overview = _Overview(
                    revision, languages, glossary, bridge, words, Speller(words)
                )
            return before


def _written(term: str) -> Iterator[tuple[str, float]]:
    """A term as texts write it, and by what weight each stands for it: 2023 as '23 too."""
    yield term, 1.0
    if is_year(term):
        yield term[2:], _WEIGHT_OF_SHORT_YEAR


def _phrases(
    words: Mapping[str, str], names: Collection[str], glossary: Glossary
) -> Iterator[tuple[str, ...]]:
    """The names of several words that the glossary has, in all their forms."""
    for found in glossary.find(list(words)):
        if found.is_thing and len(found.terms) > 1 and not set(found.terms).isdisjoint(names):
            own = tuple(words[term] for term in found.terms if term in words)
            yield tuple(map(_joined, (own, *found.others)))


def _joined(terms: Sequence[str]) -> str:
    """The word of some terms; those of Chinese overlap: 中关, 关村, 中关村."""
    whole = (term for term in terms if not any(term != t and term in t for t in terms))
    return "".join(whole)
