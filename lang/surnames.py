"""Surnames of Korea, and the people of whom a question says no more: Mayor Oh is 오 시장."""

from __future__ import annotations

import re

from geungeo.lang.ko.romanisation import sound
from geungeo.lang.zh.mandarin import hangul_of_pinyin

SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추"
    "도소석선설마길연위표명기반라왕금옥육인맹제모탁국은편용"
)
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
