"""One thing asked of each of two: 서울 조사와 부산 조사에서 각각 몇 %였나요."""

from __future__ import annotations

import re

from geungeo.lang import Analyzer
from geungeo.lang.detect import Language
from geungeo.lang.rules import pattern

Span = tuple[int, int]

# The longer of two things that are asked about alike is so many times as long at most.
_MOST_LONGER = 3


def of_each(text: str, language: Language, analyzer: Analyzer) -> list[str]:
    """The question asked of the one and of the other; none where it is not asked of two."""
    each = list(pattern("each", f"asks {language}").finditer(text))
    if not each:
        return []
    told = each[-1]
    pair = analyzer.pair(text, told.start()) if language == "ko" else _pair(text, language, told)
    if pair is None:
        return []
    start, end = pair[0][0], pair[1][1]
    after = text[end : told.start()] + text[told.end() :] if end <= told.start() else text[end:]
    return [" ".join(f"{text[:start]}{text[a:b]}{after}".split()) for a, b in pair]


def _pair(text: str, language: Language, told: re.Match[str]) -> tuple[Span, Span] | None:
    """The two that are joined last before a word such as each, or first after it, by the words
    around them."""
    joins = pattern("each", f"joins {language}")
    joint = max(joins.finditer(text, 0, told.start()), key=re.Match.start, default=None)
    joint = joint or joins.search(text, told.end())
    if joint is None:
        return None
    opens = pattern("each", f"opens {language}")
    start = max((one.end() for one in opens.finditer(text, 0, joint.start())), default=0)
    closes = pattern("each", f"closes {language}")
    closing = closes.search(text, joint.end())
    end = closing.start() if closing else len(text)
    one, other = (start, joint.start()), (joint.end(), end)
    of = pattern("each", f"of {language}")
    if (shared := of.search(text, *other)) and not of.search(text, *one):
        # 市的预算 in 省和市的预算: what is asked of both is named once.
        other = joint.end(), shared.start()
    lengths = sorted(len(text[a:b].strip()) for a, b in (one, other))
    return (one, other) if lengths[0] and lengths[1] <= _MOST_LONGER * lengths[0] else None
