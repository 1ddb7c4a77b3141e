"""People of whom a question says no more than a title and a surname: Mayor Oh is 오 시장."""

from __future__ import annotations

import re

from geungeo.lang.ko.romanisation import sound
from geungeo.lang.ko.surnames import SURNAMES
from geungeo.lang.zh.mandarin import hangul_of_pinyin

_TITLED = re.compile(
    r"\b(?:Mayor|President|Prof(?:essor|\.)|Minister|Governor|Director|Chair(?:man|woman|person)?"
    r"|Ambassador|Secretary|Mrs?\.?|Ms\.?|Dr\.?) (?P<name>[A-Z][a-z]{1,6})\b(?![- ][A-Z])"
)


def titled(question: str) -> dict[str, list[str]]:
    """The surnames that follow a title, each with how Korean may write it."""
    found = {}
    for match in _TITLED.finditer(question):
        name = match["name"]
        heard = [syllable for syllable in sorted(SURNAMES) if sound(syllable) == sound(name)]
        read = hangul_of_pinyin(name)
        found[name] = list(dict.fromkeys((*heard, *([read] if len(read) == 1 else ()))))
    return {name: forms for name, forms in found.items() if forms}
