"""Documents that come, change and go, one at a time, each with a fact to be asked for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geungeo.evals.generated import Generator
from geungeo.evals.wording import wording

Change = Literal["added", "changed", "removed"]

CHANGES: tuple[Change, ...] = ("added", "changed", "removed")
_PASSAGES = 10
_SYLLABLES = 4
# Three digits, so that none is a part of another.
_LEAST, _MOST = 101, 999


@dataclass(frozen=True)
class Turn:
    """What was done to a document. ``question`` asks for its fact: from then on ``value`` answers
    it, or where that is empty nothing does; ``before`` answered it until then."""

    change: Change
    file: Path
    question: str
    value: str
    before: str


@dataclass(frozen=True)
class Ingested:
    """What became of an ingest: what it said where it ``failed``, and whether its turn is told
    ``fresh`` from then on."""

    turn: Turn
    failed: str
    fresh: bool


class Documents:
    """A folder in which each document is added, then changed, then removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chance = random.Random(1)
        self._generator = Generator()
        self._turns = 0
        self._last: Turn | None = None
        self._name = ""

    def turned(self) -> Turn:
        """Do to the files what comes next."""
        change = CHANGES[self._turns % len(CHANGES)]
        number = self._turns // len(CHANGES)
        self._turns += 1
        before = self._last.value if self._last else ""
        if change == "added":
            syllables = self._chance.sample(wording()["soak"]["syllables"].split(), _SYLLABLES)
            self._name = "".join(syllables).capitalize()
        value = "" if change == "removed" else self._value(before)
        file = self._folder / f"soak-{number:04}.txt"
        question = wording()["soak"]["question"].format(name=self._name)
        if value:
            file.write_text(self._text(value), encoding="utf-8")
        else:
            file.unlink()
        self._last = Turn(change, file, question, value, before)
        return self._last

    def _value(self, before: str) -> str:
        while (value := str(self._chance.randint(_LEAST, _MOST))) == before:
            pass
        return value

    def _text(self, value: str) -> str:
        """Other words around the fact each time, so that none is the near copy of another."""
        made = next(self._generator.documents(_PASSAGES)).passages
        fact = wording()["soak"]["fact"].format(name=self._name, value=value)
        return "\n\n".join([fact, *(" ".join(sentences) for sentences in made)])
