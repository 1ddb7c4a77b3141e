"""A sentence that a model has written against the sources that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geungeo.rag.answer.answerers import Dropped, Statement
from geungeo.rag.answer.packing import heading
from geungeo.rag.answer.verification import Grounds, Verifier
from geungeo.rag.ranking.evidence import Evidence

_MARK = re.compile(r"\s*[\[【]([\d,，\s]+)[\]】]")
_NUMBER = re.compile(r"\d+")
# Sources that are looked at for a sentence that those it names do not hold; sentences of a source
# that are tried by themselves, and how many beside each other.
_UNNAMED, _TRIED, _BESIDE = 3, 3, 3
# What leads in to what follows says nothing by itself.
_LEADS_IN = (":", "：")
_ASKS = ("?", "？")


@dataclass(frozen=True)
class Checker:
    """Keeps what the sources hold."""

    verifier: Verifier

    def check(
        self, written: str, asked: frozenset[str], sources: Sequence[Evidence]
    ) -> Statement | Dropped | None:
        """The sentence with what holds it: one of the sources that it names, all of them
        together, or one of the nearest, since models count badly; None for one that asks, leads
        in to others, or says no more than the terms of the question, ``asked``."""
        numbers = [int(n) - 1 for mark in _MARK.findall(written) for n in _NUMBER.findall(mark)]
        named = [sources[n] for n in dict.fromkeys(numbers) if 0 <= n < len(sources)]
        text = _MARK.sub("", written).strip()
        if not text or text.endswith((*_LEADS_IN, *_ASKS)) or self.verifier.terms(text) <= asked:
            return None
        if held := self._held(text, named):
            return held
        if len(named) > 1 and self._holds(text, named):
            return Statement(text, tuple(self._near(text, one)[0] for one in named), "checked")
        others = [one for one in sources if one not in named]
        return self._held(text, self._nearest(text, others)) or Dropped(text)

    def _held(self, text: str, sources: Sequence[Evidence]) -> Statement | None:
        """The sentence with the first of some sources that holds it."""
        held = next(filter(None, (self._holding(text, one) for one in sources)), None)
        return Statement(text, (held,), "checked") if held else None

    def _nearest(self, text: str, sources: Sequence[Evidence]) -> list[Evidence]:
        return self._by_nearness(text, sources)[:_UNNAMED]

    def _holding(self, text: str, source: Evidence) -> Evidence | None:
        """The shortest run of sentences of a source, around one that is near, that holds a
        text."""
        for run in self._runs(text, source):
            if self._holds(text, [run]):
                return run
        return None

    def _runs(self, text: str, source: Evidence) -> Iterator[Evidence]:
        near = self._near(text, source)
        yield from near[:_TRIED]
        first, last = source.sentences
        best = near[0].index
        for count in range(2, _BESIDE + 1):
            for start in range(max(first, best - count + 1), min(best, last - count + 1) + 1):
                yield replace(near[0], run=(start, start + count - 1))
        if last - first >= _BESIDE:
            yield replace(near[0], run=(first, last))

    def _near(self, text: str, source: Evidence) -> list[Evidence]:
        """The sentences of a source, the nearest first."""
        first, last = source.sentences
        own = [replace(source, index=i, run=None) for i in range(first, last + 1)]
        return self._by_nearness(text, own)

    def _by_nearness(self, text: str, evidence: Sequence[Evidence]) -> list[Evidence]:
        """By how near to a text in meaning what is quoted is, the nearest first."""
        near = self.verifier.cosines(text, [one.quote for one in evidence])
        return [evidence[i] for i in sorted(range(len(near)), key=lambda i: -near[i])]

    def _holds(self, text: str, sources: Sequence[Evidence]) -> bool:
        passages = [(one.quote, one.hit.passage) for one in sources]
        grounds = [Grounds(quote, heading(own), own.text, own.date) for quote, own in passages]
        return self.verifier.verify(text, grounds).supported
