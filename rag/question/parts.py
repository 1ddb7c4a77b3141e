"""The questions that one sentence asks together."""

from __future__ import annotations

import re

from geungeo.lang import Analyzer
from geungeo.lang.detect import Language
from geungeo.lang.rules import alternatives, pattern

_AROUND = " \t,，;；?？"
# An English question has so many words at least; those of other languages need not.
_FEWEST_WORDS = 4
_QUESTION_MARKS = "?？"


def parts(text: str, language: Language, analyzer: Analyzer) -> list[str]:
    """Each question by itself, in their order; the whole where it asks one thing.

    A stretch that asks nothing belongs to the one before it, or else after it: a setting, a
    condition, a list.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _stretches(text, language, analyzer):
        apart = _asks(text[start:end], language)
        if spans and not (apart and _is_whole(text[slice(*spans[-1])], language)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    joins = pattern("parts", "joins")
    questions = [joins.sub("", text[start:end].strip(_AROUND)) for start, end in spans]
    return questions if len(questions) > 1 else [text]


def _stretches(text: str, language: Language, analyzer: Analyzer) -> list[tuple[int, int]]:
    """From where to where the text goes between the ends of questions; a Korean one ends with a
    verb's ending, and no noun does."""
    between = re.compile(
        f"{alternatives('parts', f'between {language}')}|{alternatives('parts', 'between')}",
        re.IGNORECASE,
    )
    cuts = [match.span() for match in between.finditer(text)]
    if language == "ko" and cuts:
        endings = analyzer.endings(text)
        cuts = [(a, b) for a, b in cuts if a in endings or text[a] in _QUESTION_MARKS]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    own = zip(starts, ends, strict=True)
    return [(start, end) for start, end in own if text[start:end].strip(_AROUND)]


def _is_whole(text: str, language: Language) -> bool:
    """Whether a stretch asks by itself: when, in when and where, does not."""
    short = language == "en" and len(text.split()) < _FEWEST_WORDS
    return _asks(text, language) and not short


def _asks(text: str, language: Language) -> bool:
    meanings = [f"asks {language}", *([] if language == "zh" else [f"whether {language}"])]
    return any(pattern("parts", meaning).search(text.strip(_AROUND)) for meaning in meanings)
