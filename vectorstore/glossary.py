"""Words that mean the same, given by people or found in the documents.

A group holds forms of one word or name in several languages. A form may have several
words; it is found in a question by its index terms, the longest form first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path

from vectorstore.analysis import Analyzer, is_pair

Group = tuple[str, ...]
Form = tuple[str, ...]
"""The index terms of one form of a word."""


class GlossaryError(Exception):
    """A glossary file cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Found:
    """A form in a question: its own terms, and the other forms of its groups."""

    terms: Form
    others: tuple[Form, ...]


class Glossary:
    """Groups of forms, looked up by their index terms."""

    def __init__(self, groups: Iterable[Sequence[Form]]) -> None:
        self._others: dict[Form, dict[Form, None]] = {}
        for forms in groups:
            for form in forms:
                others = self._others.setdefault(form, {})
                others.update(dict.fromkeys(other for other in forms if other != form))
        self._longest = max(map(len, self._others), default=0)

    def find(self, terms: Sequence[str]) -> list[Found]:
        """The forms among the terms of a question, in their order."""
        words = _form(terms)
        found = []
        start = 0
        while start < len(words):
            for length in range(min(self._longest, len(words) - start), 0, -1):
                form = words[start : start + length]
                if others := self._others.get(form):
                    found.append(Found(form, tuple(others)))
                    start += length
                    break
            else:
                start += 1
        return found


def analysed(groups: Sequence[Group], analyzer: Analyzer) -> list[tuple[Form, ...]]:
    """The index terms of every form of some groups; a form without any is left out."""
    terms = map(_form, analyzer.batch(form for group in groups for form in group))
    return [tuple(filter(None, islice(terms, len(group)))) for group in groups]


def shipped_groups() -> list[Group]:
    """Places, offices and the words of reports on city diplomacy."""
    return _parse((files("vectorstore") / "glossary.txt").read_text(encoding="utf-8"), "glossary")


def read_groups(file: Path) -> list[Group]:
    """The groups of a file with one group a line, its forms parted by ``=``.

    Raises:
        GlossaryError: the file cannot be read, or a line has fewer than two forms.
    """
    try:
        return _parse(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise GlossaryError(f"{file}: the glossary cannot be read: {error}") from error


def _parse(text: str, name: str) -> list[Group]:
    groups = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line and not line.startswith("#"):
            group = tuple(form.strip() for form in line.split("=") if form.strip())
            if len(group) < 2:
                raise GlossaryError(f"{name}:{number}: a group is written 시장 = mayor = 市长")
            groups.append(group)
    return groups


# A name, and in parentheses right after it the name in another script, perhaps two of them.
_HANGUL_NAME = r"(?:[가-힣]+ )?[가-힣]+"
_OTHER_SCRIPT = r"[\u3400-\u9fff]{2,8}|[A-Z][A-Za-zÀ-ÿ'’.-]*(?: [A-Z][A-Za-zÀ-ÿ'’.-]*){0,4}"
_GLOSS = re.compile(
    rf"(?P<name>{_HANGUL_NAME})\s?\(\s?(?P<first>{_OTHER_SCRIPT})"
    rf"(?:\s?[,·/]\s?(?P<second>{_OTHER_SCRIPT}))?\s?[,)]"
)
_HAN = re.compile(r"[\u3400-\u9fff]+")


def glosses(text: str) -> list[Group]:
    """Names that a text itself gives in another script: 후헝화(胡衡華, Hu Henghua).

    Where the Chinese form tells the length of the name, exactly so many syllables before
    the parenthesis are the name, which also joins a name that was torn apart.
    """
    groups: dict[Group, None] = {}
    for match in _GLOSS.finditer(text):
        others = [form for form in (match["first"], match["second"]) if form]
        chinese = next((form for form in others if _HAN.fullmatch(form)), "")
        words = match["name"].split()
        name = words[-1]
        if chinese and len(name) < len(chinese) and len("".join(words)) == len(chinese):
            name = "".join(words)
        if len(name) > 1:
            groups[name, *others] = None
    return list(groups)


def _form(terms: Iterable[str]) -> Form:
    return tuple(term for term in terms if not is_pair(term))
