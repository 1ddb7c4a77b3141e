"""A question that sets the one before it right: 아니, 부산 말고; sorry, I meant 2022."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.rules import pattern

_AROUND = " \t,.!?，。！？"


def opens_as_correction(question: str) -> bool:
    """Whether a question says that the one before it was not meant so."""
    return bool(pattern("follow_up", "corrects").search(question))


def meant_by(question: str) -> tuple[str, str]:
    """What a question that sets another right says is meant, and is not; both are empty where it
    sets nothing right."""
    not_meant = pattern("follow_up", "not meant").search(question)
    corrects = pattern("follow_up", "corrects")
    if not (not_meant or corrects.search(question)):
        return "", ""
    start, end = not_meant.span() if not_meant else (0, 0)
    meant = corrects.sub(" ", f"{question[:start]} {question[end:]}".strip()).strip(_AROUND)
    return meant, corrects.sub(" ", not_meant[0]) if not_meant else ""


def set_right(question: str, before: str, analyzer: Analyzer) -> str:
    """The question before with what is meant in the place of what was not; empty where it is
    not set right, or something is asked that stands by itself."""
    meant, not_meant = meant_by(question)
    if not meant or pattern("parts", f"asks {language_of(question)}").search(meant):
        return ""
    wrong: Iterable[str] = ()
    if not_meant:
        wrong = analyzer.content_words(not_meant)
    elif analyzer.proper_nouns(meant):
        wrong = analyzer.proper_nouns(before).values()
    for word in wrong:
        before = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", "", before, flags=re.IGNORECASE)
    return f"{meant} {before}"
