"""The form of a question, and what in a text looks like an answer to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from geungeo.lang.en.calendar import MONTH
from geungeo.lang.rules import alternatives, meanings, pattern

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


def gives(asked: Form, text: str) -> bool:
    """Whether a text has what a form asks for; false for forms that nothing shows."""
    if asked == "time":
        return bool(_time().search(text))
    return can_be_given(asked) and bool(pattern("given", asked).search(text))


def can_be_given(asked: Form) -> bool:
    """Whether ``gives`` can tell for a form."""
    return asked in meanings("given")


@lru_cache(1)
def _time() -> re.Pattern[str]:
    # May is a month by its capital alone.
    return re.compile(rf"{alternatives('given', 'time')}|\b{MONTH}\b")
