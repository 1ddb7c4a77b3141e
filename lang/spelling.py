"""Slips of the finger in a question, put right by the words of the index.

A Korean word with one wrong letter (세미너, 온러인) and a word in Latin letters with two
letters exchanged (propsoed). A word that may be a person's name stays: another letter is
another person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import lru_cache

from geungeo.lang.ko.hangul import NUMBERS, letters
from geungeo.lang.ko.surnames import SURNAMES

_HANGUL_RUN = re.compile(r"[가-힣]{2,}")
_LATIN_WORD = re.compile(r"\b[a-z]{5,}\b")
_SHORTEST, _LONGEST = 2, 8
_SHORTEST_LATIN = 5
_NAME = 3
# How what follows on a noun begins that is no noun: 석인가요.
_ENDINGS = frozenset("인입하되이였했을는은에의로와과도")


class Speller:
    """The words that a misspelt one may stand for."""

    def __init__(self, terms: AbstractSet[str]) -> None:
        """``terms`` is kept, and nothing is made of it: what a slip may have been is looked up."""
        self._terms = terms

    def corrected(self, text: str, is_known: Callable[[str], bool]) -> str:
        """A text with those words put right that are not known and for which one word alone
        may be meant."""

        def mend(match: re.Match[str]) -> str:
            word = match[0]
            if is_known(word):
                return word
            return self._korean(word) if _HANGUL_RUN.fullmatch(word) else self._latin(word)

        return _LATIN_WORD.sub(mend, _HANGUL_RUN.sub(mend, text))

    def _korean(self, word: str) -> str:
        """The word with its longest part put right that one word alone can stand for. A part
        begins the word or follows on one that is known: 도시푸럼."""
        if len(word) > _LONGEST:
            return word
        starts = [n for n in range(len(word) - 1) if n == 0 or word[:n] in self._terms]
        for length in range(len(word), _SHORTEST - 1, -1):
            for start in starts:
                part = word[start : start + length]
                if len(part) < length or (length == _NAME and part[0] in SURNAMES):
                    continue
                if length == _SHORTEST and (start < _SHORTEST or part[0] in _ENDINGS):
                    continue
                meant = self._one_letter_away(part)
                if len(meant) == 1:
                    return word[:start] + meant.pop() + word[start + length :]
        return word

    def _one_letter_away(self, part: str) -> set[str]:
        return {
            term
            for place, syllable in enumerate(part)
            for other in _one_letter_away(syllable)
            if (term := part[:place] + other + part[place + 1 :]) in self._terms
        }

    def _latin(self, word: str) -> str:
        """The word with two neighbouring letters exchanged back; terms are stems."""
        for length in range(len(word), max(len(word) - 4, _SHORTEST_LATIN - 1), -1):
            stem, ending = word[:length], word[length:]
            meant = _exchanged(stem) & self._terms
            if len(meant) == 1:
                return meant.pop() + ending
        return word


@lru_cache(1000)
def _one_letter_away(syllable: str) -> tuple[str, ...]:
    """The syllables with one other letter; none for a character that is no syllable."""
    own = letters(syllable)
    if own is None:
        return ()
    return tuple(
        replace(own, **{name: place}).syllable
        for name, count in NUMBERS.items()
        for place in range(count)
        if place != getattr(own, name)
    )


def _exchanged(word: str) -> set[str]:
    """A word with two neighbouring letters exchanged, in each way."""
    swapped = (word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1))
    return {one for one in swapped if one != word}
