"""Questions on the collection itself, answered from what the catalogue knows of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geungeo.lang import catalogue_words as words
from geungeo.lang.analyzer import Analyzer, fold
from geungeo.lang.detect import Language
from geungeo.lang.replies import NAMES_OF_LANGUAGES, REPLIES
from geungeo.lang.values.facts import Date
from geungeo.rag.question.question import Question
from geungeo.vectorstore import DocumentSummary, Filter

_SHOWN = 10
_NEWEST_SHOWN = 3

Find = Callable[[str, Filter], Sequence[str]]
"""The paths of the documents that deal with a topic, the nearest first."""


@dataclass(frozen=True)
class Wish:
    """What a question wants of the collection: documents within ``only`` and on ``topic``."""

    only: Filter
    topic: str


@dataclass(frozen=True)
class Listing:
    """``lines`` before the documents and after them; where there are groups, the lines are all."""

    lines: tuple[str, ...]
    documents: tuple[DocumentSummary, ...] = ()
    after: tuple[str, ...] = ()


def understood(question: str, documents: Sequence[DocumentSummary], analyzer: Analyzer) -> Wish:
    """What a question asks for, by the organisations and types that there are."""
    rest = fold(question.text)
    named = {one.organisation for one in documents if one.organisation}
    organisations = tuple(name for name in named if fold(name) in rest)
    for name in organisations:
        rest = rest.replace(fold(name), " ")
    languages = tuple(code for code, form in words.WRITTEN_IN.items() if form.search(rest))
    types = tuple(
        kind
        for kind in {one.type for one in documents if one.type}
        if kind in words.OF_TYPE and words.OF_TYPE[kind].search(rest)
    )
    given = question.facts.dates
    since, until = _period(question.text, given)
    for form in (*words.WRITTEN_IN.values(), *(words.OF_TYPE[kind] for kind in types)):
        rest = form.sub(" ", rest)
    for date in given:
        rest = rest.replace(fold(date.text), " ")
    topic = " ".join(
        word for word in analyzer.content_words(rest) if not words.NO_TOPIC.fullmatch(word)
    )
    only = Filter(since, until, organisations=organisations, languages=languages, types=types)
    return Wish(only, topic)


def _period(question: str, dates: Sequence[Date]) -> tuple[str, str]:
    """The first and the last day that a question limits documents to; "" where it does not."""
    days = sorted(day for date in dates if (day := _iso(date)))
    if not days:
        return "", ""
    if len(days) > 1:
        return days[0], days[-1]
    if words.SINCE.search(question):
        return days[0], ""
    if words.UNTIL.search(question):
        return "", days[0]
    return days[0], days[0]


def _iso(date: Date) -> str:
    if date.year is None:
        return ""
    parts = (f"{date.year:04}", *(f"{one:02}" for one in (date.month, date.day) if one))
    return "-".join(parts)


def listing(
    question: Question,
    documents: Sequence[DocumentSummary],
    chosen: Sequence[DocumentSummary],
) -> Listing:
    """The answer to a question on ``chosen`` ones of all ``documents``."""
    asks, language = question.text, question.language
    say = REPLIES[language]
    if not chosen:
        return Listing((say.none.format(n=len(documents)),))
    for asked, heading, of in (
        (words.ORGANISATIONS, say.organisations, lambda one: one.organisation or one.author),
        (words.TYPES, say.types, lambda one: _type(one.type, language)),
        (words.LANGUAGES, say.languages, lambda one: _language(one.language, language)),
    ):
        if asked.search(asks):
            counts = Counter(of(one) or say.unknown for one in chosen)
            return Listing((heading, *(f"{name}: {n}" for name, n in counts.most_common())))
    for asked, heading, latest in (
        (words.NEWEST, say.newest, True),
        (words.OLDEST, say.oldest, False),
    ):
        if asked.search(asks) and not words.COUNT.search(asks):
            dated = sorted((one for one in chosen if one.date), key=lambda one: one.date)
            ordered = (dated[::-1] if latest else dated)[:_NEWEST_SHOWN]
            undated = len(chosen) - len(dated)
            after = (say.undated.format(n=undated),) if undated else ()
            return Listing((heading,), tuple(ordered), after)
    shown = tuple(chosen[:_SHOWN])
    rest = len(chosen) - len(shown)
    after = (say.more.format(n=rest),) if rest else ()
    heading = say.document if len(chosen) == 1 else say.documents.format(n=len(chosen))
    return Listing((heading,), shown, after)


def to_choose_from(language: Language, documents: Sequence[DocumentSummary]) -> Listing:
    """All documents, to say which one is meant."""
    say = REPLIES[language]
    rest = len(documents) - _SHOWN
    after = (say.more.format(n=rest),) if rest > 0 else ()
    return Listing((say.which,), tuple(documents[:_SHOWN]), after)


def described(document: DocumentSummary, language: Language) -> str:
    """A document in one line: title, date, organisation, type."""
    known = (document.date, document.organisation, _type(document.type, language))
    about = " · ".join(filter(None, known))
    return f"{document.title} ({about})" if about else document.title


def _type(kind: str, language: Language) -> str:
    return words.NAMES_OF_TYPES.get(kind, {}).get(language, kind)


def _language(code: str, language: Language) -> str:
    return NAMES_OF_LANGUAGES[language].get(code, code)
