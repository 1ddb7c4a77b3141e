"""Those who write answers: one protocol, and the answerer that needs no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rag.orders import gives_orders
from rag.retrieval import Evidence, Retrieved

_BY_DOCUMENT = re.compile(
    r"문서\s?별|문서\s?마다|각각?\s?(?:의\s)?문서|자료\s?별|보고서\s?별"
    r"|(?:each|every|per|by|across|different) (?:of the )?(?:document|report|source|file)s?"
    r"|[每各](?:份|个|篇)?(?:文件|文档|报告|资料)|按(?:文件|文档|报告)|分别",
    re.IGNORECASE,
)
# Fits are shares of all sentences; the best of another document may lie far below.
_NEAR_IN_OTHER_DOCUMENT = 0.005


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

    def confidence(self, found: Retrieved) -> float:
        """The probability, from 0 to 1, that the evidence answers the question."""

    def answer(self, found: Retrieved) -> Iterator[Statement]:
        """Yield the sentences of the answer in order, each as soon as it stands.

        ``found`` holds some evidence. Every statement cites at least one piece of it.
        """


@dataclass(frozen=True)
class ExtractiveAnswerer:
    """The best sentences of the documents themselves, in the order of their worth.

    Asked for each document, it gives the best sentence of each that has a fitting one.
    """

    most: int = 4
    # A further sentence must fit at least this share as well as the best one.
    near: float = 0.1
    name: str = "extractive"

    def confidence(self, found: Retrieved) -> float:
        return found.confidence

    def answer(self, found: Retrieved) -> Iterator[Statement]:
        by_document = bool(_BY_DOCUMENT.search(found.query.text))
        near = _NEAR_IN_OTHER_DOCUMENT if by_document else self.near
        offered = (one for one in found.evidence if not gives_orders(one.text))
        given: list[Evidence] = []
        best = 0.0
        for evidence in offered:
            best = best or evidence.fit
            if len(given) == self.most or evidence.fit < near * best:
                return
            if any(_says_the_same(evidence, before) for before in given):
                continue
            path = evidence.hit.passage.path
            if by_document and any(path == before.hit.passage.path for before in given):
                continue
            given.append(evidence)
            yield Statement(" ".join(evidence.text.split()), (evidence,))


def _says_the_same(a: Evidence, b: Evidence) -> bool:
    """One sentence within the other, as a headline within its lead."""
    short, long = sorted(("".join(a.text.split()), "".join(b.text.split())), key=len)
    return short in long
