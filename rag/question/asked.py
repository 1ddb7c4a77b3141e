"""The form of a question."""

from __future__ import annotations

from typing import Literal, cast

from geungeo.lang.rules import meanings, pattern

Form = Literal["time", "number", "reason", "person", "place", "manner", "yes or no", ""]

_WHICH = "which"


def form(question: str) -> Form:
    """What a question asks for, as far as its words tell; the first form that fits."""
    for name in meanings("asked"):
        if name != _WHICH and pattern("asked", name).search(question):
            if name == "yes or no" and pattern("asked", _WHICH).search(question):
                continue
            return cast(Form, name)
    return ""
