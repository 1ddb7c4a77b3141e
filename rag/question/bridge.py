"""From the words of a question to those of the index, across languages.

The index's vocabulary and the question's words are embedded with the same multilingual
encoder; a word that the index does not know stands for its nearest terms there, with the
square of the cosine as weight. A word in Chinese characters also stands for what Korean
makes of it, by its own reading or by the sound of Mandarin, and the other way round, and a
name in Latin letters for the Hangul terms that sound like it. It needs no language
model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from geungeo.lang.ko.romanisation import sound
from geungeo.lang.scripts import HANGUL
from geungeo.rag.question.sounds import Sounds
from geungeo.vectorstore import Vocabulary
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.records import TermGroup

_LEAST_COSINE = 0.5
_MOST_NEIGHBOURS = 6
_SHORTEST_SOUND = 4
_SHORTEST_READING = 2
# Sounds of a name that a longer term may begin with, and syllables of either part of that term.
_SHORTEST_BEGINNING = 5
_SHORTEST_WORD = 2
# Most words of the two languages that are read alike mean the same, but not all.
_WEIGHT_OF_READING = 0.8
# A word within a longer one mostly means the same there.
_WEIGHT_OF_PART = 0.7
_SHORTEST_COMPOUND = 5
_HANGUL = re.compile(rf"[{HANGUL}]{{2,}}")


def neighbours(vocabulary: Vocabulary, vectors: Vectors) -> list[TermGroup]:
    """For each row of vectors, of shape (words, dimension), the nearest terms of the index with
    their weights; may be empty."""
    near = vocabulary.near_words(vectors, _MOST_NEIGHBOURS, _LEAST_COSINE)
    return [{term: cosine**2 for term, cosine in found.items()} for found in near]


class Bridge:
    """The words of an index by their sound, their reading and their parts; never changed."""

    def __init__(
        self,
        words: Sequence[str],
        read: Callable[[str], Sequence[str]],
        known: Bridge | None = None,
    ) -> None:
        """``read`` gives the ways in which others write a word in Chinese characters or in
        pinyin. What ``known`` has heard of the same words is not listened to again."""
        self.words = tuple(words)
        self._read = read
        self._known = frozenset(self.words)
        self._sounds: dict[str, tuple[str, ...]] = {}
        self._readings: dict[str, tuple[str, ...]] = {}
        heard = 0
        if known is not None and self.words[: len(known.words)] == known.words:
            heard = len(known.words)
            self._sounds, self._readings = dict(known._sounds), dict(known._readings)
        self._listen(self.words[heard:])

    def _listen(self, words: Sequence[str]) -> None:
        for word in words:
            if _HANGUL.fullmatch(word):
                _add(self._sounds, sound(word), word)
            else:
                for heard in self._read(word):
                    if len(heard) >= _SHORTEST_READING:
                        _add(self._readings, heard, word)

    def sound_alikes(self, name: str) -> TermGroup:
        """The Hangul terms of the index that a name in Latin letters can stand for: those that
        sound like it, or else those that begin so and go on, as Baram in 바람미술관."""
        wanted = sound(name)
        if len(wanted) < _SHORTEST_SOUND:
            return {}
        found = self._heard.like(wanted)
        alike = {term: (ratio / 100) ** 2 for like, ratio in found for term in self._sounds[like]}
        return alike or dict.fromkeys(self._begun(wanted), _WEIGHT_OF_PART)

    def _begun(self, wanted: str) -> Iterator[str]:
        """The terms that begin with a sound; what follows is a word of its own."""
        if len(wanted) < _SHORTEST_BEGINNING:
            return
        for heard in _lines_with(self._heard_lines, f"\n{wanted}"):
            for term in self._sounds[heard]:
                ends = range(_SHORTEST_WORD, len(term) - _SHORTEST_WORD + 1)
                if any(sound(term[:end]) == wanted for end in ends):
                    yield term

    def compounds(self, spellings: Sequence[str]) -> TermGroup:
        """The Hangul terms of the index that a word is a part of, by its Korean spellings:
        생명과학 in 충칭다디생명과학단지."""
        parts = [part for part in spellings if _HANGUL.fullmatch(part)]
        return {
            term: _WEIGHT_OF_PART for part in parts for term in _lines_with(self._compounds, part)
        }

    def same_reading(self, word: str) -> TermGroup:
        """The terms of the index in another script that are written as others write a word."""
        alike = [heard for heard in self._read(word) if heard in self._known]
        return dict.fromkeys(alike or self._readings.get(word.lower(), ()), _WEIGHT_OF_READING)

    @cached_property
    def _heard(self) -> Sounds:
        return Sounds(tuple(self._sounds))

    @cached_property
    def _heard_lines(self) -> str:
        return _lines(self._sounds)

    @cached_property
    def _compounds(self) -> str:
        return _lines(term for term in self.words if len(term) >= _SHORTEST_COMPOUND)


def _lines(words: Iterable[str]) -> str:
    """Words, one a line: as one text they are looked through at once."""
    return "".join(f"\n{word}" for word in words) + "\n"


def _lines_with(lines: str, part: str) -> Iterator[str]:
    """The lines that a text is a part of, in their order; it may begin with the end of the line
    before."""
    place = lines.find(part)
    while place >= 0:
        start, end = lines.rfind("\n", 0, place + 1) + 1, lines.find("\n", place + 1)
        yield lines[start:end]
        place = lines.find(part, end)


def _add(found: dict[str, tuple[str, ...]], key: str, word: str) -> None:
    found[key] = (*found.get(key, ()), word)
