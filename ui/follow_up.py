"""A question with those that were asked before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from geungeo.rag.answer.answer import Answer
from geungeo.rag.question.conversation import Asked


def follow_up(question: str, before: Iterable[str], answered: Callable[[Asked], Answer]) -> Asked:
    """A question that may lean on those ``before`` it, oldest first, which are answered anew so
    that it has what it leans on.

    Raises:
        QuestionTooLongError: one of them is longer than a question may be.
    """
    asked = Asked(question)
    for earlier in before:
        answer = answered(Asked(earlier, asked.history))
        asked = Asked(question, (*asked.history, answer))
    return asked
