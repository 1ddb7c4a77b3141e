"""From a follow-up to a question that stands by itself, without a language model.

Any question of a conversation gets the words of the earlier one that it lacks, in parentheses
after its own text: with them passages are looked for, should it find no answer alone. It leans
on the one before surely where it points back (그 사람, 那里, they), opens as a continuation
(그럼 …, 那么 …, what about …) or says too little alone (장소는?), and perhaps where it has only a
topic (먹거리를 뺀 물가는요? 包装纸呢？) or sets right what is not there word for word.
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
from geungeo.rag.question.correction import correction_in, set_right
from geungeo.rag.question.courtesy import bare
from geungeo.rag.question.question import Leaning
from geungeo.vectorstore import Filter

# How many days does it take to …: with so many words of its own, a question's it means nothing.
_EXPLETIVE = re.compile(r"\bit (?:takes?|took|costs?)\b", re.IGNORECASE)
_OWN_MATTER = 4
# So many content words before a pronoun name what it stands for.
_NAMING = 3
# With so few content words beside numbers and no name, a question leans on the one before.
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


@dataclass(frozen=True)
class Standing:
    """A question as it stands in its conversation: its ``own`` text, without courtesies and with
    the year that it means, words of the ``context`` that it lacks, and whether it ``leans`` on
    them."""

    own: str
    context: tuple[str, ...] = ()
    leans: Leaning = "no"

    @property
    def whole(self) -> str:
        return f"{self.own} ({' '.join(self.context)})" if self.context else self.own


def standalone(asked: Asked, analyzer: Analyzer) -> str:
    """The question with the words of the conversation, where it surely leans on them."""
    standing = standing_of(asked, analyzer)
    return standing.whole if standing.leans == "surely" else standing.own


def standing_of(asked: Asked, analyzer: Analyzer) -> Standing:
    """What a question says by itself, and what the conversation before it adds."""
    question = bare(asked.question)
    before = next((one for one in reversed(asked.history) if one.kind != "talk"), None)
    begins_anew = pattern("follow_up", "begins anew")
    if before is None or begins_anew.search(question):
        return Standing(begins_anew.sub("", question).strip() or question)
    correction = correction_in(question)
    is_set_right = correction is not None and not correction.asks
    is_asked_anew = correction is not None and correction.asks and correction.is_announced
    wrong: list[str] = []
    if correction and is_set_right:
        question = set_right(correction, bare(before.question), analyzer)
    elif correction and is_asked_anew:
        question, wrong = correction.meant, analyzer.content_words(correction.not_meant)
    points_back = pattern("follow_up", "points back")
    goes_on = pattern("follow_up", "goes on")
    pointing = points_back.search(question) or _open_pronoun(question, analyzer)
    rest = pattern("follow_up", "pronoun").sub(" ", points_back.sub(" ", question))
    opening = goes_on.match(rest)
    rest = goes_on.sub(" ", rest)
    words = analyzer.content_words(rest)
    names = analyzer.proper_nouns(rest).values()
    if _EXPLETIVE.search(question) and len(words) >= _OWN_MATTER:
        pointing = None
    says_little = sum(map(_names_something, words)) <= _FEW_WORDS and not names
    leans: Leaning = "no"
    if not is_set_right and (pointing or opening or says_little):
        leans = "surely"
        question = _of_named_year(question, before.standalone)
    elif is_asked_anew or _has_only_a_topic(question):
        leans = "perhaps"
    context = [word for word in analyzer.content_words(before.standalone) if word not in wrong]
    if _years(question):
        context = [word for word in context if not _years(word)]
    if (leans != "no" or is_set_right) and names and not pointing:
        # 그럼 충칭은? asks the same of another: the earlier names give way to the new one.
        replaced = set(analyzer.proper_nouns(before.standalone).values())
        context = [word for word in context if word not in replaced]
    if pattern("follow_up", "person").search(question) and before.citations and not before.refused:
        said = analyzer.proper_nouns(before.citations[0].quote).values()
        context += [name for name in said if name not in context][:_NAMES_FROM_ANSWER]
    missing = [word for word in dict.fromkeys(context) if word.lower() not in rest.lower()]
    return Standing(question, tuple(missing), leans)


def _names_something(word: str) -> bool:
    """Whether a word is more than a number or a year."""
    return not any(map(str.isdigit, word))


def _has_only_a_topic(question: str) -> bool:
    """Whether a question names something and says nothing of it, not even what it asks."""
    asks = pattern("parts", f"asks {language_of(question)}")
    return bool(pattern("follow_up", "only a topic").search(question)) and not asks.search(question)


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
