"""Those who write answers: one protocol, and the answerer that needs no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rag.retrieval import Evidence, Retrieved


@dataclass(frozen=True)
class Statement:
    """A sentence of an answer and the evidence that it cites."""

    text: str
    evidence: tuple[Evidence, ...]


class Answerer(Protocol):
    """Writes an answer from evidence."""

    @property
    def name(self) -> str:
        """What the page and the command line call it."""

    def answer(self, found: Retrieved) -> Iterator[Statement]:
        """Yield the sentences of the answer in order, each as soon as it stands.

        ``found`` holds some evidence. Every statement cites at least one piece of it.
        """


@dataclass(frozen=True)
class ExtractiveAnswerer:
    """The best sentences of the documents themselves, in the order of their worth."""

    most: int = 3
    # A further sentence must fit at least this share as well as the best one.
    near: float = 0.1
    name: str = "extractive"

    def answer(self, found: Retrieved) -> Iterator[Statement]:
        given: list[Evidence] = []
        for evidence in found.evidence:
            if len(given) == self.most or evidence.fit < self.near * found.evidence[0].fit:
                return
            if any(_says_the_same(evidence, before) for before in given):
                continue
            given.append(evidence)
            yield Statement(" ".join(evidence.text.split()), (evidence,))


def _says_the_same(a: Evidence, b: Evidence) -> bool:
    """One sentence within the other, as a headline within its lead."""
    short, long = sorted(("".join(a.text.split()), "".join(b.text.split())), key=len)
    return short in long
