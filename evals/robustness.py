"""The same questions as people really type them: ``geungeo eval robustness``.

Each change leaves a question's meaning as it is, so that its answer is still right, but
for the false premises, which no document supports. The changes depend on nothing but the
question, so that two runs ask the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from geungeo.evals.answers import Judged
from geungeo.evals.gold import GoldCase
from geungeo.evals.shares import share
from geungeo.evals.wording import wording
from geungeo.lang import name_groups
from geungeo.lang.ko.hangul import letters
from geungeo.lang.scripts import HAN, HANGUL

Change = Callable[[str, random.Random], str]

_HANGUL = re.compile(f"[{HANGUL}]")
_HANGUL_WORD = re.compile(rf"[{HANGUL}]{{3,}}")
_LATIN_WORD = re.compile(r"[a-z]{5,}")
_LATIN = re.compile(r"[A-Z][A-Za-z'’ -]+")
_HAN = re.compile(rf"[{HAN}]{{2,}}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|-)")
_OTHER_VOWEL = {0: 4, 4: 0, 8: 13, 13: 8, 1: 5, 5: 1, 18: 20, 20: 18}
_FALSE = frozenset(("false year", "false place"))
_YEARS_AWAY = 9


def variants(cases: Sequence[GoldCase]) -> Iterator[GoldCase]:
    """Every answerable question that stands by itself in each way in which it can be changed;
    ``kind`` says how, and the id is that of the question with the change after ``~``."""
    for case in cases:
        if not case.answerable or case.history:
            continue
        for name, change in _CHANGES.items():
            asked = change(case.question, random.Random(f"{case.id} {name}"))
            if asked == case.question:
                continue
            changed: dict[str, Any] = {"id": f"{case.id}~{name}", "kind": name, "question": asked}
            if name in _FALSE:
                changed |= {"answerable": False, "answers": (), "required": ()}
            yield case.model_copy(update=changed)


def figures(clean: Sequence[Judged], changed: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """For each change the questions, how many are answered as they should be, how many of the
    same questions are so when clean, and the ratio of the two."""
    known = {one.case.id: one.is_well_answered for one in clean}
    result = {}
    for name in _CHANGES:
        own = [one for one in changed if one.case.kind == name]
        if not own:
            continue
        accuracy = share(one.is_well_answered for one in own) or 0.0
        before = share(known[one.case.id.split("~")[0]] for one in own)
        ratio = round(accuracy / before, 4) if before and name not in _FALSE else None
        result[name] = {
            "questions": len(own),
            "clean": None if name in _FALSE else before,
            "accuracy": accuracy,
            "ratio": ratio,
        }
    return result


def _typo(question: str, chance: random.Random) -> str:
    """One vowel of a Korean word that is easily mistaken, or two letters of an English one."""
    words = list(_HANGUL_WORD.finditer(question)) or list(_LATIN_WORD.finditer(question))
    chance.shuffle(words)
    for word in words:
        places = list(range(word.start() + 1, word.end() - 1))
        chance.shuffle(places)
        for place in places:
            if wrong := _mistyped(question, place):
                return wrong
    return question


def _mistyped(text: str, place: int) -> str:
    if not _HANGUL.match(text[place]):
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        return swapped if swapped != text else ""
    own = letters(text[place])
    if own is None or own.vowel not in _OTHER_VOWEL:
        return ""
    slipped = replace(own, vowel=_OTHER_VOWEL[own.vowel]).syllable
    return text[:place] + slipped + text[place + 1 :]


def _unspaced(question: str, chance: random.Random) -> str:
    return "".join(question.split()) if _HANGUL.search(question) else question


def _informal(question: str, chance: random.Random) -> str:
    for polite, plain in wording()["robustness"]["informal"]:
        question = re.sub(polite, plain, question)
    return question


def _greeted(question: str, chance: random.Random) -> str:
    language = "ko" if _HANGUL.search(question) else "zh" if _HAN.search(question) else "en"
    return str(wording()["robustness"]["greeting"][language]).format(question)


def _with_hanja(question: str, chance: random.Random) -> str:
    return _renamed(question, _HAN, "{name}({other})") if _HANGUL.search(question) else question


def _romanised(question: str, chance: random.Random) -> str:
    return _renamed(question, _LATIN, "{other}") if not _LATIN.search(question) else question


def _renamed(question: str, form: re.Pattern[str], written: str) -> str:
    """The first name of the glossary in a question, written in another of its forms."""
    for group in name_groups():
        other = next(filter(form.fullmatch, group), "")
        for name in sorted(group, key=len, reverse=True) if other else ():
            found = len(name) > 1 and re.search(
                rf"(?<![{HANGUL}A-Za-z]){re.escape(name)}", question
            )
            if found and not form.fullmatch(name):
                new = written.format(name=name, other=other)
                return question[: found.start()] + new + question[found.end() :]
    return question


def _with_old_names(question: str, chance: random.Random) -> str:
    return _replaced(question, wording()["robustness"]["old_names"])


def _of_another_place(question: str, chance: random.Random) -> str:
    return _replaced(question, wording()["robustness"]["other_cities"])


def _replaced(question: str, names: dict[str, str]) -> str:
    for name, other in names.items():
        question = question.replace(name, other)
    return question


def _of_another_year(question: str, chance: random.Random) -> str:
    return _YEAR.sub(lambda year: str(int(year[0]) - _YEARS_AWAY), question)


_CHANGES: dict[str, Change] = {
    "typo": _typo,
    "no spaces": _unspaced,
    "informal": _informal,
    "greeting": _greeted,
    "with hanja": _with_hanja,
    "romanised name": _romanised,
    "old names": _with_old_names,
    "false year": _of_another_year,
    "false place": _of_another_place,
}
