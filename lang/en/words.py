"""The words of English: stems, and names by their capitals."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

from geungeo.lang.en.calendar import MONTHS, WEEKDAYS

_STOP_WORDS = frozenset(
    (
        "a an the of in on at to for from by with and or not is are was were be "
        "been being do does did has have had it its this that these those as "
        "which who whom whose what when where why how many much there their they "
        "he she his her we our you your i me my will would can could should may "
        "might than then also into about over"
    ).split()
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_NAME = re.compile(r"[A-Z][A-Za-z]*(?:(?: [A-Z]|-)[A-Za-z]+){1,3}")
_NO_SENTENCE_START = r"(?<![.?!] )(?<!^)\b"
_CAPITALISED = re.compile(rf"{_NO_SENTENCE_START}[A-Z][A-Za-z]+(?:-[A-Za-z]+)*")
_CAPITALISED_NAME = re.compile(
    rf"{_NO_SENTENCE_START}[A-Z][A-Za-z]+(?:-[A-Za-z]+|\s[A-Z][A-Za-z]+)*"
)
_CALENDAR = re.compile(rf"(?:{'|'.join((*MONTHS, *WEEKDAYS))})$")
_CACHED_STEMS = 50_000


class English:
    """Snowball's stemmer, and what capitals tell."""

    def __init__(self) -> None:
        self._stem = lru_cache(_CACHED_STEMS)(snowballstemmer.stemmer("english").stemWord)

    def stem(self, word: str) -> str:
        """The stem of a word in lower case; a word of another script as it is."""
        stemmed: str = self._stem(word)
        return stemmed

    def term(self, word: str) -> str:
        """The index term of a word, "" for one without content."""
        lower = word.lower().replace("’", "'").removesuffix("'s")
        return "" if lower in _STOP_WORDS else self.stem(lower)

    def surfaces(self, text: str) -> dict[str, str]:
        """The words in Latin letters of a text, by their stems."""
        return {self.stem(match[0].lower()): match[0] for match in _WORD.finditer(text)}

    def nouns(self, text: str) -> set[str]:
        """None: nothing here tells nouns from verbs."""
        return set()

    def proper_nouns(self, text: str) -> list[str]:
        """The words with capitals in a text, other than a sentence's first and the calendar's."""
        names = (name for name in _CAPITALISED.findall(text) if not _CALENDAR.match(name))
        return [part for name in names for part in name.split("-")]

    def whole_names(self, text: str) -> list[str]:
        """The runs of words with capitals in a text, other than a sentence's first word."""
        return [name.removeprefix("The ") for name in _CAPITALISED_NAME.findall(text)]


def compound_names(text: str) -> list[str]:
    """The names of two to four words in Latin letters in a text."""
    return _NAME.findall(text)
