"""From what a reader typed to a ``Question``."""

from __future__ import annotations

from dataclasses import replace

from geungeo.rag.question.conversation import Asked, standalone
from geungeo.rag.question.question import Question
from geungeo.vectorstore import Store


def understood(asked: Asked, store: Store) -> Question:
    """A question of a conversation, its slips of the finger put right, as it stands by itself."""
    corrected = replace(asked, question=store.corrected(asked.question))
    text = standalone(corrected, store.analyzer)
    return Question(asked.question, text, store.analyse(text))


def taken_as_it_is(text: str, store: Store) -> Question:
    """A question that is looked up word for word."""
    return Question(text, text, store.analyse(text))
