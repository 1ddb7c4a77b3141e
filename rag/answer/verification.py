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
from typing import Literal, Self

import numpy as np

from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.folding import fold
from geungeo.lang.glossary import Glossary
from geungeo.lang.names import NO_NAMES
from geungeo.lang.polarity import clauses, contradicts, is_negated, negated
from geungeo.lang.scripts import HANGUL
from geungeo.lang.terms import is_value
from geungeo.lang.values.facts import facts
from geungeo.rag.answer.values_held import ValueReason, first_wrong_value, is_only_value
from geungeo.rag.answer.wording import LEAST_COSINE_OF_WORDS, HeldWords, Wording, is_word
from geungeo.rag.question.collection_glossary import CollectionGlossary
from geungeo.vectorstore import Encoder, Store

Reason = ValueReason | Literal["name", "negation", "content"]

_HANGUL = re.compile(f"[{HANGUL}]")
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

    ``quote`` has to hold what it says, with ``headings``, those that it stands under;
    ``context``, the passage around it, may name who and what it is about; ``date`` is that of the
    document.
    """

    quote: str
    headings: str = ""
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


class Verifier:
    """Checks sentences against what they cite."""

    def __init__(
        self, analyzer: Analyzer, encoder: Encoder, glossary: Callable[[], Glossary]
    ) -> None:
        """``glossary`` gives the words of today: documents bring their own."""
        self._analyzer = analyzer
        self._encoder = encoder
        self._wording = Wording(analyzer, encoder, glossary)

    @classmethod
    def of(cls, store: Store) -> Self:
        """One that knows the words of a store."""
        return cls(store.analyzer, store.encoder, CollectionGlossary.of(store).current)

    def verify(self, sentence: str, grounds: Sequence[Grounds]) -> Verdict:
        """Whether a sentence is supported, and if not, by what it fails first."""
        quote = "\n".join(ground.quote for ground in grounds)
        if _is_quoted(sentence, quote):
            return Verdict()
        if not self._analyzer.terms(sentence):
            return Verdict("content", sentence)
        headings = "\n".join(ground.headings for ground in grounds)
        context = "\n".join((quote, headings, *(ground.context for ground in grounds)))
        dates = [ground.date for ground in grounds]
        claimed = facts(sentence)
        if wrong := first_wrong_value(claimed, quote, headings, context, dates):
            return Verdict(*wrong)
        if is_only_value(sentence, claimed):
            return Verdict()
        held = self._wording.words(context)
        same = language_of(sentence) == language_of(quote)
        return (
            self._names(sentence, held, same)
            or self._polarity(sentence, quote)
            or self._content(sentence, quote, held, same)
            or Verdict()
        )

    def cosines(self, sentence: str, quotes: Sequence[str]) -> list[float]:
        """How near each of some quotes is to a sentence in meaning."""
        vectors = self._encoder.encode_passages([sentence, *quotes])
        return [float(one) for one in vectors[1:] @ vectors[0]]

    def terms(self, text: str) -> frozenset[str]:
        """The index terms of a text, to tell a sentence that only says its question again."""
        return frozenset(self._analyzer.terms(text))

    def _names(self, sentence: str, held: HeldWords, same: bool) -> Verdict | None:
        known = self._wording.in_glossary(sentence)
        for name in self._analyzer.whole_names(sentence):
            if name.lower() in NO_NAMES or self._wording.holds_name(name, known, held):
                continue
            # A common word that was taken for a name: its meaning is there, in other words.
            if same or len(name) > _LONGEST_COMMON_WORD:
                return Verdict("name", name)
            if self._wording.nearest([name], held.forms)[0] < LEAST_COSINE_OF_WORDS:
                return Verdict("name", name)
        return None

    def _polarity(self, sentence: str, quote: str) -> Verdict | None:
        if opposite := contradicts(sentence, quote):
            return Verdict("negation", opposite)
        claimed = [clause for clause in clauses(sentence) if self._has_content(clause)]
        given = clauses(quote)
        if not claimed:
            return None
        held = [self._wording.words(clause) for clause in given]
        cosines = self._encoder.encode_passages(claimed) @ self._encoder.encode_passages(given).T
        for clause, row in zip(claimed, cosines, strict=True):
            shares = [self._wording.coverage(clause, words)[0] for words in held]
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
            terms = [term for term in words if is_word(term)]
            if terms:
                denied.add(terms[-1] if _HANGUL.search(scope) else terms[0])
            if not is_negated(text):
                affirmed.update(self._analyzer.terms(text))
        return affirmed, denied

    def _has_content(self, clause: str) -> bool:
        words = self._analyzer.content_words(clause)
        return any(len(word) > 1 and not is_value(word) for word in words)

    def _content(self, sentence: str, quote: str, held: HeldWords, same: bool) -> Verdict | None:
        least = _LEAST_SUPPORT_IN_SAME_LANGUAGE if same else _LEAST_SUPPORT_IN_OTHER_LANGUAGE
        share, lacking = self._wording.coverage(sentence, held)
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
        return [term for term in self._analyzer.terms(text) if is_word(term)]


def _is_quoted(sentence: str, quote: str) -> bool:
    """Whether a quote has whole sentences or lines that read like the sentence."""
    parts = [_squeezed(part) for part in _SENTENCE_END.split(quote)]
    wanted = _squeezed(sentence)
    return wanted == "".join(parts) or wanted in parts


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.,。，]", "", fold(text)).casefold()
