"""Reading values out of a text, one kind after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def taken(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], T]
) -> tuple[list[T], str]:
    """What a pattern finds, and the text with blanks in its place, so that offsets hold."""
    found = []

    def blank(match: re.Match[str]) -> str:
        found.append(read(match))
        return " " * len(match[0])

    return found, pattern.sub(blank, text)
