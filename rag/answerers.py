"""Those who write answers: one protocol, and the answerer that needs no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.evidence import Evidence
from vectorstore import Query


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

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[Statement]:
        """Yield the sentences of the answer in order, each as soon as it stands.

        ``evidence`` is sorted, best first, and not empty. Every statement cites at least
        one piece of it.
        """


@dataclass(frozen=True)
class ExtractiveAnswerer:
    """The best sentences of the documents themselves, in the order of their worth."""

    most: int = 3
    # A further sentence must be nearly as good as the first, relative to its score.
    near: float = 0.75
    name: str = "extractive"

    def answer(self, query: Query, evidence: Sequence[Evidence]) -> Iterator[Statement]:
        given: list[Evidence] = []
        for found in evidence:
            if len(given) == self.most or found.score < self.near * evidence[0].score:
                return
            if any(_says_the_same(found, before) for before in given):
                continue
            given.append(found)
            yield Statement(" ".join(found.text.split()), (found,))


def _says_the_same(a: Evidence, b: Evidence) -> bool:
    """One sentence within the other, as a headline within its lead."""
    short, long = sorted(("".join(a.text.split()), "".join(b.text.split())), key=len)
    return short in long
