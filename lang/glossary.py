"""Words that mean the same, given by people or found in the documents.

A group holds forms of one word or name in several languages. A form may have several
words; it is found in a question by its index terms, the longest form first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from geungeo.errors import GeungeoError
from geungeo.lang.dictionary import NO_DICTIONARY, Dictionary
from geungeo.lang.forms import Form, Group, form_of
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.zh import mandarin

CITY_DIPLOMACY = "city_diplomacy"
EXAMPLE = "시장 = mayor = 市长"
"""How a group is written in a file."""


class GlossaryError(GeungeoError):
    """A glossary file cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Found:
    """A form in a question: its own terms, the other forms of its groups, and whether it names
    a thing, so that a text without any of the forms does not speak of it."""

    terms: Form
    others: tuple[Form, ...]
    is_thing: bool


class Glossary:
    """Groups of forms, looked up by their index terms."""

    def __init__(
        self, things: Iterable[Sequence[Form]], verbs: Iterable[Sequence[Form]] = ()
    ) -> None:
        self._others: dict[Form, dict[Form, None]] = {}
        listed = list(things)
        self._things = {form for forms in listed for form in forms}
        for forms in (*listed, *verbs):
            for form in forms:
                others = self._others.setdefault(form, {})
                others.update(dict.fromkeys(other for other in forms if other != form))
        self._longest = max(map(len, self._others), default=0)

    @property
    def words(self) -> set[str]:
        """The index terms of all forms."""
        return {term for form in self._others for term in form}

    def find(self, terms: Sequence[str], dictionary: Dictionary = NO_DICTIONARY) -> list[Found]:
        """The forms among the terms of a question, in their order, the longest first; a form
        that is in no group has what a dictionary says of it."""
        words = form_of(terms)
        longest = max(self._longest, dictionary.longest)
        found = []
        start = 0
        while start < len(words):
            for length in range(min(longest, len(words) - start), 0, -1):
                form = words[start : start + length]
                if meant := self._meaning(form, dictionary):
                    found.append(meant)
                    start += length
                    break
            else:
                start += 1
        return found

    def _meaning(self, form: Form, dictionary: Dictionary) -> Found | None:
        # A name that the analyzer does not know may have been taken apart: 인 + 융.
        for known in (form, ("".join(form),)):
            others = self._others.get(known) or dict.fromkeys(dictionary.others(known))
            if others:
                return Found(form, tuple(others), known in self._things)
        return None


def shipped_things(domain: str = CITY_DIPLOMACY) -> list[Group]:
    """Places, offices and common nouns, and those of a domain, a file in ``data/domains``; none
    where it is "".

    Raises:
        GlossaryError: there is no such file.
    """
    own = _shipped(f"domains/{domain}.txt") if domain else []
    return [*own, *_shipped("glossary.txt")]


def shipped_verbs() -> list[Group]:
    """What is done; such words only help to find."""
    return _shipped("glossary_verbs.txt")


def _shipped(name: str) -> list[Group]:
    file = files("geungeo.lang") / "data" / name
    if not file.is_file():
        raise GlossaryError(f"lang/data/{name}: there is no such glossary")
    return _parse(file.read_text(encoding="utf-8"), name)


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
                raise GlossaryError(f"{name}:{number}: a group is written {EXAMPLE}")
            groups.append(group)
    return groups


# A name, and in parentheses right after it the name in another script, perhaps two of them.
_HANGUL_NAME = rf"(?:[{HANGUL}]+ )?[{HANGUL}]+"
_OTHER_SCRIPT = rf"[{HAN}]{{2,8}}|[A-Z][A-Za-zÀ-ÿ'’.-]*(?: [A-Z][A-Za-zÀ-ÿ'’.-]*){{0,4}}"
_GLOSS = re.compile(
    rf"(?P<name>{_HANGUL_NAME})\s?\(\s?(?P<first>{_OTHER_SCRIPT})"
    rf"(?:\s?[,·/]\s?(?P<second>{_OTHER_SCRIPT}))?\s?[,)]"
)
_HANGUL = re.compile(f"[{HANGUL}]+")
_HAN = re.compile(f"[{HAN}]+")


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
        heard = mandarin.hangul_of_chinese(chinese) if chinese else ""
        if len(name) > 1:
            # Other documents may write the name by the sound of the Chinese form.
            groups[tuple(dict.fromkeys(filter(None, (name, *others, heard))))] = None
    return list(groups)
