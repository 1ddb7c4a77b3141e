"""Whether a text holds the words of a sentence, in any of their forms.

A word is there as it is, as Korean reads or writes it, as the glossary has it in another
language, by its sound in another script, or as a word that means nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from geungeo.lang import Analyzer
from geungeo.lang.folding import fold
from geungeo.lang.glossary import Found, Glossary
from geungeo.lang.ko.particles import without_particle
from geungeo.lang.ko.romanisation import sound
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.terms import is_pair, is_value
from geungeo.vectorstore import Encoder

LEAST_COSINE_OF_WORDS = 0.6
_LEAST_LIKE_SOUND = 80
_SHORTEST_SOUND = 4
_HAN = re.compile(f"[{HAN}]+")
_HANGUL_WORD = re.compile(rf"[{HANGUL}]{{2,}}")
_LATIN_NAME = re.compile(r"[A-Z][a-z]+(?:(?: [A-Z]|-)[A-Za-z]+)*")
_NAME_PARTS = re.compile(r"[ -]")
_HANGUL = re.compile(f"[{HANGUL}]")


@dataclass(frozen=True)
class HeldWords:
    """The index terms of a text, with its ``plain`` form for what the terms miss.

    ``heard`` has its Chinese characters and pinyin as Korean writes them, and ``forms`` its
    words as an encoder reads them.
    """

    terms: frozenset[str]
    plain: str
    heard: str
    hangul_sounds: tuple[str, ...]
    latin_sounds: tuple[str, ...]
    forms: tuple[str, ...]


class Wording:
    """Compares words across languages and scripts."""

    def __init__(
        self, analyzer: Analyzer, encoder: Encoder, glossary: Callable[[], Glossary]
    ) -> None:
        """``glossary`` gives the words of today: documents bring their own."""
        self._analyzer = analyzer
        self._encoder = encoder
        self._glossary = glossary

    def in_glossary(self, text: str) -> list[Found]:
        """The words and phrases of a text that the glossary has."""
        return self._glossary().find(self._analyzer.terms(text))

    def holds_name(self, name: str, known: Sequence[Found], held: HeldWords) -> bool:
        """Whether a text has a name, or all of its words."""
        bare = without_particle(name)
        if self._holds(self._analyzer.stem(bare), bare, known, held):
            return True
        parts = [part for part in _NAME_PARTS.split(name) if len(part) > 1]
        return len(parts) > 1 and all(
            self._holds(self._analyzer.stem(part), part, known, held) for part in parts
        )

    def _holds(self, term: str, word: str, known: Sequence[Found], held: HeldWords) -> bool:
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

    def coverage(self, sentence: str, held: HeldWords) -> tuple[float, dict[str, str]]:
        """The share of a sentence's words that a text holds, and those that it lacks by their
        terms."""
        known = self.in_glossary(sentence)
        words = {
            term: word for term, word in self._analyzer.words(sentence).items() if is_word(term)
        }
        lacking = {t: w for t, w in words.items() if not self._holds(t, w, known, held)}
        if lacking:
            near = self.nearest(list(lacking.values()), held.forms)
            lacking = {
                term: word
                for (term, word), cosine in zip(lacking.items(), near, strict=True)
                if cosine < LEAST_COSINE_OF_WORDS
            }
        share = 1 - len(lacking) / len(words) if words else 1.0
        return share, lacking

    def nearest(self, words: Sequence[str], others: Sequence[str]) -> list[float]:
        """For each word the cosine of the one among ``others`` that means most nearly the same;
        0 where there are none."""
        if not others:
            return [0.0] * len(words)
        vectors = self._encoder.encode_passages([*words, *others])
        nearest: list[float] = (
            (vectors[: len(words)] @ vectors[len(words) :].T).max(axis=1).tolist()
        )
        return nearest

    def words(self, text: str) -> HeldWords:
        """What a text has, to be compared with."""
        plain = fold(text)
        latin = _LATIN_NAME.findall(plain)
        written = [*_HAN.findall(plain), *latin]
        readings = (reading for word in written for reading in self._analyzer.korean_readings(word))
        return HeldWords(
            frozenset(self._analyzer.terms(text)),
            plain.casefold(),
            " ".join(readings),
            tuple(map(sound, _HANGUL_WORD.findall(plain))),
            tuple(map(sound, latin)),
            tuple(self._analyzer.words(text).values()),
        )


def is_word(term: str) -> bool:
    """Whether an index term is neither a pair of characters nor a value."""
    return not is_pair(term) and not is_value(term)


def _sounds_like(word: str, sounds: Sequence[str]) -> bool:
    heard = sound(word)
    return len(heard) >= _SHORTEST_SOUND and any(
        fuzz.ratio(heard, other) >= _LEAST_LIKE_SOUND for other in sounds
    )
