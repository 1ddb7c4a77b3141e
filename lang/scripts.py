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
# The commonest characters of running text, by which encodings are told apart.
COMMON_SYLLABLES = "이다의는에을가고하한로지은를도과서사기리시어자인정나"
COMMON_SIMPLIFIED = "的一是不了在人有我他这中大来上国个到和地为年会市作发与"
COMMON_TRADITIONAL = "的一是不了在人有我他這中大來上國個到和地為年會市作發與"
