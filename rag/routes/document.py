"""One document as a whole: its central sentences, its contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType

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
# so many. And what it is worth to stand where the topic is that is asked about.
_WORTH_OF_PLACE = _WORTH_OF_TOPIC = 0.2
_BEGINNING, _LEAST_BEGINNING = 0.05, 3
_HEADINGS = 12
# Sentences that are weighed against each other: their cosines are a square.
_MOST_WEIGHED = 1000
_DEEPEST_HEADING = 3
# Headings that are told, and the parts in which a document may begin with its summary.
_FEWEST_POINTS, _OPENING = 3, 2

_ADDRESS_OR_QUESTION = re.compile(r"\S@\S|https?:|\?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}")
_MARKER = re.compile(r"\W*\w{1,3}\)")
_POINT = re.compile(r"(\d{1,2})(\.|\s)\s*\S")


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


def central_sentences(
    store: Store,
    path: str,
    question: Vectors,
    most: int = _MOST,
    on_topic: Mapping[int, float] = MappingProxyType({}),
) -> list[Quote]:
    """The sentences, at most so many, that say most of a document, in its order. Of a long one
    each second sentence is weighed, or each third, and so on.

    ``on_topic`` says, from 0 to 1, how well passages fit the topic that is asked about, by id.
    """
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
        _worth_of_places(quotes)
        + [_WORTH_OF_TOPIC * on_topic.get(one.passage.id, 0.0) for one in quotes],
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


def main_points(passages: Sequence[Passage]) -> list[Quote]:
    """The headings within the longest part of a document, as the aims of a plan, else those of
    its parts; only such as are numbered from one on without a gap, and none where the document
    begins with what sums it up."""
    parts: dict[str, dict[str, Quote]] = {}
    lengths: dict[str, int] = {}
    for passage in passages:
        part, *within = passage.section.split(" › ")
        if len(parts) <= _OPENING and pattern("outline", "summary").search(part):
            return []
        points = parts.setdefault(part, {"": Quote(passage, 0, part)})
        for heading in within[:1]:
            points.setdefault(heading, Quote(passage, 0, heading))
        lengths[part] = lengths.get(part, 0) + len(passage.text)
    longest = parts[max(lengths, key=lengths.__getitem__)] if parts else {}
    return _run(longest.values()) or _run(points[""] for points in parts.values())


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


def _run(headings: Iterable[Quote]) -> list[Quote]:
    """Those of some headings that are numbered alike, from one on without a gap."""
    runs: dict[str, list[Quote]] = {}
    numbers: dict[str, list[int]] = {}
    for heading in headings:
        if numbered := _POINT.match(heading.text):
            runs.setdefault(numbered[2], []).append(heading)
            numbers.setdefault(numbered[2], []).append(int(numbered[1]))
    whole = [
        run
        for mark, run in runs.items()
        if len(run) >= _FEWEST_POINTS and numbers[mark] == list(range(1, len(run) + 1))
    ]
    return max(whole, key=len, default=[])


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
    # A note with half a pair of brackets is a piece of a line or of a picture.
    own = _MARKER.sub("", text)
    is_piece = not is_sentence and own.count("(") != own.count(")")
    return (
        not is_piece
        and shortest <= len(text) <= _LONGEST
        and passage.kind(index) in ("sentence", "item")
        and not (is_title or gives_orders(text) or _ADDRESS_OR_QUESTION.search(text))
    )
