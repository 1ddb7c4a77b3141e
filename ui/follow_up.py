"""A question with those that were asked before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from geungeo.rag.answer.answer import Answer
from geungeo.rag.question.conversation import Asked
from geungeo.vectorstore import Filter


def follow_up(
    question: str,
    before: Iterable[str],
    answered: Callable[[Asked], Answer],
    only: Filter | None = None,
) -> Asked:
    """A question that may lean on those ``before`` it, oldest first, which are answered anew so
    that it has what it leans on; ``only`` narrows the documents for all of them.

    Raises:
        QuestionTooLongError: one of them is longer than a question may be.
    """
    only = only or Filter()
    asked = Asked(question, only=only)
    for earlier in before:
        answer = answered(Asked(earlier, asked.history, only))
        asked = Asked(question, (*asked.history, answer), only)
    return asked
