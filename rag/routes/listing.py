"""What is told of a collection by its catalogue: documents line by line, or counted in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geungeo.lang.detect import Language
from geungeo.lang.documents.kinds import name_of_kind
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import pattern
from geungeo.rag.question.question import Question
from geungeo.vectorstore import DocumentSummary

_SHOWN = 10
_SHOWN_BY_DATE = 3


@dataclass(frozen=True)
class Listing:
    """``lines`` stand before the documents, and ``after`` behind them; groups are lines."""

    lines: tuple[str, ...]
    documents: tuple[DocumentSummary, ...] = ()
    after: tuple[str, ...] = ()


def listing(
    question: Question, documents: Sequence[DocumentSummary], chosen: Sequence[DocumentSummary]
) -> Listing:
    """The answer to a question on those of all documents that are ``chosen``."""
    say = LANGUAGES[question.language].replies
    if not chosen:
        return Listing((say.none.format(n=len(documents)),))
    if told := _in_groups(question, chosen) or _by_date(question, chosen):
        return told
    heading = say.document if len(chosen) == 1 else say.documents.format(n=len(chosen))
    return _first(heading, question.language, chosen)


def dealing(question: Question, chosen: Sequence[DocumentSummary]) -> Listing:
    """The answer to a question on documents of a topic: the nearest, without their number, since
    only the best passages are looked at."""
    if told := _by_date(question, chosen):
        return told
    return Listing((LANGUAGES[question.language].replies.dealing,), tuple(chosen[:_SHOWN]))


def to_choose_from(language: Language, documents: Sequence[DocumentSummary]) -> Listing:
    """Documents, asking which one is meant."""
    return _first(LANGUAGES[language].replies.which, language, documents)


def described(document: DocumentSummary, language: Language) -> str:
    """A document in one line: title, date, organisation, type."""
    known = (document.date, document.organisation, name_of_kind(document.type, language))
    about = " · ".join(filter(None, known))
    return f"{document.title} ({about})" if about else document.title


def _first(heading: str, language: Language, documents: Sequence[DocumentSummary]) -> Listing:
    rest = len(documents) - _SHOWN
    after = (LANGUAGES[language].replies.more.format(n=rest),) if rest > 0 else ()
    return Listing((heading,), tuple(documents[:_SHOWN]), after)


def _in_groups(question: Question, documents: Sequence[DocumentSummary]) -> Listing | None:
    """How many documents there are of each organisation, type or language, if that is asked."""
    language = LANGUAGES[question.language]
    say = language.replies
    groups: tuple[tuple[str, str, Callable[[DocumentSummary], str]], ...] = (
        ("organisations", say.organisations, lambda one: one.organisation or one.author),
        ("types", say.types, lambda one: name_of_kind(one.type, language.code)),
        (
            "languages",
            say.languages,
            lambda one: language.language_names.get(one.language, one.language),
        ),
    )
    for meaning, heading, group in groups:
        if _asks(question, meaning):
            counts = Counter(group(one) or say.unknown for one in documents)
            return Listing((heading, *(f"{name}: {n}" for name, n in counts.most_common())))
    return None


def _by_date(question: Question, documents: Sequence[DocumentSummary]) -> Listing | None:
    """The newest or oldest documents, if these are asked for, and not their number."""
    newest, oldest = _asks(question, "newest"), _asks(question, "oldest")
    if _asks(question, "count") or not (newest or oldest):
        return None
    say = LANGUAGES[question.language].replies
    dated = sorted((one for one in documents if one.date), key=lambda one: one.date)
    ordered = dated[::-1] if newest else dated
    undated = len(documents) - len(dated)
    after = (say.undated.format(n=undated),) if undated else ()
    heading = say.newest if newest else say.oldest
    return Listing((heading,), tuple(ordered[:_SHOWN_BY_DATE]), after)


def _asks(question: Question, meaning: str) -> bool:
    return bool(pattern("catalogue", meaning).search(question.text))
