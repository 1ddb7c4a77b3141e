"""A question that sets the one before it right: 아니, 부산 말고; sorry, I meant 2022."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.rules import pattern

_AROUND = " \t,.!?，。！？"


@dataclass(frozen=True)
class Correction:
    """What a question that sets another right says is meant, and is not. ``is_announced`` is
    whether it says that it does (아니, sorry, 不对), and ``asks`` whether what is meant is asked
    in words of its own."""

    meant: str
    not_meant: str
    is_announced: bool
    asks: bool


def correction_in(question: str) -> Correction | None:
    """What a question sets right; None where it sets nothing right."""
    not_meant = pattern("follow_up", "not meant").search(question)
    corrects = pattern("follow_up", "corrects")
    is_announced = bool(corrects.search(question))
    if not (not_meant or is_announced):
        return None
    start, end = not_meant.span() if not_meant else (0, 0)
    meant = corrects.sub(" ", f"{question[:start]} {question[end:]}".strip()).strip(_AROUND)
    wrong = corrects.sub(" ", not_meant[0]) if not_meant else ""
    asks = bool(pattern("parts", f"asks {language_of(question)}").search(meant))
    return Correction(meant, wrong, is_announced, asks) if meant else None


def set_right(correction: Correction, before: str, analyzer: Analyzer) -> str:
    """The question before with what is meant in the place of what was not."""
    meant = correction.meant
    wrong: Iterable[str] = ()
    if correction.not_meant:
        wrong = analyzer.content_words(correction.not_meant)
    elif analyzer.proper_nouns(meant):
        wrong = analyzer.proper_nouns(before).values()
    for word in wrong:
        before = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", "", before, flags=re.IGNORECASE)
    return f"{meant} {before}"
