"""One document as a whole: which one is meant, its central sentences, its contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geungeo.lang.analyzer import fold
from geungeo.lang.outline_words import SOURCES, SUMMARISING
from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.ranking.matching import Candidate, coverage
from geungeo.rag.routes.summary import central
from geungeo.vectorstore import DocumentSummary, Passage, Query, Store
from geungeo.vectorstore.embedding import Vectors

_MOST = 6
_SHORTEST, _LONGEST = 20, 350
_WORTH_OF_PLACE = 0.2
_LEAD = 0.05
_LEAST_LEAD = 3
_HEADINGS = 12
_SHORTEST_NAME = 4
# The best passages of a document that are counted, and by how much it has to be before others.
_PASSAGES = 2
_STANDS_OUT = 1.05


_ADDRESS = re.compile(r"\S@\S|https?:|\?\s*$")


@dataclass(frozen=True)
class Quote:
    """A sentence of a passage by its index, or a heading before it as ``heading``."""

    passage: Passage
    index: int
    heading: str = ""

    @property
    def text(self) -> str:
        return self.heading or " ".join(self.passage.sentence_text(self.index).split())


def named(question: str, documents: Sequence[DocumentSummary]) -> DocumentSummary | None:
    """The document whose code, file name or title stands in a question."""
    said = _bare(question)
    for document in documents:
        stem = re.sub(r"\.\w{1,5}$", "", document.name)
        for name in (document.code, document.title, stem):
            bare = _bare(name)
            if len(bare) >= _SHORTEST_NAME and bare in said:
                return document
    return None


def found_most(
    candidates: Sequence[Candidate], query: Query, documents: Sequence[DocumentSummary]
) -> DocumentSummary | None:
    """The document whose passages and headings fit a question best, where one stands out."""
    fits: dict[str, list[float]] = {}
    headed: dict[str, float] = {}
    for one in candidates:
        path = one.hit.passage.path
        fits.setdefault(path, []).append(one.hit.score)
        in_headings = float(coverage(query, one.held[:1])[0])
        headed[path] = max(headed.get(path, 0.0), in_headings)
    worth = {
        path: sum(sorted(own, reverse=True)[:_PASSAGES]) * (1 + headed[path])
        for path, own in fits.items()
    }
    best = sorted(worth, key=lambda path: -worth[path])[:2]
    if len(best) > 1 and worth[best[0]] < _STANDS_OUT * worth[best[1]]:
        return None
    return next((one for one in documents if one.path in best[:1]), None)


def central_sentences(store: Store, path: str, question: Vectors) -> list[Quote]:
    """The sentences that say most of a document, in its order."""
    passages = store.passages(path)
    quotes, rows = [], []
    for passage, vectors in zip(passages, store.sentence_vectors(passages), strict=True):
        if SOURCES.search(passage.section):
            continue
        for index in range(len(passage.sentences)):
            if _says_something(passage, index):
                quotes.append(Quote(passage, index))
                rows.append(vectors[index])
    if not quotes:
        return []
    lead = max(_LEAST_LEAD, round(_LEAD * len(quotes)))
    prior = [
        _WORTH_OF_PLACE * ((n < lead) + bool(SUMMARISING.search(quote.passage.section)))
        for n, quote in enumerate(quotes)
    ]
    chosen = central(np.array(rows, float), np.asarray(question, float), np.array(prior), _MOST)
    return [quotes[n] for n in chosen]


def contents(store: Store, path: str) -> list[Quote]:
    """The first headings of a document, each with the passage that it stands over."""
    seen: dict[str, Quote] = {}
    for passage in store.passages(path):
        heading = passage.section.split(" › ")[0].strip()
        if heading and re.search(r"[^\W\d_]{2}", heading):
            seen.setdefault(heading, Quote(passage, 0, heading))
    return list(seen.values())[:_HEADINGS]


def _says_something(passage: Passage, index: int) -> bool:
    text = Quote(passage, index).text
    fits = _SHORTEST <= len(text) <= _LONGEST and passage.kind(index) in ("sentence", "item")
    is_title = _bare(text) == _bare(passage.title)
    return fits and not (is_title or gives_orders(text) or _ADDRESS.search(text))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
