"""Patterns of the three languages, read from the tables in ``data/rules``.

A table has one alternative a row, its meaning and a regular expression; alternatives with the
same meaning are one pattern, the first that fits in a place being taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


class RuleError(ValueError):
    """A table of rules is not written as one; the message names its file and line."""


@dataclass(frozen=True)
class Rule:
    meaning: str
    pattern: str


@lru_cache
def rules(table: str) -> tuple[Rule, ...]:
    """The rows of a table, in their order.

    Raises:
        RuleError: a row is no meaning and pattern with a tab between them.
    """
    file = files("geungeo.lang") / "data" / "rules" / f"{table}.tsv"
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            meaning, tab, pattern = line.partition("\t")
            if not tab or not pattern:
                raise RuleError(f"{file}:{number}: a rule is a meaning, a tab and a pattern")
            rows.append(Rule(meaning, pattern))
    return tuple(rows)


@lru_cache
def meanings(table: str) -> tuple[str, ...]:
    """What the rows of a table mean, each once, in their order."""
    return tuple(dict.fromkeys(rule.meaning for rule in rules(table)))


def alternatives(table: str, meaning: str) -> str:
    """The source of all patterns with a meaning, for use within another.

    Raises:
        KeyError: the table has no such meaning.
    """
    found = [rule.pattern for rule in rules(table) if rule.meaning == meaning]
    if not found:
        raise KeyError(f"{table}.tsv has no rule that means {meaning}")
    return "|".join(found)


@lru_cache
def pattern(table: str, meaning: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """All patterns with a meaning as one.

    Raises:
        KeyError: the table has no such meaning.
    """
    return re.compile(alternatives(table, meaning), flags)
