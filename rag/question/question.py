"""A question, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from geungeo.lang.detect import Language, language_of
from geungeo.lang.documents.lists import count_asked
from geungeo.lang.rules import pattern
from geungeo.lang.values.facts import Facts, facts
from geungeo.rag.question.asked import Form, form
from geungeo.rag.question.wanted import Wanted, named_kind, subject, wanted
from geungeo.vectorstore import Query

Leaning = Literal["no", "perhaps", "surely"]
"""Whether a question cannot do without the words of the conversation before it."""

_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|‘[^’]*’|\"[^\"]*\"")


@dataclass(frozen=True)
class Question:
    """What is read from the text of a question; each reading is made when it is first asked
    for, and kept.

    ``asked`` is the question as it was typed, ``text`` as it is looked up: without slips and
    courtesies, and with the words of the conversation that it leans on. ``query`` has its words
    as an index knows them, names among them, and its vector. ``own`` is the text without words of
    the conversation, and ``leans`` is whether it cannot do without them; ``spoken_of`` are the
    paths of documents that earlier answers cited.
    """

    asked: str
    text: str
    query: Query
    own: str
    leans: Leaning = "no"
    spoken_of: frozenset[str] = frozenset()

    @cached_property
    def language(self) -> Language:
        """That of the reader: a question may quote a title in another."""
        return language_of(_QUOTED.sub(" ", self.asked))

    @cached_property
    def written_in(self) -> Language:
        """That of most of the text, titles and words of the conversation included."""
        return language_of(self.text)

    @cached_property
    def form(self) -> Form:
        """What is asked for, as far as the question word tells."""
        return form(self.text)

    @cached_property
    def wanted(self) -> Wanted:
        """The kind of value that is asked for."""
        return wanted(self.text)

    @cached_property
    def facts(self) -> Facts:
        """The dates, quantities and codes that the question names itself."""
        return facts(self.text)

    @cached_property
    def named_kind(self) -> str:
        """The words that only name the kind of value: 전화번호, 날짜."""
        return named_kind(self.text)

    @cached_property
    def subject(self) -> str:
        """The words for what is measured or counted, or for the office of whoever is asked for;
        "" where there are none."""
        return subject(self.text)

    @cached_property
    def is_by_document(self) -> bool:
        """Whether it asks what each document says."""
        return bool(pattern("excerpts", "by document").search(self.text))

    @cached_property
    def items(self) -> int:
        """How many items of a list it asks for; 0 where it asks for no list."""
        return count_asked(self.text)
