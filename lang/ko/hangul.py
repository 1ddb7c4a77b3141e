"""Hangul syllables taken apart into letters, and put together (Unicode Standard, 3.12)."""

from __future__ import annotations

from dataclasses import dataclass

NUMBERS = {"initial": 19, "vowel": 21, "final": 28}
"""How many letters there are for each place of a syllable, no final being one of these."""

_FIRST, _VOWELS, _LASTS = ord("가"), NUMBERS["vowel"], NUMBERS["final"]
_SYLLABLES = NUMBERS["initial"] * _VOWELS * _LASTS


@dataclass(frozen=True)
class Letters:
    """The places of a syllable's letters in Unicode's order: of its initial (19), its vowel (21)
    and its final (28, 0 for none)."""

    initial: int
    vowel: int
    final: int

    @property
    def syllable(self) -> str:
        return chr(_FIRST + (self.initial * _VOWELS + self.vowel) * _LASTS + self.final)


def letters(syllable: str) -> Letters | None:
    """None for a character that is no Hangul syllable."""
    place = ord(syllable) - _FIRST
    if not 0 <= place < _SYLLABLES:
        return None
    rest, final = divmod(place, _LASTS)
    return Letters(*divmod(rest, _VOWELS), final)
