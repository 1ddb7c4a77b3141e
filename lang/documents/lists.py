"""Lists in documents: what leads them in, how they begin, how many things they hold."""

from __future__ import annotations

import re

from geungeo.lang.rules import pattern

_BEFORE_BLOCK = re.compile(
    r"(?:[:：]|(?:다음|아래)(?:과|와)?\s?같\S*[.:]?|(?:다음|아래)과 같이 \S+[.:]?|如下[：:。]?"
    r"|(?:as follows|following)\b.{0,40}[.:])$",
    re.IGNORECASE,
)
_COUNTS = {
    word: count
    for count, words in enumerate(
        ("두 two 两 二", "세 three 三", "네 four 四", "다섯 five 五", "여섯 six 六"), 2
    )
    for word in words.split()
}


def leads_in_block(text: str) -> bool:
    """Whether a paragraph ends by announcing the list or the table below it."""
    return bool(_BEFORE_BLOCK.search(text))


def begins_list(text: str) -> bool:
    """Whether a sentence is the first of several things that are told in turn."""
    return bool(pattern("excerpts", "first of list").search(text))


def count_asked(question: str) -> int:
    """How many things, from two to six, a question asks for; 0 where it does not say."""
    match = pattern("excerpts", "so many").search(question)
    return _COUNTS[next(filter(None, match.groups())).lower()] if match else 0
