"""Questions that are made of the written ones: two asked at once, and a part of a document asked
for as a whole by its heading."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from geungeo.evals.fit.cases import Case
from geungeo.lang.detect import Language, language_of
from geungeo.lang.documents.marks import HEADING_NUMBER
from geungeo.vectorstore import Hit, Passage

_AND: dict[Language, tuple[str, ...]] = {
    "ko": (" 그리고 ", " 또 ", " "),
    "zh": ("另外，", "还有，", ""),
    "en": (" And ", " Also, ", " "),
}
_ABOUT: dict[Language, tuple[str, ...]] = {
    "ko": (
        "{}에 대해 정리해 주세요.", "{} 내용을 요약해 줘", "{}의 주요 내용은 무엇인가요?",
        "{}에 관해 설명해 주세요.", "{} 관련해서 어떤 내용이 있는지 알려 줘",
    ),
    "zh": ("请介绍一下{}。", "{}的主要内容是什么？", "请概括说明{}。", "请总结一下{}的内容。"),
    "en": (
        "Give me an overview of {}.", "Please explain {}.", "Summarise what is said about {}.",
        "What are the main points on {}?",
    ),
}  # fmt: skip
# Letters of a heading that names a topic.
_SHORTEST, _LONGEST = 4, 40
# Sentences of a passage that has more than one thing to say on it.
_FEWEST = 2


def composed(cases: Sequence[Case], rng: random.Random) -> Iterator[Case]:
    """Of each passage two questions as one, one with another from the same part of its document,
    and two near misses; and its heading asked for, with all that it says."""
    for _, of_part in groupby(sorted(cases, key=_place), key=lambda case: _place(case)[:2]):
        own = list(of_part)
        answerable = [case for case in own if case.answerable]
        for _, of_passage in groupby(own, key=_place):
            asked = list(of_passage)
            answered = [case for case in asked if case.answerable]
            yield from _pair(answered, answered, rng)
            yield from _pair(answered, answerable, rng)
            missing = [case for case in asked if not case.answerable]
            yield from _pair(missing, missing, rng)
            yield from _topic(asked[0], rng)


def _place(case: Case) -> tuple[str, str, int]:
    """The document of a case, its first heading, which is the article where several lie together,
    and the passage."""
    passage = case.hits[0].passage
    return passage.path, passage.section.split(" › ")[0], passage.id


def _pair(asked: Sequence[Case], others: Sequence[Case], rng: random.Random) -> Iterator[Case]:
    if not asked:
        return
    first = rng.choice(asked)
    beside = [one for one in others if one is not first and one.language == first.language]
    if not beside:
        return
    second = rng.choice(beside)
    texts = (first.query.text.strip(), second.query.text.strip())
    text = rng.choice(_AND[first.language]).join(texts)
    own = {case.hits[0].passage.id: case.hits[0] for case in (first, second)}
    yield _case(first, text, list(own.values()), (*first.wanted, *second.wanted))


def _topic(case: Case, rng: random.Random) -> Iterator[Case]:
    """Nothing where no heading names a topic."""
    passage = case.hits[0].passage
    heading = HEADING_NUMBER.sub("", passage.section.split(" › ")[-1]).replace("_", " ").strip()
    language = language_of(passage.text)
    is_topic = _SHORTEST <= sum(map(str.isalpha, heading)) <= _LONGEST
    if not is_topic or language_of(heading) != language or len(passage.sentences) < _FEWEST:
        return
    told = tuple(passage.sentence_text(i) for i in range(len(passage.sentences)))
    text = rng.choice(_ABOUT[language]).format(heading)
    yield _case(case, text, [case.hits[0]], told, is_answered=True)


def _case(
    case: Case, text: str, own: Sequence[Hit], wanted: tuple[str, ...], *, is_answered: bool = False
) -> Case:
    """A question on its own passages, with what was found beside them for another."""
    known = [hit.passage for hit in own]
    others = [hit for hit in case.hits if not any(_is_kin(hit.passage, one) for one in known)]
    answers = is_answered or case.answerable
    marks = np.array([answers] * len(own) + [False] * len(others))
    return replace(
        case, query=replace(case.query, text=text), hits=(*own, *others), right=marks,
        wanted=wanted, answerable=answers, answer="",
    )  # fmt: skip


def _is_kin(one: Passage, other: Passage) -> bool:
    """Whether passages are the same, or stand under one heading."""
    is_headed = one.section == other.section != ""
    return one.path == other.path and (one.id == other.id or is_headed)
