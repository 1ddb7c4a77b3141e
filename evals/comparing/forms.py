"""Words as they are written: one string within another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from geungeo.evals.comparing.words import words

_GAP = r"[\s,，]*"
_PARTICLE = words()["forms"]["particle"]
_SYLLABLE = r"[\uac00-\ud7a3]"


def plain(text: str) -> str:
    """Text without spaces, commas and case."""
    return re.sub(r"[\s,]", "", text).casefold()


def holds(text: str, wanted: Iterable[str]) -> bool:
    """Whether a text contains one of some strings, spaces, commas and case aside."""
    whole = plain(text)
    return any(plain(one) in whole for one in wanted)


def stands_in(text: str, wanted: str) -> bool:
    """Whether a text contains a string as words of its own: ``3일`` is not in ``13일``, ``six`` not
    in ``sixteen``. Korean and Chinese words may be parts of longer ones."""
    pattern = _pattern(wanted)
    return pattern is not None and bool(pattern.search(text))


@lru_cache(4096)
def _pattern(wanted: str) -> re.Pattern[str] | None:
    characters = re.sub(r"[\s,，]", "", wanted)
    if not characters:
        return None
    within = _GAP.join(map(re.escape, characters))
    return re.compile(_before(characters) + within + _after(characters), re.IGNORECASE)


def _before(wanted: str) -> str:
    if wanted[0].isdigit():
        # The 7.24 of 2024.7.24 is a date of its own, the 5 of 3.5 is no number.
        return r"(?<!\d)(?<!\d,)" + ("" if "." in wanted else r"(?<!\d\.)")
    if re.match(r"[A-Za-z]", wanted):
        return r"(?<![A-Za-z])"
    return f"(?<!{_SYLLABLE})" if re.fullmatch(_SYLLABLE, wanted) else ""


def _after(wanted: str) -> str:
    if wanted[-1].isdigit():
        return r"(?!\d)(?!,\d{3})" + ("" if "." in wanted else r"(?!\.\d)")
    if re.search(r"[A-Za-z]$", wanted):
        return r"(?:e?s)?(?![A-Za-z])"
    return f"(?={_PARTICLE})" if re.fullmatch(_SYLLABLE, wanted) else ""
