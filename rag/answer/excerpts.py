"""What is shown around a sentence that answers, so that it can be understood alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geungeo.lang.documents.marks import CONTENTS_ENTRY
from geungeo.lang.ends import ends_sentence
from geungeo.rag.answer.orders import gives_orders
from geungeo.rag.answer.tables import without_bars
from geungeo.rag.ranking.evidence import Evidence
from geungeo.vectorstore import Passage
from geungeo.vectorstore.records import SentenceKind

# Numbers without a unit, single letters, and codes such as 88R or GSJ; a number among them.
_BARE = re.compile(r"(?=.*\d)(?:(?:[+-]?\d[\d.,]*|[A-Za-z]|[A-Z0-9]{2,3})(?:\s+|$))+")
# Characters of an excerpt; a passage is about as long.
LONGEST = 480
_LONGEST_LEAD = 40
# A table that was scanned has so many columns at least.
_COLUMNS = 3
# What names other text says nothing by itself.
_NAMES = ("heading", "caption")


def says_something(evidence: Evidence) -> bool:
    """Whether a sentence is more than a heading, here or in a table of contents, and gives no
    orders to whoever answers."""
    kind = evidence.hit.passage.kind(evidence.index)
    is_name = kind in _NAMES or CONTENTS_ENTRY.search(evidence.text)
    return not is_name and not gives_orders(evidence.text)


def excerpt(evidence: Evidence) -> Evidence:
    """A sentence with the whole sentences of its passage that stand around it; by itself where
    it is a row of a table, which carries its labels."""
    passage = evidence.hit.passage
    first = last = evidence.index
    if passage.kind(first) == "row":
        return evidence
    growing = True
    while growing:
        growing = False
        for start, end in ((first, last + 1), (first - 1, last)):
            if _may_be_one(passage, start, end):
                first, last, growing = start, end, True
                break
    while last > evidence.index and _leads_on(passage, last):
        last -= 1
    return replace(evidence, run=(first, last))


def _leads_on(passage: Passage, index: int) -> bool:
    """Whether a line between items, or at the end of a passage after one, only leads to those
    that come after it, as a heading does."""
    around = [passage.kind(i) for i in (index - 1, index + 1) if i < len(passage.sentences)]
    if passage.kind(index) != "sentence" or set(around) != {"item"}:
        return False
    text = passage.sentence_text(index)
    return len(text) <= _LONGEST_LEAD and not ends_sentence(text)


def _may_be_one(passage: Passage, first: int, last: int) -> bool:
    if first < 0 or last >= len(passage.sentences):
        return False
    if passage.sentences[last][1] - passage.sentences[first][0] > LONGEST:
        return False
    return not any(
        passage.kind(i) in (*_NAMES, "row") or gives_orders(passage.sentence_text(i))
        for i in (first, last)
    )


def _says_nothing(text: str, kind: SentenceKind, before: str) -> bool:
    """Whether a stretch is a mark that stands alone, a page number, the numbers of a chart or an
    entry of a table of contents; numbers say something below the names of their columns, which
    stand ``before`` them."""
    bare = kind == "sentence" and _BARE.fullmatch(text) and not _is_number_row(text, before)
    return bool(bare or CONTENTS_ENTRY.search(text)) or not any(map(str.isalnum, text))


def _is_number_row(text: str, before: str) -> bool:
    """Whether a stretch is bare numbers below the names of their columns, as in a table that was
    scanned."""
    numbers, names = len(text.split()), len(before.split())
    is_below = _COLUMNS <= numbers <= names and not ends_sentence(before)
    return is_below and bool(_BARE.fullmatch(text))


def lines(evidence: Evidence) -> Iterator[str]:
    """An excerpt as it is shown: sentences of a paragraph on one line, every item and row on its
    own, rows without their bars, numbers below the names of their columns too."""
    passage = evidence.hit.passage
    first, last = evidence.sentences
    line = ""
    for index in range(first, last + 1):
        text = " ".join(passage.sentence_text(index).split())
        kind = passage.kind(index)
        before = passage.sentence_text(index - 1) if index else ""
        if index != evidence.index and _says_nothing(text, kind, before):
            continue
        if kind == "sentence" and not _is_number_row(text, before):
            line = f"{line} {text}" if line else text
            continue
        if line:
            yield line
        line = ""
        yield without_bars(text)
    if line:
        yield line
