"""Korean names in Latin letters: 오세훈 and Oh Se-hoon sound alike.

Hangul is spelled in the Revised Romanization of Korean (2000) letter by letter, and the
usual free spellings of names are folded to it, so that the two can be compared.
"""

from __future__ import annotations

import re

from geungeo.lang.ko.hangul import letters

_INITIALS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "-").split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = "- k k k n n n t l k m p l l p l m p p t t ng t t k t p t".split()
_SYLLABLE = re.compile(r"[가-힣]")
# Spellings that people use, and the plain sound that they share with the official one.
_FOLDS = (
    (r"^(?:lee|yi|rhee)(?=[^aeiou]|$)", "i"),
    (r"park", "bak"),
    (r"choi", "choe"),
    (r"shi", "si"),
    (r"oo|ou", "u"),
    (r"ee", "i"),
    (r"eo|eu|u|o", "o"),
    (r"(?<=[aeiou])h(?![aeiou])", ""),
    (r"k|q", "g"),
    (r"t", "d"),
    (r"p", "b"),
    (r"ch|j|zh", "j"),
    (r"l", "r"),
    (r"(.)\1", r"\1"),
)


def sound(text: str) -> str:
    """A folded spelling of a Hangul or Latin word, equal for the usual spellings of a name."""
    folded = _SYLLABLE.sub(lambda match: _spell(match[0]), text).lower()
    folded = re.sub(r"[^a-z]", "", folded)
    for pattern, plain in _FOLDS:
        folded = re.sub(pattern, plain, folded)
    return folded


def _spell(syllable: str) -> str:
    own = letters(syllable)
    assert own is not None
    spelled = _INITIALS[own.initial] + _VOWELS[own.vowel] + _FINALS[own.final]
    return spelled.replace("-", "")
