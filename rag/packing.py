"""The few stretches of text that a language model is given to answer from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.orders import gives_orders
from rag.retrieval import Evidence
from vectorstore import Passage

# A sentence of a list or table says little without its neighbours.
_NEIGHBOURS = 1
_SHORT_SENTENCE = 60


@dataclass(frozen=True)
class Window:
    """Sentences of one passage that follow each other, ``evidence`` the best among them."""

    evidence: Evidence
    first: int
    last: int

    @property
    def passage(self) -> Passage:
        return self.evidence.hit.passage

    @property
    def span(self) -> tuple[int, int]:
        sentences = self.passage.sentences
        return sentences[self.first][0], sentences[self.last][1]

    @property
    def text(self) -> str:
        start, end = self.span
        passage = self.passage
        return passage.text[start - passage.start : end - passage.start]

    @property
    def heading(self) -> str:
        """The document's title and date and the section, as far as they are known."""
        passage = self.passage
        return " › ".join(filter(None, (passage.title, passage.date, passage.section)))

    def holds(self, other: Evidence) -> bool:
        return other.hit.passage.id == self.passage.id and self.first <= other.index <= self.last


def pack(evidence: Sequence[Evidence], *, windows: int, characters: int) -> list[Window]:
    """The best windows that fit into a budget, best first.

    Every window is a piece of evidence with its neighbours where it is short; text that
    gives orders is left out, and a first window that is too long by itself stays.
    """
    packed: list[Window] = []
    left = characters
    for one in evidence:
        if len(packed) == windows:
            break
        if gives_orders(one.text) or any(window.holds(one) for window in packed):
            continue
        window = _around(one)
        size = len(window.text)
        if packed and size > left:
            continue
        packed.append(window)
        left -= size
    return packed


def _around(one: Evidence) -> Window:
    passage = one.hit.passage
    first = last = one.index
    if len(one.text) < _SHORT_SENTENCE:
        first = max(0, first - _NEIGHBOURS)
        last = min(len(passage.sentences) - 1, last + _NEIGHBOURS)
    while first < one.index and gives_orders(passage.sentence_text(first)):
        first += 1
    while last > one.index and gives_orders(passage.sentence_text(last)):
        last -= 1
    return Window(one, first, last)
