"""Questions that are made of the written ones: two asked at once, and a part of a document asked
for as a whole by its heading."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import numpy as np

from geungeo.evals.fit.cases import Case
from geungeo.lang.detect import Language, language_of
from geungeo.lang.documents.marks import HEADING_NUMBER
from geungeo.vectorstore import Hit, Passage

_PHRASES = Path(__file__).with_name("phrases.json")
# Letters of a heading that names a topic.
_SHORTEST, _LONGEST = 4, 40
# Sentences of a passage that has more than one thing to say on it.
_FEWEST = 2


@dataclass(frozen=True)
class _Phrases:
    """By language: what stands between two questions, and how a heading is asked for."""

    between: Mapping[Language, Sequence[str]]
    about: Mapping[Language, Sequence[str]]


def composed(cases: Sequence[Case], rng: random.Random) -> Iterator[Case]:
    """Of each passage two questions as one, one with another from the same part of its document,
    and two near misses; and its heading asked for, with all that it says."""
    say = _Phrases(**json.loads(_PHRASES.read_text(encoding="utf-8")))
    for _, of_part in groupby(sorted(cases, key=_place), key=lambda case: _place(case)[:2]):
        own = list(of_part)
        answerable = [case for case in own if case.answerable]
        for _, of_passage in groupby(own, key=_place):
            asked = list(of_passage)
            answered = [case for case in asked if case.answerable]
            yield from _pair(answered, answered, say, rng)
            yield from _pair(answered, answerable, say, rng)
            missing = [case for case in asked if not case.answerable]
            yield from _pair(missing, missing, say, rng)
            yield from _topic(asked[0], say, rng)


def _place(case: Case) -> tuple[str, str, int]:
    """The document of a case, its first heading, which is the article where several lie together,
    and the passage."""
    passage = case.hits[0].passage
    return passage.path, passage.section.split(" › ")[0], passage.id


def _pair(
    asked: Sequence[Case], others: Sequence[Case], say: _Phrases, rng: random.Random
) -> Iterator[Case]:
    if not asked:
        return
    first = rng.choice(asked)
    beside = [one for one in others if one is not first and one.language == first.language]
    if not beside:
        return
    second = rng.choice(beside)
    texts = (first.query.text.strip(), second.query.text.strip())
    text = rng.choice(say.between[first.language]).join(texts)
    own = {case.hits[0].passage.id: case.hits[0] for case in (first, second)}
    yield _case(first, text, list(own.values()), (*first.wanted, *second.wanted))


def _topic(case: Case, say: _Phrases, rng: random.Random) -> Iterator[Case]:
    """Nothing where no heading names a topic."""
    passage = case.hits[0].passage
    heading = HEADING_NUMBER.sub("", passage.section.split(" › ")[-1]).replace("_", " ").strip()
    language = language_of(passage.text)
    is_topic = _SHORTEST <= sum(map(str.isalpha, heading)) <= _LONGEST
    if not is_topic or language_of(heading) != language or len(passage.sentences) < _FEWEST:
        return
    told = tuple(passage.sentence_text(i) for i in range(len(passage.sentences)))
    text = rng.choice(say.about[language]).format(heading)
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
