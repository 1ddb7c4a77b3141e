"""One document as a whole: its central sentences, its contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from geungeo.lang.ends import ends_sentence
from geungeo.lang.folding import fold
from geungeo.lang.rules import pattern
from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.routes.summary import Floats, central
from geungeo.vectorstore import Passage, Store
from geungeo.vectorstore.embedding import Vectors

# Sentences of a summary: a share of all, and no fewer or more than so many.
_SHARE, _FEWEST, _MOST = 0.2, 4, 8
# Letters of what is quoted; a whole sentence may be shorter.
_SHORTEST, _SHORTEST_SENTENCE, _LONGEST = 20, 10, 350
# What it is worth to stand at the beginning, or in a part that says what the whole does, and
# once more to open that part; the beginning is that share of the sentences, and no fewer than
# so many.
_WORTH_OF_PLACE = 0.2
_BEGINNING, _LEAST_BEGINNING = 0.05, 3
_HEADINGS = 12
# Sentences that are weighed against each other: their cosines are a square.
_MOST_WEIGHED = 1000
_DEEPEST_HEADING = 3

_ADDRESS_OR_QUESTION = re.compile(r"\S@\S|https?:|\?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class Quote:
    """A sentence of a passage by its index, or a heading before it as ``heading``."""

    passage: Passage
    index: int
    heading: str = ""

    @property
    def text(self) -> str:
        return self.heading or " ".join(self.passage.sentence_text(self.index).split())


@dataclass(frozen=True)
class Heading:
    """A heading with its depth, from 1, and the page and character at which its first passage
    begins."""

    text: str
    depth: int
    page: int
    start: int


def central_sentences(store: Store, path: str, question: Vectors, most: int = _MOST) -> list[Quote]:
    """The sentences, at most so many, that say most of a document, in its order. Of a long one
    each second sentence is weighed, or each third, and so on."""
    passages = [
        passage
        for passage in store.passages(path)
        if not pattern("outline", "sources").search(passage.section)
    ]
    vectors = store.sentence_vectors(passages)
    told = [
        Quote(passage, n)
        for passage in passages
        if passage.id in vectors
        for n in range(len(passage.sentences))
        if _says_something(passage, n)
    ]
    quotes = told[:: -(-len(told) // _MOST_WEIGHED) or 1]
    if not quotes:
        return []
    chosen = central(
        np.array([vectors[one.passage.id][one.index] for one in quotes], np.float64),
        np.asarray(question, np.float64),
        _worth_of_places(quotes),
        min(most, max(_FEWEST, round(_SHARE * len(quotes)))),
    )
    return [quotes[n] for n in chosen]


def contents(store: Store, path: str) -> list[Quote]:
    """The first headings of a document, each with the passage that it stands over."""
    seen: dict[str, Quote] = {}
    for passage in store.passages(path):
        heading = passage.section.split(" › ")[0].strip()
        if _WORD.search(heading):
            seen.setdefault(heading, Quote(passage, 0, heading))
    return list(seen.values())[:_HEADINGS]


def outline(passages: Sequence[Passage]) -> list[Heading]:
    """The headings over the passages of a document, in its order, with those that they lie
    within."""
    found: list[Heading] = []
    above: list[str] = []
    for passage in passages:
        own = list(filter(_WORD.search, passage.section.split(" › ")))[:_DEEPEST_HEADING]
        pairs = zip(above, own, strict=False)
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        found.extend(
            Heading(text, depth, passage.page, passage.start)
            for depth, text in enumerate(own[same:], same + 1)
        )
        above = own
    return found


def letters_of(text: str) -> str:
    """The letters and digits of a text, folded."""
    return re.sub(r"[\W_]", "", fold(text))


def _worth_of_places(quotes: Sequence[Quote]) -> Floats:
    """Of shape (quotes,)."""
    beginning = max(_LEAST_BEGINNING, round(_BEGINNING * len(quotes)))
    summarising = pattern("outline", "summarising")
    worth = np.zeros(len(quotes))
    before = ""
    for n, section in enumerate(quote.passage.section for quote in quotes):
        summarises = bool(summarising.search(section))
        opens = summarises and section != before
        worth[n] = _WORTH_OF_PLACE * ((n < beginning) + summarises + opens)
        before = section
    return worth


def _says_something(passage: Passage, index: int) -> bool:
    text = Quote(passage, index).text
    is_title = letters_of(text) == letters_of(passage.title)
    is_sentence = ends_sentence(text) and text.rstrip(".。!?！？")[-1:].isalpha()
    shortest = _SHORTEST_SENTENCE if is_sentence else _SHORTEST
    return (
        shortest <= len(text) <= _LONGEST
        and passage.kind(index) in ("sentence", "item")
        and not (is_title or gives_orders(text) or _ADDRESS_OR_QUESTION.search(text))
    )
