"""The scripts of the three languages, as ranges for the inside of a character class:
``re.compile(rf"[{HANGUL}]+")``."""

from __future__ import annotations

HANGUL = "가-힣"
"""Syllables of Hangul."""
HANGUL_LETTERS = "ㄱ-ㆎ"
"""Single letters of Hangul, as keyboards give them."""
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, traditional and simplified."""
LATIN = "A-Za-z"
