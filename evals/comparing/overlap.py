"""How much of a known answer an answer shares, word by word."""

from __future__ import annotations

import re
import string
from collections import Counter

_MARK = re.compile(r"\[\d+\]")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def token_f1(said: str, answer: str) -> float:
    """The harmonic mean of precision and recall over tokens, as SQuAD measures it
    (Rajpurkar et al., arXiv 1606.05250); Chinese counts by character."""
    ours, theirs = _tokens(said), _tokens(answer)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def normal(text: str) -> str:
    """Text as SQuAD compares it: no case, punctuation, articles or spaces."""
    kept = "".join(c for c in _MARK.sub("", text).lower() if c not in string.punctuation)
    return "".join(_ARTICLE.sub(" ", kept).split())


def _tokens(text: str) -> list[str]:
    kept = "".join(c if c not in string.punctuation else " " for c in text.lower())
    return re.findall(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", _ARTICLE.sub(" ", kept))
