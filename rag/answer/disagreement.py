"""Whether documents that an answer quotes give different values for what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from geungeo.lang import Analyzer
from geungeo.lang.detect import Language
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.terms import is_pair
from geungeo.lang.values.facts import facts
from geungeo.rag.answer.answer import Citation
from geungeo.rag.question.question import Question

# The share of the shorter quote's words that the other must have to speak of the same thing.
_SAME_SUBJECT = 0.6


def disagreeing(
    question: Question, citations: Sequence[Citation], analyzer: Analyzer
) -> tuple[Citation, ...]:
    """The citations from different documents that say the same but for the value asked for,
    in their order; empty where none do."""
    if not question.wanted.kind:
        return ()
    found: set[int] = set()
    for one, other in combinations(citations, 2):
        if one.passage.path != other.passage.path and _differ(one, other, question, analyzer):
            found |= {one.n, other.n}
    return tuple(citation for citation in citations if citation.n in found)


def statement(citations: Sequence[Citation], language: Language) -> str:
    """A line that names the quotes that disagree, each with the date of its document."""
    named = (f"[{one.n}] {one.passage.date or one.passage.document}" for one in citations)
    return LANGUAGES[language].said.differ + ", ".join(named)


def _differ(one: Citation, other: Citation, question: Question, analyzer: Analyzer) -> bool:
    values, others = (
        question.wanted.values(facts(quoted.telling), question.facts) for quoted in (one, other)
    )
    if not values or not others or values & others:
        return False
    words, other_words = _words(one.telling, analyzer), _words(other.telling, analyzer)
    shorter = min(len(words), len(other_words))
    return bool(shorter) and len(words & other_words) >= _SAME_SUBJECT * shorter


def _words(text: str, analyzer: Analyzer) -> set[str]:
    return {term for term in analyzer.terms(text) if not is_pair(term) and not term[0].isdigit()}
