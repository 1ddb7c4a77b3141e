"""The forms of names in other languages: 인융 is 殷勇 and Yin Yong."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from geungeo.lang.detect import Language
from geungeo.lang.en.calendar import MONTHS, WEEKDAYS
from geungeo.lang.en.profile import ENGLISH
from geungeo.lang.forms import Group
from geungeo.lang.glossary import shipped_things
from geungeo.lang.ko.profile import KOREAN
from geungeo.lang.languages import LANGUAGES
from geungeo.lang.scripts import HAN, HANGUL
from geungeo.lang.zh.mandarin import pinyin_of_name
from geungeo.lang.zh.profile import CHINESE

Name = tuple[str, ...]
"""A name as a text writes it, then its other forms."""

_LATIN, _HAN, _HANGUL = ENGLISH.name, CHINESE.name, KOREAN.name
# Written or tagged like names, and compared as dates and quantities.
NO_NAMES = frozenset(
    (*(word.lower() for word in (*MONTHS, *WEEKDAYS)), "韩元", "美元", "欧元", "日元", "人民币")
)
_HOMONYM = 2
_PERSON = re.compile(rf"[{HAN}]{{2,3}}")


def name_groups() -> list[Group]:
    """The names that the package knows, each in its forms."""
    return proper_names(shipped_things())


def proper_names(groups: Iterable[Group]) -> list[Group]:
    """Those of some groups of words that are names: they have a capital in Latin letters."""
    return [group for group in groups if any(map(_LATIN.fullmatch, group))]


def names_in(
    text: str, groups: Sequence[Group], nouns: Collection[str], language: Language
) -> list[Name]:
    """The names in a text that are not written as a reader of a language writes them, each with
    that form and with its Chinese one, in their order; a name is taken as long as it can be.

    ``nouns`` are those of the text: 위해 may be a city, and 지난 too. A Chinese name of a
    person that has no Latin form gets its pinyin.
    """
    known: dict[str, Name] = {}
    for group in [*groups, *_with_pinyin(groups, language)]:
        others = _others(group, language)
        for form in group if others else ():
            if len(form) > 1 and not LANGUAGES[language].name.fullmatch(form):
                known.setdefault(form, others)
    if not known:
        return []
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<![{HANGUL}A-Za-z])(?:{'|'.join(map(re.escape, longest_first))})")
    found: dict[Name, Name] = {}
    squeezed = "".join(text.split())
    for match in pattern.finditer(text):
        name, others = match[0], known[match[0]]
        if len(name) <= _HOMONYM and _HANGUL.fullmatch(name) and name not in nouns:
            continue
        if others[0] not in text and others[0] not in squeezed:
            found.setdefault(others, tuple(dict.fromkeys((name, *others))))
    return list(found.values())


def _with_pinyin(groups: Sequence[Group], language: Language) -> Iterator[Group]:
    if language != "en":
        return
    latin = {form for group in groups if any(map(_LATIN.fullmatch, group)) for form in group}
    for group in groups:
        chinese = next(filter(_PERSON.fullmatch, group), "")
        if chinese and latin.isdisjoint(group):
            yield (*group, pinyin_of_name(chinese))


def _others(group: Group, language: Language) -> Name:
    """The form for readers of a language, and for those of English the Chinese one too."""
    own = next(filter(LANGUAGES[language].name.fullmatch, group), "")
    if not own:
        return ()
    chinese = next(filter(_HAN.fullmatch, group), "")
    return (own, chinese) if language == "en" and chinese else (own,)
