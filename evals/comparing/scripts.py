"""The language of a text, by the letters that most of it is written in."""

from __future__ import annotations

import re
from typing import Literal

Script = Literal["ko", "zh", "en"]

_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")


def script_of(text: str) -> Script:
    """Korean where Hangul is at least as frequent as Chinese characters and as Latin words, for
    both come within Korean; then Chinese, else English."""
    hangul, han, latin = (len(pattern.findall(text)) for pattern in (_HANGUL, _HAN, _LATIN))
    if hangul and hangul >= han and hangul >= latin:
        return "ko"
    return "zh" if han > latin else "en"
