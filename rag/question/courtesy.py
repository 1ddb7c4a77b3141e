"""What people say around a question, and is no part of it: greetings, thanks, requests."""

from __future__ import annotations

from geungeo.lang.rules import pattern


def bare(question: str) -> str:
    """A question without what is said around it; as it is where nothing else would remain."""
    rest = pattern("courtesy", "around").sub("", question).strip(" ,，.!~")
    return rest if any(map(str.isalnum, rest)) else question
