"""A dictionary of Korean, English and Chinese.

``data/dictionary.tsv`` is written by people: a Korean word, its English and its Chinese, a line.
``data/dictionary.terms`` holds the same as index terms, so that nobody waits for an analyzer to
read it; ``python scripts/dictionary_terms.py`` makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.forms import Form, analysed

_BETWEEN_FORMS, _BETWEEN_TERMS = "\t", " "


class Dictionary:
    """Words with what means the same, by their index terms."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, line in enumerate(self._lines):
            for form in line.split(_BETWEEN_FORMS):
                found.setdefault(form, []).append(place)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The index terms of all forms."""
        return frozenset(term for form in self._places for term in form.split(_BETWEEN_TERMS))

    @cached_property
    def longest(self) -> int:
        """The most terms that a form has."""
        return 1 + max((form.count(_BETWEEN_TERMS) for form in self._places), default=0)

    def others(self, form: Form) -> Iterator[Form]:
        """What means the same, of every sense of a form, in their order."""
        own = _BETWEEN_TERMS.join(form)
        for place in self._places.get(own, ()):
            for other in self._lines[place].split(_BETWEEN_FORMS):
                if other != own:
                    yield tuple(other.split(_BETWEEN_TERMS))


NO_DICTIONARY = Dictionary(())


def terms_of_lines(lines: Sequence[str], analyzer: Analyzer) -> Iterator[str]:
    """The lines of a dictionary as index terms."""
    groups = [tuple(_forms(line)) for line in lines]
    for group in analysed(groups, analyzer):
        yield _BETWEEN_FORMS.join(dict.fromkeys(map(_BETWEEN_TERMS.join, group)))


def _forms(line: str) -> Iterator[str]:
    for cell in line.split("\t"):
        yield from (form.strip() for form in cell.split(";") if form.strip())


@cache
def shipped_dictionary() -> Dictionary:
    """The package's own, read once."""
    file = files("geungeo.lang") / "data" / "dictionary.terms"
    return Dictionary(file.read_text(encoding="utf-8").splitlines())
