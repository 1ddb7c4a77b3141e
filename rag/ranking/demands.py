"""What a question names and wants, and whether a passage has it.

A passage that answers a question has its names and its years, and beside them a value of the
kind that is asked for. One that lacks any of these is a near miss, however many of the other
words it shares: another city's buses, another year's budget, a hotel without its price.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import Literal

import numpy as np

from geungeo.lang.detect import language_of
from geungeo.lang.folding import run_together
from geungeo.lang.ko.words import is_predicate
from geungeo.lang.languages import FRAME_WORDS
from geungeo.lang.rules import alternatives, pattern
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.terms import is_pair, is_year
from geungeo.lang.values.facts import facts
from geungeo.rag.question.question import Question
from geungeo.rag.question.wanted import is_undecided
from geungeo.rag.ranking.matching import Candidate, Floats
from geungeo.vectorstore import Query, QueryTerm

Kind = Literal["name", "number", "subject", "value"]

# A word that stands there as it is, in its glossary form or by its sound; not one that only
# means something similar.
HELD = 0.6
# A name in more than about a sixth of the passages is what the collection is about.
_COMMON = 1.9
# Of the written questions on reports an eighth of the verbs stand in the passage that answers,
# of the nouns four fifths.
_OF_VERB = 0.2
# Characters, spaces left out, between a number and what it counts, an office and its city.
_NEAR_NUMBER = 30
_NEAR_OFFICE = 12
# Units of a number that may be a rank: a third time, a 20th year.
_RANKING = frozenset(("ordinal", "times", "year", "week", ""))
_HAN_ONLY = re.compile(f"[{HAN}]+")
_LONGEST_CHINESE_SUBJECT = 4
_TABLE = re.compile(r"^\||\t", re.MULTILINE)
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*(?:\s(?:of\s)?[A-Z][\w'’-]*)+")


@dataclass(frozen=True)
class Lack:
    """What a passage lacks of a question: a name, a year or a rank, what is to be measured or
    counted, or a value such as is asked for."""

    kind: Kind
    word: str = ""


def _weight(term: QueryTerm) -> float:
    """Korean verbs of everyday speech weigh little: reports say the same in nouns."""
    return term.idf * (_OF_VERB if is_predicate(term.word) else 1.0)


@dataclass(frozen=True)
class Demands:
    """What a question demands of whatever answers it."""

    question: Question

    @property
    def _query(self) -> Query:
        return self.question.query

    @cached_property
    def content(self) -> Floats:
        """The weight of each word: its rarity, a part of it for one that is seldom there where the
        question is answered, or 0 for one that only frames the question; of shape (words,)."""
        found = pattern("demands", "kind of answer").findall(self.question.text)
        kinds = "".join(filter(None, chain(*found)))
        kinds = f"{kinds} {self.question.named_kind}".lower()
        return np.array(
            [
                0.0 if is_pair(word) or word in FRAME_WORDS or word in kinds else _weight(term)
                for term in self._query.terms
                for word in [term.word.lower()]
            ]
        )

    @cached_property
    def subject(self) -> list[int]:
        """The words, by index, for what is measured or counted, or for an office."""
        named = run_together(self.question.subject)
        # In Chinese what is counted comes first, and what is said of it follows at once.
        if _HAN_ONLY.fullmatch(named):
            named = named[:_LONGEST_CHINESE_SUBJECT]
        return [
            i
            for i, term in enumerate(self._query.terms)
            if self.content[i] and not term.is_name and run_together(term.word) in named
        ]

    @cached_property
    def absent(self) -> int:
        """How many words the whole index has in none of the forms that are known of them."""
        return sum(
            term.explained and not term.known and weight > 0
            for term, weight in zip(self._query.terms, self.content, strict=True)
        )

    def lacks(self, candidate: Candidate, windows: Sequence[str]) -> tuple[Lack, ...]:
        """What a candidate lacks; ``windows`` are its best sentences with those around them.

        Asked of several things one by one (각각, respectively), a passage on one of them answers
        in part, and what it lacks of the others is not counted.
        """
        terms, held = self._query.terms, self.held(candidate)
        lacking = self.unnamed(candidate)
        if lacking and self._is_one_by_one and self._has_some(candidate, held):
            lacking = []
        # A compound or a phrase is there when a part of it is.
        if self.subject and max(held[i] for i in self.subject) < HELD:
            lacking += [Lack("subject", terms[i].word) for i in self.subject if terms[i].explained]
        if self.question.wanted.kind and not self.gives_value(windows):
            lacking.append(Lack("value"))
        if not lacking and not self._is_together(candidate, windows):
            lacking.append(Lack("value"))
        return tuple(lacking)

    def missing(self, candidates: Sequence[Candidate]) -> tuple[Lack, ...]:
        """The names and numbers of a question asked one by one that no candidate has."""
        if not self._is_one_by_one or not candidates:
            return ()
        first, *others = map(self.unnamed, candidates)
        return tuple(lack for lack in first if all(lack in other for other in others))

    @cached_property
    def _is_one_by_one(self) -> bool:
        return bool(pattern("demands", "one by one").search(self.question.text))

    def _has_some(self, candidate: Candidate, held: Floats) -> bool:
        """Whether a candidate has one of the names or years, the collection's own aside."""
        terms, date = self._query.terms, candidate.hit.passage.date
        years = [i for i, term in enumerate(terms) if is_year(term.word)]
        names = [i for i in self._query.names if not terms[i].known or terms[i].idf >= _COMMON]
        has_year = any(held[i] >= HELD or terms[i].word in date for i in years)
        return has_year or any(held[i] >= HELD for i in names)

    def unnamed(self, candidate: Candidate) -> list[Lack]:
        """The names, years and ranks of the question that a candidate does not have."""
        passage = candidate.hit.passage
        terms, held = self._query.terms, self.held(candidate)
        asked, given = self.question.written_in, language_of(passage.text)
        # Names come to Korean by their sound; most between other languages we cannot know.
        told = asked == given or given == "ko"
        lacking = [
            Lack("name", terms[i].word)
            for i in self._query.names
            if held[i] < HELD
            and not (terms[i].known and terms[i].idf < _COMMON)
            and (terms[i].explained or (told and not self._phrase_is_held(terms[i].word, held)))
        ]
        plain = _whole(candidate)
        lacking += [
            Lack("name", phrase[0])
            for phrase in self._query.phrases
            if not any(_is_in(run_together(form), plain) for form in phrase)
        ]
        lacking += [Lack("name", code) for code in self.codes if code not in passage.text]
        # A first time is often told without a number.
        ranks = [q for q in self.question.facts.quantities if q.unit == "ordinal" and q.value != 1]
        if ranks:
            # 제3차 is not 제4차, though all the other words be the same.
            there = facts(f"{passage.title}\n{passage.text}").quantities
            given_values = {one.value for one in there if one.unit in _RANKING}
            lacking += [Lack("number", one.text) for one in ranks if one.value not in given_values]
        lacking += [
            Lack("number", term.word)
            for term, weight in zip(terms, held, strict=True)
            if is_year(term.word) and weight < HELD and term.word not in passage.date
        ]
        return lacking

    def _is_together(self, candidate: Candidate, windows: Sequence[str]) -> bool:
        """Whether what is asked about stands near to what is asked: the number near to what it
        counts, the office near to its city; true where the words cannot be found as such."""
        passage = candidate.hit.passage
        forms = [form for i in self.subject for form in self._forms[i]]
        plain = run_together(passage.text)
        if not _places(forms, plain):
            return True
        if self.question.wanted.kind == "quantity":
            return any(self._counts(forms, text) for text in windows)
        offices = [form for form in forms if pattern("offices", "office").fullmatch(form)]
        cities = [form for i in self._query.names for form in self._forms[i]]
        if self.question.wanted.kind or not offices or not cities:
            return True
        # Mayor of Seoul, but 서울시장 and 首尔市长.
        ordered = language_of(passage.text) != "en"
        found = _places(cities, plain), _places(offices, plain)
        return _distance(*found, ordered=ordered) <= _NEAR_OFFICE

    def _counts(self, forms: Sequence[str], text: str) -> bool:
        if _TABLE.search(text) or is_undecided(text):
            return True
        plain = run_together(text)
        quantities = self.question.wanted.written(facts(text), self.question.facts)
        numbers = _places([run_together(one) for one in quantities], plain)
        subjects = _places(forms, plain)
        return _distance(subjects, numbers) <= _NEAR_NUMBER

    def _phrase_is_held(self, word: str, held: Floats) -> bool:
        """Whether a passage has another word of the capitalised phrase that a word is in: a
        title may have been translated, New Civilization City."""
        for phrase in self._capitalised:
            if word in phrase:
                return any(
                    weight >= HELD and term.word in phrase
                    for term, weight in zip(self._query.terms, held, strict=True)
                )
        return False

    @cached_property
    def _capitalised(self) -> list[str]:
        return _CAPITALISED.findall(self.question.text)

    def gives_value(self, texts: Sequence[str]) -> bool:
        """Whether one of some texts gives a value such as the question asks for."""
        return any(
            is_undecided(text) or self.question.wanted.is_given_by(facts(text), self.question.facts)
            for text in texts
        )

    def held(self, candidate: Candidate) -> Floats:
        """The weight with which a candidate has each word of the question: as a term, within
        a longer word, or in parts; of shape (words,)."""
        key = candidate.hit.passage.id
        if key not in self._held:
            self._held[key] = self._find(candidate)
        return self._held[key]

    @cached_property
    def _held(self) -> dict[int, Floats]:
        """What ``held`` has found, by passage: ranking and the gate ask for it several times."""
        return {}

    def _find(self, candidate: Candidate) -> Floats:
        return self.held_in(_whole(candidate), candidate.whole)

    def held_in(self, text: str, as_terms: Floats) -> Floats:
        """``held`` for a text; ``as_terms`` has the weights with which it has each word as a
        term, of shape (words,)."""
        plain = run_together(text)
        words = [run_together(term.word) for term in self._query.terms]
        within = np.array([float(any(_is_in(f, plain) for f in forms)) for forms in self._forms])
        held = np.maximum(as_terms, within)
        there = [word for word, weight in zip(words, held, strict=True) if weight >= HELD]
        made = np.array([float(_is_made_of(word, there)) for word in words])
        return np.asarray(np.maximum(held, made))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that the question names, such as 2024-PR-27."""
        return self.question.facts.codes

    @cached_property
    def _forms(self) -> list[list[str]]:
        """For each word how a text may write it: itself, its other spellings, and what stands
        for it in the index; of a name with a title also 인 시장 for 인융 시장."""
        called = {name: name[0] + title for name, title in _titled().findall(self.question.text)}
        return [
            [
                plain
                for form in (
                    term.word,
                    *term.spellings,
                    *(form for form, weight in term.alternatives.items() if weight >= HELD),
                    called.get(term.word, ""),
                )
                if len(plain := run_together(form)) > 1
            ]
            for term in self._query.terms
        ]


@lru_cache(1)
def _titled() -> re.Pattern[str]:
    """A Korean name, the first group, and its title, the second."""
    titles = alternatives("offices", "title")
    return re.compile(rf"(?<![{HANGUL}])([{HANGUL}]{{2,3}})\s?({titles})")


def _whole(candidate: Candidate) -> str:
    """A candidate with its headings, without spaces."""
    passage = candidate.hit.passage
    return run_together(f"{passage.title} {passage.section} {passage.text}")


def _is_in(form: str, plain: str) -> bool:
    """Whether a text without spaces has a word; a short one in Latin letters is hardly told
    from a part of another there."""
    return form in plain and (len(form) > 3 or not form.isascii())


def _places(forms: Sequence[str], plain: str) -> list[tuple[int, int]]:
    """Where any of some words begin and end."""
    wanted = sorted(set(forms), key=len, reverse=True)
    pattern = "|".join(re.escape(form) for form in wanted if form)
    return [match.span() for match in re.finditer(pattern, plain)] if pattern else []


def _distance(
    one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], *, ordered: bool = False
) -> float:
    """Characters between the nearest two of some places, where ``ordered`` says that the
    first comes first; infinite where there are no such places."""
    gaps = (
        max(0, b[0] - a[1], a[0] - b[1]) for a in one for b in other if not ordered or a[0] <= b[0]
    )
    return min(gaps, default=float("inf"))


def _is_made_of(word: str, parts: Sequence[str]) -> bool:
    """Whether a compound is covered by shorter words: 北京大学 by 北京 and 大学."""
    rest = word
    for part in sorted(parts, key=len, reverse=True):
        if len(part) > 1 and part != word:
            rest = rest.replace(part, "")
    return not rest
