"""How a question wants its answer laid out: by document, or as a list of so many items."""

from __future__ import annotations

import re

_BY_DOCUMENT = re.compile(
    r"문서\s?별|문서\s?마다|각각?\s?(?:의\s)?문서|자료\s?별|보고서\s?별"
    r"|(?:each|every|per|by|across|different) (?:of the )?(?:document|report|source|file)s?"
    r"|[每各](?:份|个|篇)?(?:文件|文档|报告|资料)|按(?:文件|文档|报告)|分别",
    re.IGNORECASE,
)
# 세 가지, which three steps, 哪三点: so many sentences belong together.
_SO_MANY = re.compile(
    r"(?P<ko>두|세|네|다섯|여섯)\s?(?:가지|개의?\s?(?:과제|방안|원칙|단계|제안))"
    r"|\b(?:which|what are the|the)\s(?P<en>two|three|four|five|six)\b"
    r"|[哪这](?P<zh>[两二三四五六])[个点项条步]",
    re.IGNORECASE,
)
_COUNTS = {
    word: count
    for count, words in enumerate(
        ("두 two 两 二", "세 three 三", "네 four 四", "다섯 five 五", "여섯 six 六"), 2
    )
    for word in words.split()
}


def is_by_document(question: str) -> bool:
    """Whether a question asks what each document says."""
    return bool(_BY_DOCUMENT.search(question))


def items_asked(question: str) -> int:
    """How many items of a list a question asks for; 0 where it asks for no list."""
    match = _SO_MANY.search(question)
    return _COUNTS[next(filter(None, match.groups())).lower()] if match else 0
