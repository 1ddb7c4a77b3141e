"""What a question wants of the collection: documents within limits, and on a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.documents.kinds import NAMES, in_question
from geungeo.lang.folding import fold
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import pattern
from geungeo.lang.topics import topic
from geungeo.lang.values.facts import Date
from geungeo.rag.question.question import Question
from geungeo.vectorstore import DocumentSummary, Filter


@dataclass(frozen=True)
class Wish:
    """Documents within ``only``, and on ``topic`` where that is not empty."""

    only: Filter
    topic: str

    @property
    def is_open(self) -> bool:
        """Whether any document will do."""
        return self.only.is_open and not self.topic


def wished(question: Question, documents: Sequence[DocumentSummary], analyzer: Analyzer) -> Wish:
    """What a question asks for, by the organisations and types of the documents that there are."""
    rest = fold(question.text)
    by_length = sorted({one.organisation for one in documents}, key=lambda name: (-len(name), name))
    organisations = tuple(name for name in by_length if name and fold(name) in rest)
    for name in organisations:
        rest = rest.replace(fold(name), " ")
    written_in = {code: pattern("catalogue", f"in {code}") for code in LANGUAGES}
    languages = tuple(code for code, form in written_in.items() if form.search(rest))
    there = {one.type for one in documents}
    types = tuple(kind for kind in NAMES if kind in there and in_question(kind).search(rest))
    dates = question.facts.dates
    for form in (*written_in.values(), *map(in_question, types)):
        rest = form.sub(" ", rest)
    for date in dates:
        rest = rest.replace(fold(date.text), " ")
    since, until = _period(question.text, dates)
    only = Filter(since, until, organisations=organisations, languages=languages, types=types)
    return Wish(only, topic(rest, analyzer))


def _period(question: str, dates: Sequence[Date]) -> tuple[str, str]:
    """The first and the last day that a question limits documents to; "" where it does not."""
    days = sorted(day for date in dates if (day := _iso(date)))
    if not days:
        return "", ""
    if len(days) == 1 and pattern("catalogue", "since").search(question):
        return days[0], ""
    if len(days) == 1 and pattern("catalogue", "until").search(question):
        return "", days[0]
    return days[0], days[-1]


def _iso(date: Date) -> str:
    """A date as far as it is told, by ISO 8601; "" for one without a year."""
    if date.year is None:
        return ""
    parts = (f"{date.year:04}", *(f"{one:02}" for one in (date.month, date.day) if one))
    return "-".join(parts)
