"""Answers on the facts that they have to hold, whether they are long or short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from geungeo.evals.comparing.words import words

# Characters of an answer that count, so that showing everything does not pay.
_READ = 1200
_MARK = re.compile(r"\[\d+\]")
_MARKS_AT_END = re.compile(r"(?:\s*\[\d+\])+\s*$")
# How a sentence, heading, item or row may end; no word or clause is broken off there.
_LAST_MARKS = ".?!。？！…:;”’\"')]」』〉》%|"
_LAST_WORDS: list[str] = words()["nuggets"]["ends"]


class Nugget(BaseModel):
    """A fact of a right answer: it is there where one of the forms in ``any`` stands in the answer,
    white space, commas and case aside. ``vital`` ones make an answer right."""

    model_config = ConfigDict(frozen=True)

    any: tuple[str, ...] = Field(min_length=1)
    vital: bool = True


@dataclass(frozen=True)
class Held:
    """How many nuggets an answer holds of so many; ``right``: all vital ones are among them."""

    right: bool
    count: int
    of: int


def held(said: str, nuggets: Sequence[Nugget]) -> Held:
    """What an answer, cut at 1,200 characters, holds of its nuggets."""
    shown = _squeezed(_MARK.sub("", said)[:_READ])
    there = [any(_squeezed(form) in shown for form in nugget.any) for nugget in nuggets]
    right = all(is_there for is_there, nugget in zip(there, nuggets, strict=True) if nugget.vital)
    return Held(right, sum(there), len(there))


def whole_lines(said: str) -> tuple[int, int]:
    """How many lines of an answer end as a line may end, and how many there are."""
    ends = [line.endswith((*_LAST_MARKS, *_LAST_WORDS)) for line in _lines(said)]
    return sum(ends), len(ends)


def _lines(said: str) -> Iterator[str]:
    for line in said.split("\n"):
        if shown := _MARKS_AT_END.sub("", line).strip():
            yield shown


def _squeezed(text: str) -> str:
    return re.sub(r"[\s,，]+", "", text).lower()
