"""Passages that stand in several documents count as one source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz

from geungeo.lang.polarity import clauses, is_negated
from geungeo.lang.values.facts import facts
from geungeo.vectorstore import Hit

_ALIKE = 95


def joined(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those that say what a better one in another document says, which then
    names their documents as ``also``."""
    kept: list[_Passage] = []
    for hit in hits:
        passage = _Passage(hit)
        same = next((n for n, other in enumerate(kept) if other.says_the_same(passage)), None)
        if same is None:
            kept.append(passage)
            continue
        first = kept[same].hit
        also = dict.fromkeys((*first.also, hit.passage.document))
        kept[same] = _Passage(replace(first, also=tuple(also)))
    return [passage.hit for passage in kept]


@dataclass(frozen=True)
class _Passage:
    hit: Hit

    @cached_property
    def plain(self) -> str:
        return "".join(self.hit.passage.text.split())

    @cached_property
    def claims(self) -> tuple[object, ...]:
        """What a change of a few letters would change: values and denials."""
        text = self.hit.passage.text
        found = facts(text)
        dates = {(date.year, date.month, date.day) for date in found.dates}
        quantities = {(one.value, one.unit) for one in found.quantities}
        return dates, quantities, found.codes, sum(map(is_negated, clauses(text)))

    def says_the_same(self, other: _Passage) -> bool:
        """A draft with another number in it is not its final version."""
        return (
            self.hit.passage.path != other.hit.passage.path
            and bool(fuzz.ratio(self.plain, other.plain, score_cutoff=_ALIKE))
            and self.claims == other.claims
        )
