"""How sentences end in the three languages."""

from __future__ import annotations

import re

from geungeo.lang.scripts import HANGUL

_MARKS = r"[.?!。？！…]"
_CLOSING = r"[\"”’')\]」』]*"
_STATEMENT = rf"[{HANGUL}]다"
# Endings of nouns made of verbs, by which notes end; some nouns end alike.
_NOMINAL = "음|함|임|됨"
_NO_NOMINAL = r"(?<![포다마책])"
_SENTENCE = re.compile(rf"(?:{_MARKS}|{_STATEMENT}){_CLOSING}\s*$")
_SPEECH = re.compile(rf"(?:{_MARKS}|[{HANGUL}](?:다|요|까|죠)){_CLOSING}$")
_NOTE = re.compile(
    rf"(?:{_MARKS}{_CLOSING}|{_STATEMENT}[\"”’')]*|{_NO_NOMINAL}(?:{_NOMINAL})[\"”’')]*)$"
)
_QUESTION = re.compile(r"[?？][”’\"')]*$|(?:나요|까요|는가|을까|습니까)$")
_PHRASE = re.compile(r"(?:[.。,;:：]|니다|이다|한다)$")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as written sentences do."""
    return bool(_SENTENCE.search(text))


def ends_speech(text: str) -> bool:
    """Whether a text ends as spoken sentences do."""
    return bool(_SPEECH.search(text))


def ends_note(text: str) -> bool:
    """Whether a text ends as sentences or as notes do, whose verbs are made nouns."""
    return bool(_NOTE.search(text))


def is_question(text: str) -> bool:
    return bool(_QUESTION.search(text))


def ends_phrase(text: str) -> bool:
    """Whether a line ends as a part of running text and not as a title."""
    return bool(_PHRASE.search(text))
