"""The value that a question asks for, said in the question's language.

Documents are quoted in their own language; a date, a quantity or a code in them can be read by
everyone, however the document writes it.
"""

from __future__ import annotations

from geungeo.lang.detect import Language
from geungeo.lang.folding import fold
from geungeo.lang.rules import pattern
from geungeo.lang.values.facts import Facts, facts
from geungeo.lang.values.written import in_context, written_date
from geungeo.rag.question.question import Question
from geungeo.rag.question.wanted import COUNTED, Wanted


def said_in(question: Question, sentence: str) -> str:
    """The one value of the kind that a question asks for in a sentence, as the question's
    language writes it; "" where it asks for no value, or the sentence has several or none."""
    language, asked_for = question.written_in, question.wanted
    text, asked = facts(sentence), question.facts
    if asked_for.kind in ("code", "phone"):
        codes = sorted(str(code) for (code,) in asked_for.values(text, asked))
        return codes[0] if len(codes) == 1 else ""
    if asked_for.kind == "quantity":
        return _quantity(asked_for, text, asked, fold(sentence), language)
    return _date(asked_for, text, asked, fold(sentence), language) if asked_for.kind else ""


def _quantity(
    asked_for: Wanted, text: Facts, asked: Facts, sentence: str, language: Language
) -> str:
    found = {
        (one.value, one.unit): one
        for one in asked_for.quantities(text, asked)
        if asked_for.units or one.unit in COUNTED
    }
    if len(found) != 1:
        return ""
    (quantity,) = found.values()
    return in_context(quantity, sentence, language)


def _date(asked_for: Wanted, text: Facts, asked: Facts, sentence: str, language: Language) -> str:
    named = {(date.year, date.month, date.day) for date in asked.dates}
    wanted_values = asked_for.values(text, asked) - named
    dates = {
        (date.year, date.month, date.day): date
        for date in sorted(text.dates, key=lambda date: sentence.find(date.text))
        if (date.year, date.month, date.day) in wanted_values
    }
    if len(dates) == 1:
        return written_date(next(iter(dates.values())), language)
    if len(dates) == 2:
        first, last = dates.values()
        start, end = sentence.find(first.text), sentence.find(last.text)
        between = sentence[start + len(first.text) : end]
        if 0 <= start < end and pattern("bounds", "until").fullmatch(between):
            return f"{written_date(first, language)} – {written_date(last, language)}"
    return ""
