"""From text to index terms, routed by language.

Korean goes through Kiwi: nouns, verb and adjective stems, roots, foreign words and
numbers stay, particles and endings go. Chinese is folded to simplified characters and gives
its words and its character pairs, English is stemmed. Numbers lose their thousands
separators, and dates and numbers written in any of the usual ways also give one common term.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from geungeo.lang.en.words import English, compound_names
from geungeo.lang.folding import fold, fold_in_place
from geungeo.lang.ko import hanja
from geungeo.lang.ko.words import Korean, Span, is_predicate, terms_of
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.terms import is_pair
from geungeo.lang.values.dates import date_terms
from geungeo.lang.values.numerals import number_terms
from geungeo.lang.zh import mandarin
from geungeo.lang.zh.words import Chinese, without_question_words

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_HANGUL = re.compile(f"[{HANGUL}]")
_HAN = re.compile(f"[{HAN}]+")
_WORD = re.compile(rf"[{HAN}]+|[A-Za-z]+(?:['’][a-z]+)?|\d[\d,]*(?:\.\d+)?")

# Sentences whose terms are kept between splitting and indexing.
_MOST_KEPT = 4000

ANALYZER = "kiwi-jieba-snowball-4"


class _Words(Protocol):
    """What a language's own room tells of a folded text in it."""

    def nouns(self, text: str) -> set[str]: ...

    def proper_nouns(self, text: str) -> list[str]: ...

    def whole_names(self, text: str) -> list[str]: ...


class Analyzer:
    """Turns text into index terms. Kiwi is loaded at the first Korean text.

    ``words`` are Korean names and terms that are to stay whole, a user's dictionary.
    """

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._own_words = tuple(sorted(set(words)))
        self.name = _named(self._own_words)
        self._korean = Korean(self._own_words)
        self._chinese = Chinese()
        self._english = English()
        # The terms of sentences by their text, until they are asked for; one thread may split
        # while another indexes.
        self._keeping = threading.Lock()
        self._split_off: dict[str, list[str]] = {}

    def __reduce__(self) -> tuple[type[Analyzer], tuple[Sequence[str]]]:
        """In another process it is loaded anew."""
        return Analyzer, (self._own_words,)

    def load(self) -> Kiwi:
        """Load the Korean morphological analyzer now, or return the loaded one."""
        return self._korean.load()

    def _words_of(self, text: str) -> _Words:
        """The room of the language whose script a text has."""
        if _HANGUL.search(text):
            return self._korean
        return self._chinese if _HAN.search(text) else self._english

    def terms(self, text: str) -> list[str]:
        """The index terms of one text, in order, with repetitions."""
        return next(iter(self.batch([text])))

    def words(self, text: str) -> dict[str, str]:
        """The distinct index terms of a question, each with a form that an encoder reads."""
        surface = self._english.surfaces(text)
        return {term: surface.get(term, term) for term in self.terms(without_question_words(text))}

    def names(self, text: str) -> dict[str, frozenset[str]]:
        """Names of several words in Latin letters, each with the index terms of its words."""
        return {
            name: frozenset(self.terms(name.replace("-", " "))) for name in compound_names(text)
        }

    def content_words(self, text: str) -> list[str]:
        """The distinct words of a text that carry its topic, in the form in which they stand:
        nouns and names of Korean, words of Chinese and English; no verbs of Korean."""
        words = self.words(text)
        return [
            word for term, word in words.items() if not is_pair(term) and not is_predicate(term)
        ]

    def nouns(self, text: str) -> set[str]:
        """The index terms of the nouns in a text of Korean or Chinese, without those that a
        predicate is made of."""
        folded = fold(text)
        return self._words_of(folded).nouns(folded)

    def endings(self, text: str) -> set[int]:
        """Where in a text the endings of Korean predicates end."""
        return self._korean.endings(fold_in_place(text))

    def pair(self, text: str, before: int) -> tuple[Span, Span] | None:
        """Where the two stand in a Korean text that are joined last before a place in it."""
        return self._korean.pair(fold_in_place(text), before)

    def proper_nouns(self, text: str) -> dict[str, str]:
        """The words of names in a text by their index terms: by Kiwi in Korean, by jieba in
        Chinese, by capitals, other than a sentence's first, in Latin letters."""
        folded = fold(text)
        found = self._words_of(folded).proper_nouns(folded)
        return {self.stem(name): name for name in found if len(name) > 1}

    def whole_names(self, text: str) -> list[str]:
        """The names in a text as they stand: of several words in Latin letters, of a surname
        and a given name that the taggers took apart."""
        folded = fold(text)
        return [name for name in self._words_of(folded).whole_names(folded) if len(name) > 1]

    def stem(self, word: str) -> str:
        """The index term of a word in Latin letters; any other as it is."""
        return self._english.stem(word.lower())

    def korean_readings(self, word: str) -> list[str]:
        """How Korean writes a word in Chinese characters or in pinyin: by its own reading of
        the characters and by the sound of Mandarin; empty for any other word."""
        if not _HAN.fullmatch(word):
            written = mandarin.hangul_of_pinyin(word)
            return [written] if len(written) > 1 else []
        own = hanja.reading(self._chinese.traditional(word))
        return list(dict.fromkeys(filter(None, (own, mandarin.hangul_of_chinese(word)))))

    def other_spellings(self, word: str) -> list[str]:
        """How a word in Chinese characters or in pinyin is written where those are not used:
        in Korean, and in Latin letters by the sound of Mandarin."""
        pinyin = mandarin.pinyin_of_chinese(word) if _HAN.fullmatch(word) else ""
        return [*self.korean_readings(word), *([pinyin] if len(pinyin) > 2 else [])]

    def batch(self, texts: Iterable[str]) -> Iterator[list[str]]:
        """The terms of each text; Korean texts are analysed on all cores, but for sentences
        that were split off just before."""
        folded = [fold(text) for text in texts]
        with self._keeping:
            known = {text: self._split_off.pop(text, None) for text in folded}
        korean = [text for text, own in known.items() if own is None and _HANGUL.search(text)]
        for text, tokens in zip(korean, self._korean.analysed(korean), strict=True):
            known[text] = list(terms_of(tokens, self._other_terms))
        for text in folded:
            words = known[text]
            if words is None:
                words = known[text] = list(self._other_terms(text))
            yield [*date_terms(text), *number_terms(text), *words]

    def sentences(
        self, texts: Sequence[str], settle: Callable[[str, list[Span]], list[Span]]
    ) -> Iterator[list[Span]]:
        """For each Korean text the spans of its sentences, by Kiwi on all cores; ``settle``
        makes of a text and the spans that Kiwi finds those that hold.

        Their terms are kept for ``batch``, which mostly follows.
        """
        plain = [fold_in_place(text) for text in texts]
        for text, (found, tokens) in zip(plain, self._korean.sentences(plain), strict=True):
            spans = settle(text, found)
            for start, end in spans:
                self._keep(text[start:end], (t for t in tokens if start <= t.start < end))
            yield spans

    def _keep(self, sentence: str, tokens: Iterable[Token]) -> None:
        terms = list(terms_of(tokens, self._other_terms))
        with self._keeping:
            self._split_off[sentence] = terms
            while len(self._split_off) > _MOST_KEPT:
                del self._split_off[next(iter(self._split_off))]

    def _other_terms(self, text: str) -> Iterator[str]:
        """The terms of what is not in Hangul."""
        for match in _WORD.finditer(text):
            word = match.group()
            if _HAN.match(word):
                yield from self._chinese.terms(word)
            elif word[0].isdigit():
                yield word.replace(",", "").rstrip(".")
            elif term := self._english.term(word):
                yield term


def _named(words: Sequence[str]) -> str:
    """The analyzer's name: other words of one's own make other terms."""
    if not words:
        return ANALYZER
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
    return f"{ANALYZER}+{len(words)} words {digest}"
