"""From what a reader typed to a ``Question``."""

from __future__ import annotations

from dataclasses import replace

from geungeo.rag.question.conversation import Asked, standalone
from geungeo.rag.question.expansion import Expander
from geungeo.rag.question.question import Question


def understood(asked: Asked, expander: Expander) -> Question:
    """A question of a conversation, its slips of the finger put right, as it stands by itself."""
    corrected = replace(asked, question=expander.corrected(asked.question))
    text = standalone(corrected, expander.analyzer)
    return Question(asked.question, text, expander.analyse(text))


def taken_as_it_is(text: str, expander: Expander) -> Question:
    """A question that is looked up word for word."""
    return Question(text, text, expander.analyse(text))
