"""What is known of a language as data; each language fills one in, in its own room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geungeo.lang.detect import Language


@dataclass(frozen=True)
class Said:
    """Sentences that the program itself says.

    ``missing`` has a place for the words that were not found, ``claimed`` for the heading under
    which a party's claim stands.
    """

    no_answer: str
    missing: str
    claimed: str
    differ: str
    write_answer: str
    """Asks a language model for an answer in the language; a small one follows best so."""
    left_out: str
    """Of sentences that a model has written; ``{n}`` is the place of their number."""


@dataclass(frozen=True)
class Instructions:
    """What a language model is told that can take whole passages.

    ``role`` has a place for the word, ``{nothing}``, by which it says that the sources do not
    answer; ``kinds`` are for the kinds of questions, ``""`` for all others; ``summary`` has places
    for a title, ``{title}``, for the number of sentences, ``{n}``, and for the ``{part}`` of a
    document in ``{parts}`` parts.
    """

    role: str
    sources: str
    question: str
    kinds: Mapping[str, str]
    summary: str


@dataclass(frozen=True)
class Replies:
    """What the program says of the documents as such, and in small talk.

    Where it has one, ``{n}`` is the place of a number of documents, ``{title}`` that of a title.
    """

    hello: str
    welcome: str
    document: str
    documents: str
    dealing: str
    newest: str
    oldest: str
    more: str
    none: str
    undated: str
    organisations: str
    types: str
    languages: str
    unknown: str
    central: str
    summary: str
    contents: str
    which: str


@dataclass(frozen=True)
class Reckoned:
    """What is said of a table as a whole; ``{label}`` is the column, ``{value}`` the result,
    ``{n}`` the number of rows that it is of."""

    greatest: str
    least: str
    latest: str
    earliest: str
    sum: str
    mean: str
    count: str
    difference: str


@dataclass(frozen=True)
class Profile:
    """``own_name`` is what the language calls itself, and ``language_names`` what it calls each;
    ``name`` is how a name is written; ``frame_words`` are those that ask, or that only say
    what kind of answer is wanted; ``units`` are what stands behind a number, by unit, and
    ``date`` is how the parts of a date are written, each with a place for its number, joined
    by ``between_parts`` in the order of ``date``; ``scales`` are the words for large numbers with
    their worth, the greatest first, and ``between_scales`` stands between them."""

    code: Language
    own_name: str
    language_names: Mapping[str, str]
    name: re.Pattern[str]
    frame_words: frozenset[str]
    units: Mapping[str, str]
    more_than: str
    about: str
    date: Mapping[str, str]
    between_parts: str
    scales: Mapping[str, int]
    between_scales: str
    said: Said
    instructions: Instructions
    replies: Replies
    reckoned: Reckoned
