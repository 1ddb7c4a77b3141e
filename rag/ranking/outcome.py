"""How something was decided in the end, as the order of a judgment or the resolutions of minutes.

Who asks for it tells of the case in words that stand anywhere in the document but there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geungeo.lang.rules import pattern
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.evidence import Retrieved
from geungeo.rag.ranking.matching import Candidate, match
from geungeo.rag.ranking.weights import log_odds, probability
from geungeo.vectorstore import Hit, Passage, Store

# Passages that say it: an order may be split in two.
_MOST = 2
# Reading may put another document first: those of so many are read.
_DOCUMENTS = 2
# Whether a matter was decided is told by whether the document is on it: where nearly all that was
# found is in it, by log-odds beside what passages tell, in which the case itself is described.
_ONE_DOCUMENT, _DECIDED = 0.95, 1.0
# How far it fits: it says more than what the question asks for, and other sentences may tell which.
_FIT = 0.5
_PUNISHMENT = "asked of punishment"

Said = tuple[Passage, int]
"""A passage that says how a matter was decided, and its sentence that begins to."""


@dataclass(frozen=True)
class Outcomes:
    """Finds the passages that say how the matter of a question was decided."""

    store: Store

    def beside(self, question: Question, best: Sequence[Candidate]) -> list[Candidate]:
        """Those of the documents that most of the best passages are from, where the question
        asks for them and they are not among the best."""
        if not best or not _asks(question):
            return []
        known = {one.hit.passage.id for one in best}
        new = [
            passage
            for path in _most_of([one.hit for one in best])
            for passage, _ in _said(question, self.store.passages(path))
            if passage.id not in known
        ]
        vectors, terms = self.store.sentence_vectors(new), self.store.terms(new)
        last = best[-1].hit
        found = []
        for one in new:
            # A writer may have withdrawn a document meanwhile.
            if one.id in vectors and one.id in terms:
                cosines = tuple((vectors[one.id] @ question.query.vector).tolist())
                hit = Hit(one, last.score, 0.0, max(cosines), last.fused, cosines, terms[one.id])
                found.append(match(question.query, hit))
        return found

    def first(self, found: Retrieved) -> Retrieved:
        """What was found, with how the document that most of it is from decided before all else,
        where the question asks for that and the document says it."""
        if not found.hits or not _asks(found.question):
            return found
        shares = _shares(found.hits)
        path = max(shares, key=shares.__getitem__)
        own = {one.passage.id: one for one in found.hits if one.passage.path == path}
        passages = sorted((one.passage for one in own.values()), key=lambda one: one.start)
        said = _said(found.question, passages)
        ids = [passage.id for passage, _ in said]
        top, best = found.evidence[0], max(hit.score for hit in found.hits)
        hits = {key: replace(own[key], score=best) for key in ids}
        evidence = [
            replace(top, hit=hits[one.id], index=index, fit=min(top.fit, _FIT))
            for one, index in said
        ]
        rest = [i for i, hit in enumerate(found.hits) if hit.passage.id not in hits]
        sure = bool(said) and shares[path] >= _ONE_DOCUMENT
        return replace(
            found,
            confidence=probability(log_odds(found.confidence) + _DECIDED * sure),
            hits=(*hits.values(), *(found.hits[i] for i in rest)),
            lacks=(*[()] * len(hits), *(found.lacks[i] for i in rest)),
            evidence=(*evidence, *(v for v in found.evidence if v.hit.passage.id not in hits)),
        )


def _asks(question: Question) -> bool:
    if question.form == "reason":
        return False
    return any(pattern("outcomes", one).search(question.own) for one in ("asked", _PUNISHMENT))


def _shares(hits: Sequence[Hit]) -> dict[str, float]:
    """By the paths of documents the shares, from 0 to 1, of some hits that are from them."""
    shares: defaultdict[str, float] = defaultdict(float)
    whole = sum(hit.score for hit in hits) or 1.0
    for hit in hits:
        shares[hit.passage.path] += hit.score / whole
    return shares


def _most_of(hits: Sequence[Hit]) -> list[str]:
    """The paths of the documents that most of some hits are from."""
    shares = _shares(hits)
    return sorted(shares, key=lambda path: -shares[path])[:_DOCUMENTS]


def _said(question: Question, passages: Sequence[Passage]) -> list[Said]:
    """Where a document says it: in the part that is there for it, or else wherever it does; a
    punishment that is not named there is looked for in the whole of it."""
    section = pattern("outcomes", "section")
    within = [passage for passage in passages if section.search(passage.section)]
    said = list(_sentences(within, None))[:_MOST] or list(_sentences(passages, "said"))[:_MOST]
    if said and pattern("outcomes", _PUNISHMENT).search(question.own):
        told = pattern("outcomes", "said of punishment")
        if not any(told.search(passage.text) for passage, _ in said):
            said = [*list(_sentences(passages, "said of punishment"))[:1], *said]
    return said


def _sentences(passages: Sequence[Passage], meaning: str | None) -> Iterator[Said]:
    """The first sentence of each passage that has one with such a meaning, or any."""
    for passage in passages:
        for index in range(len(passage.sentences)):
            said = meaning is None or pattern("outcomes", meaning).search(
                passage.sentence_text(index)
            )
            if said and passage.kind(index) not in ("heading", "caption"):
                yield passage, index
                break
