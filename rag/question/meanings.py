"""What the words of a question stand for in an index."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise, product

from geungeo.lang.dictionary import Dictionary
from geungeo.lang.glossary import Found, Glossary
from geungeo.lang.terms import is_hangul
from geungeo.rag.question.bridge import Bridge
from geungeo.rag.question.lookup import TermLookup
from geungeo.vectorstore.records import TermGroup

WEIGHT_OF_TRANSLATION = 0.9
_LONGEST_COMPOUND = 3


class Meanings:
    """The terms of the index that each term of a question stands for, with their weights.

    ``spelled`` are the ways in which a text may write a term, and ``explained`` the terms that
    the glossary has as names of things.
    """

    def __init__(
        self, meant: dict[str, TermGroup], spelled: dict[str, list[str]], lookup: TermLookup
    ) -> None:
        self.meant = meant
        self.spelled = spelled
        self.explained: set[str] = set()
        self._lookup = lookup

    def join(self) -> None:
        """Let the rarest of neighbouring Korean words stand for the compound that they make:
        도시계획 전시관 is 도시계획전시관 elsewhere, and an unknown name may have been cut."""
        compounds = list(self._compounds())
        self._lookup.fetch(joined for joined, _ in compounds)
        for joined, parts in compounds:
            if self._lookup.knows(joined):
                host = max(parts, key=self._lookup.idf)
                self.meant[host] = {**self.meant[host], joined: 1.0}

    def _compounds(self) -> Iterator[tuple[str, list[str]]]:
        words = list(self.meant)
        for length in range(2, _LONGEST_COMPOUND + 1):
            for start in range(len(words) - length + 1):
                parts = words[start : start + length]
                joined = "".join(parts)
                if joined not in self.meant and is_hangul(joined):
                    yield joined, parts

    def translate(self, glossary: Glossary, dictionary: Dictionary, bridge: Bridge) -> None:
        """Add to the rarest word of every phrase that the glossary has the rarest word of each
        of its other forms, or else the longer words that one is a part of; words of the phrase
        that the index lacks then stand for nothing. The other forms of single words are added to
        their spellings."""
        phrases = glossary.find(list(self.meant), dictionary)
        self._lookup.fetch(
            chain.from_iterable(form for phrase in phrases for form in phrase.others)
        )
        for phrase in phrases:
            if phrase.is_thing:
                self.explained.update(phrase.terms)
            single = [form[0] for form in phrase.others if len(form) == 1]
            if len(phrase.terms) == 1 and phrase.terms[0] in self.spelled:
                self.spelled[phrase.terms[0]] += single
                self._translate(phrase, {})
            else:
                self._translate(phrase, bridge.compounds(single))

    def _translate(self, phrase: Found, compounds: TermGroup) -> None:
        lookup = self._lookup
        known = (form for form in phrase.others if all(map(lookup.knows, form)))
        others = {max(form, key=lookup.idf): WEIGHT_OF_TRANSLATION for form in known} or compounds
        present = [term for term in phrase.terms if term in self.meant]
        if not others or not present:
            return
        host = max(present, key=lookup.idf)
        self.meant[host] = {**others, **self.meant[host]}
        for term in present:
            if not self.meant[term]:
                del self.meant[term]

    def join_translations(self, glossary: Glossary, dictionary: Dictionary) -> None:
        """Let neighbouring words stand for the compound of their Korean forms, 部长助理 for
        부장조리, where the index has it."""
        for one, after in pairwise(glossary.find(list(self.meant), dictionary)):
            compounds = ["".join(pair) for pair in product(_hangul(one), _hangul(after))]
            self._lookup.fetch(compounds)
            for joined in compounds:
                if self._lookup.knows(joined):
                    for term in (*one.terms, *after.terms):
                        if term in self.meant:
                            self.meant[term] = {joined: WEIGHT_OF_TRANSLATION, **self.meant[term]}


def _hangul(found: Found) -> list[str]:
    """The other forms of a word that are one Korean word."""
    return [form[0] for form in found.others if len(form) == 1 and is_hangul(form[0])]
