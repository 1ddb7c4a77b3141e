"""Whether what an answer says stands in what it cites.

The checks are deterministic and each failure has a reason that a reader can follow:
dates, quantities and codes are compared by value, names by their forms in other languages
and scripts, negations and opposites clause by clause, and the rest of the words by how much
of it the cited text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from rapidfuzz import fuzz

from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.folding import fold
from geungeo.lang.glossary import Found, Glossary
from geungeo.lang.ko.particles import without_particle
from geungeo.lang.ko.romanisation import sound
from geungeo.lang.names import NO_NAMES
from geungeo.lang.polarity import clauses, contradicts, is_negated, negated
from geungeo.lang.rules import pattern
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.terms import is_pair, is_value
from geungeo.lang.values.facts import Date, agree, facts
from geungeo.vectorstore import Encoder

Reason = Literal["date", "number", "unit", "code", "name", "negation", "content"]

_LEAST_LIKE_SOUND = 80
_SHORTEST_SOUND = 4
_LEAST_COSINE_OF_WORDS = 0.6
_HAN = re.compile(f"[{HAN}]+")
_HANGUL_WORD = re.compile(rf"[{HANGUL}]{{2,}}")
_LATIN_NAME = re.compile(r"[A-Z][a-z]+(?:(?: [A-Z]|-)[A-Za-z]+)*")
_HANGUL = re.compile(f"[{HANGUL}]")
_WORD = re.compile(r"\w")
_NAME_PARTS = re.compile(r"[ -]")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*|\n")
_LONGEST_COMMON_WORD = 2
# The least sum of the share of a sentence's words that are held and of its cosine.
_LEAST_SUPPORT_IN_SAME_LANGUAGE = 1.1
_LEAST_SUPPORT_IN_OTHER_LANGUAGE = 0.65
# Clauses this near to the best one may be the one that is meant.
_NEARLY_AS_NEAR = 0.1


@dataclass(frozen=True)
class Grounds:
    """What a sentence cites.

    ``quote`` has to hold what it says; ``context``, the heading and the passage around it,
    may name who and what it is about; ``date`` is that of the document.
    """

    quote: str
    context: str = ""
    date: str = ""


@dataclass(frozen=True)
class Verdict:
    """``reason`` is empty for a supported sentence; ``detail`` is what was not found."""

    reason: Reason | Literal[""] = ""
    detail: str = ""

    @property
    def supported(self) -> bool:
        return not self.reason


@dataclass(frozen=True)
class _Words:
    """The index terms of a text, with its plain form for what the terms miss."""

    terms: frozenset[str]
    plain: str
    heard: str  # Chinese characters and pinyin as Korean writes them
    hangul_sounds: tuple[str, ...]
    latin_sounds: tuple[str, ...]
    forms: tuple[str, ...]  # of its words, as an encoder reads them


class Verifier:
    """Checks sentences against what they cite."""

    def __init__(
        self, analyzer: Analyzer, encoder: Encoder, glossary: Callable[[], Glossary]
    ) -> None:
        """``glossary`` gives the words of today: documents bring their own."""
        self._analyzer = analyzer
        self._encoder = encoder
        self._glossary = glossary

    def verify(self, sentence: str, grounds: Sequence[Grounds]) -> Verdict:
        """Whether a sentence is supported, and if not, by what it fails first."""
        quote = "\n".join(ground.quote for ground in grounds)
        if _is_quoted(sentence, quote):
            return Verdict()
        if not self._analyzer.terms(sentence):
            return Verdict("content", sentence)
        context = "\n".join((quote, *(ground.context for ground in grounds)))
        dates = [ground.date for ground in grounds]
        if failed := _values(sentence, quote, context, dates):
            return failed
        if _is_value(sentence):
            return Verdict()
        held = self._words(context)
        same = language_of(sentence) == language_of(quote)
        return (
            self._names(sentence, held, same)
            or self._polarity(sentence, quote)
            or self._content(sentence, quote, held, same)
            or Verdict()
        )

    def adds_to(self, question: str, sentence: str) -> bool:
        """Whether a sentence says anything that its question has not said itself."""
        asked = set(self._analyzer.terms(question))
        return any(term not in asked for term in self._analyzer.terms(sentence))

    def _names(self, sentence: str, held: _Words, same: bool) -> Verdict | None:
        known = self._in_glossary(sentence)
        for name in self._analyzer.whole_names(sentence):
            if name.lower() in NO_NAMES or self._holds_name(name, known, held):
                continue
            # A common word that was taken for a name: its meaning is there, in other words.
            if same or len(name) > _LONGEST_COMMON_WORD:
                return Verdict("name", name)
            if self._nearest([name], held.forms)[0] < _LEAST_COSINE_OF_WORDS:
                return Verdict("name", name)
        return None

    def _in_glossary(self, text: str) -> list[Found]:
        return self._glossary().find(self._analyzer.terms(text))

    def _holds_name(self, name: str, known: Sequence[Found], held: _Words) -> bool:
        """Whether a text has a name, or all of its words."""
        bare = without_particle(name)
        if self._holds(self._analyzer.stem(bare), bare, known, held):
            return True
        parts = [part for part in _NAME_PARTS.split(name) if len(part) > 1]
        return len(parts) > 1 and all(
            self._holds(self._analyzer.stem(part), part, known, held) for part in parts
        )

    def _holds(self, term: str, word: str, known: Sequence[Found], held: _Words) -> bool:
        """Whether a text has a word, in any of its forms; ``known`` are those of the glossary
        in the sentence around it."""
        if term in held.terms or fold(word).casefold() in held.plain:
            return True
        readings = self._analyzer.korean_readings(word)
        if any(reading in held.plain or reading in held.heard for reading in readings):
            return True
        if len(word) > 1 and word in held.heard:
            return True
        for found in known:
            if term in found.terms:
                return any(set(form) <= held.terms for form in (found.terms, *found.others))
        if _HANGUL.search(word):
            return _sounds_like(word, held.latin_sounds)
        if readings and _HAN.fullmatch(word):
            return any(_sounds_like(reading, held.latin_sounds) for reading in readings)
        return _sounds_like(word, held.hangul_sounds)

    def _polarity(self, sentence: str, quote: str) -> Verdict | None:
        if opposite := contradicts(sentence, quote):
            return Verdict("negation", opposite)
        claimed = [clause for clause in clauses(sentence) if self._has_content(clause)]
        given = clauses(quote)
        if not claimed:
            return None
        held = [self._words(clause) for clause in given]
        cosines = self._encoder.encode_passages(claimed) @ self._encoder.encode_passages(given).T
        for clause, row in zip(claimed, cosines, strict=True):
            shares = [self._coverage(clause, words)[0] for words in held]
            support = row + np.array(shares)
            meant = np.flatnonzero(support >= support.max() - _NEARLY_AS_NEAR)
            if all(is_negated(given[i]) != is_negated(clause) for i in meant):
                return Verdict("negation", clause)
        return self._negated_predicate(sentence, given)

    def _negated_predicate(self, sentence: str, given: Sequence[str]) -> Verdict | None:
        """What one side denies and the other affirms in the same word."""
        affirmed, denied = self._predicates(clauses(sentence))
        affirmed_there, denied_there = self._predicates(given)
        denied_only_there = (affirmed & denied_there) - affirmed_there
        affirmed_only_there = (denied & affirmed_there) - denied_there
        opposed = sorted(denied_only_there | affirmed_only_there)
        return Verdict("negation", opposed[0]) if opposed else None

    def _predicates(self, texts: Sequence[str]) -> tuple[set[str], set[str]]:
        """The index terms of some clauses that are affirmed, and those right at a negation."""
        affirmed: set[str] = set()
        denied: set[str] = set()
        for text in texts:
            scope = negated(text)
            words = self._analyzer.words(scope) if scope else {}
            terms = [term for term in words if _is_word(term)]
            if terms:
                denied.add(terms[-1] if _HANGUL.search(scope) else terms[0])
            if not is_negated(text):
                affirmed.update(self._analyzer.terms(text))
        return affirmed, denied

    def _has_content(self, clause: str) -> bool:
        words = self._analyzer.content_words(clause)
        return any(len(word) > 1 and not is_value(word) for word in words)

    def _content(self, sentence: str, quote: str, held: _Words, same: bool) -> Verdict | None:
        least = _LEAST_SUPPORT_IN_SAME_LANGUAGE if same else _LEAST_SUPPORT_IN_OTHER_LANGUAGE
        share, lacking = self._coverage(sentence, held)
        vectors = self._encoder.encode_passages([sentence, quote, *clauses(quote)])
        cosine = float((vectors[1:] @ vectors[0]).max())
        if share + cosine < least:
            return Verdict("content", ", ".join(lacking.values()))
        if same and (noun := self._exchanged_noun(sentence, quote, lacking.keys())):
            return Verdict("content", noun)
        return None

    def _exchanged_noun(self, sentence: str, quote: str, lacking: Collection[str]) -> str:
        """A noun of a sentence in whose place the quote has another, before the same word."""
        said, given = self._sequence(sentence), self._sequence(quote)
        nouns, others = self._analyzer.nouns(sentence), self._analyzer.nouns(quote)
        exchanged = others - set(said)
        places = {after for word, after in pairwise(given) if word in exchanged}
        for noun, after in pairwise(said):
            if noun in nouns and noun in lacking and after in places:
                return noun
        return ""

    def _sequence(self, text: str) -> list[str]:
        return [term for term in self._analyzer.terms(text) if _is_word(term)]

    def _coverage(self, sentence: str, held: _Words) -> tuple[float, dict[str, str]]:
        """The share of a sentence's words that a text holds, and those that it lacks by their
        terms."""
        known = self._in_glossary(sentence)
        words = {
            term: word for term, word in self._analyzer.words(sentence).items() if _is_word(term)
        }
        lacking = {t: w for t, w in words.items() if not self._holds(t, w, known, held)}
        if lacking:
            near = self._nearest(list(lacking.values()), held.forms)
            lacking = {
                term: word
                for (term, word), cosine in zip(lacking.items(), near, strict=True)
                if cosine < _LEAST_COSINE_OF_WORDS
            }
        share = 1 - len(lacking) / len(words) if words else 1.0
        return share, lacking

    def _nearest(self, words: Sequence[str], others: Sequence[str]) -> list[float]:
        if not others:
            return [0.0] * len(words)
        vectors = self._encoder.encode_passages([*words, *others])
        nearest: list[float] = (
            (vectors[: len(words)] @ vectors[len(words) :].T).max(axis=1).tolist()
        )
        return nearest

    def _words(self, text: str) -> _Words:
        plain = fold(text)
        latin = _LATIN_NAME.findall(plain)
        written = [*_HAN.findall(plain), *latin]
        readings = (reading for word in written for reading in self._analyzer.korean_readings(word))
        return _Words(
            frozenset(self._analyzer.terms(text)),
            plain.casefold(),
            " ".join(readings),
            tuple(map(sound, _HANGUL_WORD.findall(plain))),
            tuple(map(sound, latin)),
            tuple(self._analyzer.words(text).values()),
        )


def _is_word(term: str) -> bool:
    """Whether an index term is neither a pair of characters nor a value."""
    return not is_pair(term) and not is_value(term)


def _sounds_like(word: str, sounds: Sequence[str]) -> bool:
    heard = sound(word)
    return len(heard) >= _SHORTEST_SOUND and any(
        fuzz.ratio(heard, other) >= _LEAST_LIKE_SOUND for other in sounds
    )


def _values(sentence: str, quote: str, context: str, dates: Sequence[str]) -> Verdict | None:
    claimed, given = facts(sentence), facts(quote)
    years = {date.year for date in given.dates if date.year}
    if not years:
        years = {date.year for date in facts(context).dates if date.year}
        years |= {int(date[:4]) for date in dates if date[:4].isdigit()}
    days = {int(q.value) for q in given.quantities if q.unit == "day" and q.value < 32}
    for date in claimed.dates:
        if not any(_same_date(date, other, years, days) for other in given.dates) and not (
            date.month is None and date.year in years
        ):
            return Verdict("date", date.text)
    for quantity in claimed.quantities:
        if not any(agree(quantity, other) for other in given.quantities):
            equal = any(quantity.value == other.value for other in given.quantities)
            return Verdict("unit" if equal else "number", quantity.text)
    if given.periods and not claimed.periods <= given.periods:
        return Verdict("unit", ", ".join(sorted(claimed.periods - given.periods)))
    upper = fold(context).upper()
    for code in claimed.codes:
        if code not in upper:
            return Verdict("code", code)
    return None


def _is_value(sentence: str) -> bool:
    """Whether a sentence is a date, a quantity or a code and nothing else."""
    found = facts(sentence)
    rest = fold(sentence)
    dates, quantities = ([one.text for one in own] for own in (found.dates, found.quantities))
    for value in (*found.codes, *dates, *quantities):
        rest = rest.replace(value, " ", 1)
    return not _WORD.search(pattern("bounds", "hedge").sub(" ", rest))


def _same_date(claimed: Date, given: Date, years: set[int], days: set[int]) -> bool:
    """``years`` and ``days`` are those that the text gives apart from a whole date."""
    same_year = claimed.year == given.year or (not given.year and claimed.year in years)
    same_day = claimed.day == given.day or (given.day is not None and claimed.day in days)
    return (
        (claimed.year is None or same_year)
        and (claimed.month is None or claimed.month == given.month)
        and (claimed.day is None or same_day)
    )


def _is_quoted(sentence: str, quote: str) -> bool:
    """Whether a quote has whole sentences or lines that read like the sentence."""
    parts = [_squeezed(part) for part in _SENTENCE_END.split(quote)]
    wanted = _squeezed(sentence)
    return wanted == "".join(parts) or wanted in parts


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.,。，]", "", fold(text)).casefold()
