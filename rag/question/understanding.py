"""From what a reader typed to a ``Question``."""

from __future__ import annotations

from dataclasses import replace

from geungeo.rag.answer.answer import Answer
from geungeo.rag.question.conversation import Asked, standalone, standing_of
from geungeo.rag.question.each import of_each
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.parts import parts
from geungeo.rag.question.question import Question

_SEVERAL = 2


def understood(asked: Asked, expander: Expander) -> Question:
    """A question of a conversation, its slips of the finger put right, as it stands by itself."""
    corrected = replace(asked, question=expander.corrected(asked.question))
    standing = standing_of(corrected, expander.analyzer)
    query = expander.analyse(standing.whole)
    cited = frozenset(one.passage.path for answer in asked.history for one in answer.citations)
    return Question(asked.question, standing.whole, query, standing.own, standing.leans, cited)


def in_parts(question: Question, expander: Expander) -> list[Question]:
    """What a question asks one after the other, each with the words of those before it that it
    leans on, or what it asks of each of two; none where it asks one thing."""
    own = parts(question.text, question.written_in, expander.analyzer)
    if len(own) < _SEVERAL:
        of_two = of_each(question.text, question.written_in, expander.analyzer)
        return [Question(question.asked, one, expander.analyse(one), one) for one in of_two]
    found: list[Question] = []
    before: tuple[Answer, ...] = ()
    for text in own:
        whole = standalone(Asked(text, before), expander.analyzer)
        before = (Answer(text, "", True, question.language, "", standalone=whole),)
        found.append(Question(question.asked, whole, expander.analyse(whole), text))
    return found


def taken_as_it_is(text: str, expander: Expander) -> Question:
    """A question that is looked up word for word."""
    return Question(text, text, expander.analyse(text), text)


def alone(question: Question, expander: Expander) -> Question:
    """A question as it is without the conversation before it."""
    if question.own == question.text:
        return question
    return replace(question, text=question.own, query=expander.analyse(question.own))
