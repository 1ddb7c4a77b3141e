"""The stretches of text that a language model is given to answer from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.ranking.evidence import Evidence, Retrieved
from geungeo.vectorstore import Hit, Passage

# A sentence of a list or table says little without its neighbours.
_NEIGHBOURS = 1
_SHORT_SENTENCE = 60
_LONGEST_HEADING = 40
_LETTERS_OF_A_TOKEN = 3
# What a label and a number take, about.
_LABEL_TOKENS = 20
_WIDE = re.compile(r"[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def heading(passage: Passage) -> str:
    """A document's title and date and the section, as far as they are known."""
    return " › ".join(filter(None, (passage.title, passage.date, passage.section)))


def pack(evidence: Sequence[Evidence], *, windows: int, tokens: int) -> list[Evidence]:
    """The best windows that fit with their labels into a budget, best first.

    A window is a piece of evidence, its ``run`` with its neighbours where it is short; text
    that gives orders is left out, and a first window that is too long by itself stays.
    """
    packed: list[Evidence] = []
    left = tokens
    for one in evidence:
        if len(packed) == windows:
            break
        if gives_orders(one.text) or any(_holds(window, one) for window in packed):
            continue
        window = _around(one)
        said = packed and _label(packed[-1].hit.passage) == _label(window.hit.passage)
        size = token_count(window.quote)
        size += 0 if said else token_count(_label(window.hit.passage))
        if packed and size > left:
            continue
        packed.append(window)
        left -= size
    return packed


def fill(
    found: Retrieved, tokens: int, beside: Callable[[str], Sequence[Passage]]
) -> list[Evidence]:
    """The passages that were found, whole, the best first as far as a budget goes, then those
    next to them; laid out by document, in its order.

    ``beside`` gives the passages of a document by its path. The first passage is never left out,
    and what gives orders is.
    """
    hits = [hit for one in (found, *found.parts) for hit in one.hits]
    best = {hit.passage.id: hit.passage for hit in hits}
    chosen: dict[int, Passage] = {}
    left = tokens
    for passage in (*best.values(), *_neighbours(list(best.values()), beside)):
        size = token_count(passage.text) + _LABEL_TOKENS
        if passage.id not in chosen and (size <= left or not chosen):
            chosen[passage.id] = passage
            left -= size
    documents = {hit.passage.path: place for place, hit in reversed(list(enumerate(hits)))}
    order = sorted(chosen.values(), key=lambda one: (documents[one.path], one.start))
    return [window for passage in order for window in whole(passage)]


def _neighbours(
    passages: Sequence[Passage], beside: Callable[[str], Sequence[Passage]]
) -> Iterator[Passage]:
    of: dict[str, Sequence[Passage]] = {}
    for passage in passages:
        own = of.setdefault(passage.path, beside(passage.path))
        place = next((i for i, one in enumerate(own) if one.id == passage.id), None)
        if place is not None:
            yield from own[place + 1 : place + 2]
            yield from own[max(0, place - 1) : place]


def whole(passage: Passage) -> Iterator[Evidence]:
    """A passage, in several stretches where sentences between them give orders."""
    hit = Hit(passage, 0.0, 0.0, 0.0, 0.0)
    first: int | None = None
    for index in range(len(passage.sentences) + 1):
        ends = index == len(passage.sentences) or gives_orders(passage.sentence_text(index))
        if not ends and first is None:
            first = index
        elif ends and first is not None:
            yield Evidence(hit, first, 0.0, run=(first, index - 1))
            first = None


def laid_out(windows: Sequence[Evidence]) -> str:
    """Numbered windows, one a line; a label stands above those that share it."""
    lines: list[str] = []
    label = ""
    for n, window in enumerate(windows, 1):
        own = _label(window.hit.passage)
        if own != label:
            label = own
            lines.append(label)
        lines.append(f"[{n}] {' '.join(window.quote.split())}")
    return "\n".join(lines)


def token_count(text: str) -> int:
    """About how many tokens a language model takes for a text: a Hangul syllable or a Chinese
    character is one, and so are three other characters."""
    wide = len(_WIDE.findall(text))
    return wide + (len(text) - wide) // _LETTERS_OF_A_TOKEN


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_HEADING else f"{text[: _LONGEST_HEADING - 1]}…"


def _label(passage: Passage) -> str:
    """The heading, short enough for a prompt: of the section its last part alone."""
    section = passage.section.rsplit(" › ", 1)[-1]
    title, section = (_cut(part) for part in (passage.title, section))
    return " › ".join(filter(None, (title, passage.date, section)))


def _holds(window: Evidence, other: Evidence) -> bool:
    first, last = window.sentences
    return other.hit.passage.id == window.hit.passage.id and first <= other.index <= last


def _around(one: Evidence) -> Evidence:
    passage = one.hit.passage
    first = last = one.index
    if len(one.text) < _SHORT_SENTENCE:
        first = max(0, first - _NEIGHBOURS)
        last = min(len(passage.sentences) - 1, last + _NEIGHBOURS)
    while first < one.index and gives_orders(passage.sentence_text(first)):
        first += 1
    while last > one.index and gives_orders(passage.sentence_text(last)):
        last -= 1
    return replace(one, run=(first, last))
