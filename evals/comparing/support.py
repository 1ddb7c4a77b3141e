"""Whether a sentence stands in what it cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geungeo.evals.comparing.dates import Date
from geungeo.evals.comparing.reckoning import reckoned
from geungeo.evals.comparing.scripts import script_of
from geungeo.evals.comparing.values import Quantity, Value, values, whole_values
from geungeo.evals.comparing.words import words

Verdict = Literal["holds", "fails", "open"]
"""``open``: nothing but its words could tell, and they are in another language."""

_CLAUSE_END = re.compile(r"(?<=[.!?。！？,，;；])\s+|(?<=[。！？，；])|\n")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_KNOWN = words()["support"]
_NOT = re.compile(_KNOWN["not"], re.IGNORECASE)
_DENIES_NEXT: tuple[str, ...] = tuple(_KNOWN["denies_next"])
_OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in _KNOWN["opposites"]
)
# The share of a sentence's words that its source has, from which on it may be the same in other
# words.
_LEAST_SHARED = 0.6
_HANGUL_WORD = re.compile(r"[\uac00-\ud7a3]+")
_LATIN_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
_SMALL_WORDS = frozenset(
    (
        "a an and are as at be been by for from had has have in is it its of on or that the their "
        "there this to was were which who will with"
    ).split()
)
_STEM = 5


@dataclass(frozen=True)
class Source:
    """What is cited: the quote, and the passage and title around it, which may tell of whom and of
    what year it speaks; ``date`` is that of the document."""

    quote: str
    context: str = ""
    date: str = ""


def supports(sentence: str, sources: Sequence[Source]) -> Verdict:
    """Whether sources, taken together, hold a sentence.

    It holds where they have its words in their order, and where it is reckoned from the rows of a
    table among them. Else all its values, codes and names in Latin letters have to be theirs, it
    must deny no more and no less, and most of its words must be theirs.
    """
    quote = "\n".join(source.quote for source in sources)
    if _is_quoted(sentence, quote) or reckoned(sentence, quote):
        return "holds"
    around = "\n".join((quote, *(f"{source.context}\n{source.date}" for source in sources)))
    if not (_has_values(sentence, quote, around) and _has_names(sentence, around)):
        return "fails"
    if whole_values(sentence):
        return "holds"
    if script_of(sentence) != script_of(quote):
        return "open"
    clause, whole = (_nearest(sentence, end.split(quote)) for end in (_CLAUSE_END, _SENTENCE_END))
    if _is_opposed(sentence, clause) and _is_opposed(sentence, whole):
        return "fails"
    return "holds" if _shared(sentence, around) >= _LEAST_SHARED else "fails"


def _is_quoted(sentence: str, quote: str) -> bool:
    """Whether each line of a sentence is in a quote, marks and spaces aside."""
    whole = _letters(quote)
    lines = [line for part in sentence.splitlines() if (line := _letters(part))]
    return bool(lines) and all(
        line in whole and not whole[: whole.index(line)].endswith(_DENIES_NEXT) for line in lines
    )


def _has_values(sentence: str, quote: str, around: str) -> bool:
    given, known = values(quote), values(around)
    years = {one.year for one in known.found if isinstance(one, Date)}

    def is_given(value: Value) -> bool:
        if given.tell(value):
            return True
        if isinstance(value, Date):
            # The year may be that of the document.
            bare = Date(None, value.month, value.day)
            is_year = value.month is None and value.day is None
            return value.year in years and (is_year or given.tell(bare))
        if not isinstance(value, Quantity):
            return False
        # 一 and the like are no claims, and a bare number may be a year.
        is_year = not value.unit and value.value in years
        return value.value == 1 or is_year or _is_counted(value, given.found)

    return all(is_given(value) for value in values(sentence).found)


def _is_counted(value: Quantity, given: Sequence[Value]) -> bool:
    """Whether a number is there that does not say what it counts."""
    numbers = (one for one in given if isinstance(one, Quantity))
    return any(one.value == value.value and not (one.unit and value.unit) for one in numbers)


def _has_names(sentence: str, around: str) -> bool:
    known = _letters(around)
    named = (*values(sentence).codes, *_NAME.findall(sentence))
    own = script_of(sentence) == script_of(around)
    return all(_letters(name) in known for name in named if own or any(map(str.isdigit, name)))


def _is_opposed(sentence: str, clause: str) -> bool:
    if len(_NOT.findall(sentence)) % 2 != len(_NOT.findall(clause)) % 2:
        return True
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if one.search(sentence) and other.search(clause) and not one.search(clause):
                return True
    return False


def _nearest(sentence: str, parts: Sequence[str]) -> str:
    """The part with most of a sentence's words."""
    return max(parts, key=lambda part: _shared(sentence, part))


def _shared(sentence: str, text: str) -> float:
    """The share of a sentence's words that a text has too, their endings aside; in Chinese the
    share of its pairs of characters."""
    own = _words(sentence)
    known = _letters(text)
    return sum(word in known for word in own) / len(own) if own else 1.0


def _words(text: str) -> frozenset[str]:
    hangul = (word[:2] for word in _HANGUL_WORD.findall(text) if len(word) > 1)
    latin = (word.lower() for word in _LATIN_WORD.findall(text))
    stems = (word[:_STEM] for word in latin if word not in _SMALL_WORDS)
    han = (run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1))
    return frozenset((*hangul, *stems, *han))


def _letters(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()
