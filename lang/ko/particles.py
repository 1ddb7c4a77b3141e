"""Particles of Korean, which follow a word without a space."""

from __future__ import annotations

import re

from geungeo.lang.ko.hangul import letters
from geungeo.lang.scripts import HANGUL

_BEHIND_NAME = re.compile(r"(?<=..)(?:[이가은는을를의와과도]|에서)$")
_HANGUL = re.compile(f"[{HANGUL}]")
# By which a quoted word goes on: "근거"를.
BEHIND_QUOTE = re.compile(r"(?:은|는|이|가|을|를|와|과|의|고|라고|라는|며)\s")


def without_particle(name: str) -> str:
    """A name without the particle behind it; a name in another script as it is."""
    return _BEHIND_NAME.sub("", name) if _HANGUL.search(name) else name


def topic_particle(word: str) -> str:
    """The particle that makes a word the topic: by whether it ends with a consonant."""
    word = word.strip()
    last = letters(word[-1]) if word else None
    return "은" if last and last.final else "는"
