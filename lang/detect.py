"""The language of a text among Korean, Chinese and English, by its script."""

from __future__ import annotations

import re
from typing import Literal

from geungeo.lang.scripts import HANGUL, HANGUL_LETTERS, LATIN

Language = Literal["ko", "zh", "en"]

_HANGUL = re.compile(f"[{HANGUL}{HANGUL_LETTERS}]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(f"[{LATIN}]{{2,}}")


def language_of(text: str) -> Language:
    """Any Hangul beyond a few quoted names makes a text Korean; next comes Han, then Latin.

    One Hangul syllable or Chinese character counts like half a Latin word.
    """
    hangul = len(_HANGUL.findall(text)) / 2
    han = len(_HAN.findall(text)) / 2
    latin = len(_LATIN_WORD.findall(text))
    if hangul >= han and hangul * 2 >= latin and hangul:
        return "ko"
    return "zh" if han * 2 >= latin and han else "en"
