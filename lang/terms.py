"""What an index term is: a word, a day of the year, a pair of characters."""

from __future__ import annotations

import re

# Marks a pair of characters that is indexed beside the words, so that it is not one itself.
PAIR_MARK = "~"
_DAY = re.compile(r"\d+월\d+일")
_VALUE = re.compile(r"[\d.]+(?:월\d+일)?")


def day_term(month: int, day: int) -> str:
    """The term of a day of the year, however it is written."""
    return f"{month}월{day}일"


def is_date(term: str) -> bool:
    """Whether a term is a day of the year, whose month and day are terms of their own too."""
    return bool(_DAY.fullmatch(term))


def is_pair(term: str) -> bool:
    """Whether a term is a pair of characters rather than a word."""
    return term.startswith(PAIR_MARK)


def is_hangul(term: str) -> bool:
    return all("가" <= character <= "힣" for character in term)


def is_year(term: str) -> bool:
    """Whether a term is a year of the last century or of this one."""
    return len(term) == 4 and term.isdigit() and term.startswith(("19", "20"))


def is_value(term: str) -> bool:
    """Whether a term is a number or a day of the year."""
    return bool(_VALUE.fullmatch(term))
