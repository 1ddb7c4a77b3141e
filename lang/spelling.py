"""Slips of the finger in a question, put right by the words of the index.

A Korean word with one wrong letter (세미너, 온러인) and a word in Latin letters with two
letters exchanged (propsoed). A word that may be a person's name stays: another letter is
another person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import astuple

from geungeo.lang.ko.hangul import letters
from geungeo.lang.ko.surnames import SURNAMES

_HANGUL_RUN = re.compile(r"[가-힣]{2,}")
_LATIN_WORD = re.compile(r"\b[a-z]{5,}\b")
_HANGUL = re.compile(r"[가-힣]{2,8}")
_LATIN = re.compile(r"[a-z]{5,}")
_SHORTEST, _LONGEST = 2, 8
_NAME = 3
# How what follows on a noun begins that is no noun: 석인가요.
_ENDINGS = frozenset("인입하되이였했을는은에의로와과도")


class Speller:
    """The words that a misspelt one may stand for."""

    def __init__(self, terms: Iterable[str]) -> None:
        # By the word without one syllable, and by its letters in order: what a slip leaves.
        self._without_one: dict[tuple[str, int, str], set[str]] = {}
        self._by_letters: dict[str, set[str]] = {}
        self._terms = frozenset(terms)
        for term in self._terms:
            if _HANGUL.fullmatch(term):
                for place in range(len(term)):
                    key = term[:place], place, term[place + 1 :]
                    self._without_one.setdefault(key, set()).add(term)
            elif _LATIN.fullmatch(term):
                self._by_letters.setdefault("".join(sorted(term)), set()).add(term)

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
                if length == _SHORTEST and (start == 0 or part[0] in _ENDINGS):
                    continue
                meant = self._one_letter_away(part)
                if len(meant) == 1:
                    return word[:start] + meant.pop() + word[start + length :]
        return word

    def _one_letter_away(self, part: str) -> set[str]:
        return {
            term
            for place in range(len(part))
            for term in self._without_one.get((part[:place], place, part[place + 1 :]), ())
            if _letters_apart(term[place], part[place]) == 1
        }

    def _latin(self, word: str) -> str:
        """The word with two neighbouring letters exchanged back; terms are stems."""
        for length in range(len(word), len(word) - 4, -1):
            stem, ending = word[:length], word[length:]
            meant = {
                term
                for term in self._by_letters.get("".join(sorted(stem)), ())
                if _is_exchanged(stem, term)
            }
            if len(meant) == 1:
                return meant.pop() + ending
        return word


def _letters_apart(one: str, other: str) -> int:
    own, others = letters(one), letters(other)
    if own is None or others is None:
        return int(one != other)
    return sum(a != b for a, b in zip(astuple(own), astuple(others), strict=True))


def _is_exchanged(one: str, other: str) -> bool:
    differing = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(differing) == 2 and differing[1] == differing[0] + 1
