"""Replies to what is no question: greetings, thanks, gibberish."""

from __future__ import annotations

from geungeo.lang.detect import Language
from geungeo.lang.replies import REPLIES, THANKS


def reply(said: str, language: Language, documents: int) -> str:
    """A short answer, with the number of documents that can be asked."""
    replies = REPLIES[language]
    return replies.welcome if THANKS.search(said) else replies.hello.format(n=documents)
