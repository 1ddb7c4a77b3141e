"""The topic of a question on a collection: its words without those that only ask for documents."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.languages import LANGUAGES

_ANY_END = "*"


def topic(text: str, analyzer: Analyzer) -> str:
    """The words of a text that say what documents are to be about, with blanks between them;
    "" where there are none."""
    return " ".join(word for word in analyzer.content_words(text) if not _only_asks(word.lower()))


def _only_asks(word: str) -> bool:
    words, beginnings = _no_topic()
    return word in words or word.startswith(beginnings)


@lru_cache
def _no_topic() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings of words, of every language."""
    folder = files("geungeo.lang") / "data" / "no_topic"
    lines = [
        line
        for code in LANGUAGES
        for line in (folder / f"{code}.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    beginnings = tuple(line.removesuffix(_ANY_END) for line in lines if line.endswith(_ANY_END))
    return frozenset(lines).difference(f"{one}{_ANY_END}" for one in beginnings), beginnings
