"""A filter as the values that narrow a statement."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from itertools import product
from typing import Any, Literal

from geungeo.vectorstore.records import Filter

_FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")


def values(only: Filter) -> dict[str, Any]:
    """What ``statements.py`` wants to know of a filter; what does not narrow is empty or None."""
    return {
        "since": only.since,
        # "~" sorts after every digit and dash: 2024 takes in all of 2024.
        "until": only.until and only.until + "~",
        "names": _spellings(only.documents),
        "languages": _spellings(only.languages),
        "types": _spellings(only.types),
        "organisations": list(only.organisations) or None,
    }


def folders(hidden: Collection[str]) -> list[str] | None:
    """The paths of folders in every way in which a disk may write them, each part by itself."""
    ways = (product(*map(_forms, one.split("/"))) for one in hidden)
    return sorted({"/".join(parts) for own in ways for parts in own}) or None


def _forms(part: str) -> set[str]:
    return {unicodedata.normalize(form, part) for form in _FORMS}


def _spellings(given: tuple[str, ...]) -> list[str] | None:
    """Names are kept composed now, and were kept as on disk."""
    return sorted({unicodedata.normalize(form, one) for one in given for form in _FORMS}) or None
