"""From a follow-up to a question that stands by itself, without a language model.

A question follows up on the one before when it points back (그 사람, 那里, they), opens as a
continuation (그럼 …, 那么 …, what about …) or says too little alone (장소는?). It then gets
the words of the earlier question that it lacks, in parentheses after its own text, which is
what retrieval reads. A question with a name of its own that does none of this is a new topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geungeo.errors import GeungeoError
from geungeo.lang import Analyzer
from geungeo.lang.detect import language_of
from geungeo.lang.folding import fold
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.rules import pattern
from geungeo.lang.values.dates import dates
from geungeo.rag.answer.answer import Answer
from geungeo.rag.question.courtesy import bare
from geungeo.vectorstore import Filter

# How many days does it take to …: with so many words of its own, a question's it means nothing.
_EXPLETIVE = re.compile(r"\bit (?:takes?|took|costs?)\b", re.IGNORECASE)
_OWN_MATTER = 4
# So many content words before a pronoun name what it stands for.
_NAMING = 3
# With so few content words and no name of its own, a question leans on the one before.
_FEW_WORDS = 1
_NAMES_FROM_ANSWER = 2
_BESIDE = (("year before", -1), ("year after", 1))


LONGEST_QUESTION = 2000
"""Characters; what a question costs grows with them."""


class QuestionTooLongError(GeungeoError, ValueError):
    """A question of more than ``LONGEST_QUESTION`` characters."""


@dataclass(frozen=True)
class Asked:
    """A question with the answers given before it, oldest first, and the documents that it
    is asked of.

    Raises:
        QuestionTooLongError: it is longer than a question may be.
    """

    question: str
    history: tuple[Answer, ...] = ()
    only: Filter = field(default_factory=Filter)

    def __post_init__(self) -> None:
        if len(self.question) > LONGEST_QUESTION:
            raise QuestionTooLongError(
                f"the question has {len(self.question):,} characters; "
                f"{LONGEST_QUESTION:,} are the most"
            )


def standalone(asked: Asked, analyzer: Analyzer) -> str:
    """The question without the courtesies around it, or with the words of the conversation
    that it leans on."""
    question = bare(asked.question)
    before = next((one for one in reversed(asked.history) if one.kind != "talk"), None)
    if before is None:
        return question
    points_back = pattern("follow_up", "points back")
    goes_on = pattern("follow_up", "goes on")
    pointing = points_back.search(question) or _open_pronoun(question, analyzer)
    rest = pattern("follow_up", "pronoun").sub(" ", points_back.sub(" ", question))
    opening = goes_on.match(rest)
    rest = goes_on.sub(" ", rest)
    own = analyzer.content_words(rest)
    names = analyzer.proper_nouns(rest).values()
    if _EXPLETIVE.search(question) and len(own) >= _OWN_MATTER:
        pointing = None
    if not (pointing or opening or (len(own) <= _FEW_WORDS and not names)):
        return question
    question = _of_named_year(question, before.standalone)
    context = analyzer.content_words(before.standalone)
    if _years(question):
        context = [word for word in context if not _years(word)]
    if names and not pointing:
        # 그럼 충칭은? asks the same of another: the earlier names give way to the new one.
        replaced = set(analyzer.proper_nouns(before.standalone).values())
        context = [word for word in context if word not in replaced]
    if pattern("follow_up", "person").search(question) and before.citations and not before.refused:
        said = analyzer.proper_nouns(before.citations[0].quote).values()
        context += [name for name in said if name not in context][:_NAMES_FROM_ANSWER]
    missing = [word for word in dict.fromkeys(context) if word.lower() not in rest.lower()]
    return f"{question} ({' '.join(missing)})" if missing else question


def _open_pronoun(question: str, analyzer: Analyzer) -> re.Match[str] | None:
    """The first pronoun, where it stands for nothing that the question names before it."""
    found = pattern("follow_up", "pronoun").search(question)
    if found is None:
        return None
    before = question[: found.start()]
    is_named = analyzer.proper_nouns(before) or len(analyzer.content_words(before)) >= _NAMING
    return None if is_named else found


def _of_named_year(question: str, before: str) -> str:
    """The question with the year before or after by its number, where the one before it asks of
    one year."""
    years = _years(before)
    if len(years) != 1 or _years(question):
        return question
    for meaning, step in _BESIDE:
        if found := pattern("follow_up", meaning).search(question):
            year = LANGUAGES[language_of(question)].date["year"].format(years.pop() + step)
            return f"{question[: found.start()]}{year}{question[found.end() :]}"
    return question


def _years(text: str) -> set[int]:
    return {date.year for date in dates(fold(text))[0] if date.year}
