"""Putting right what was read wrongly of a document: one way in for all who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from geungeo.errors import GeungeoError
from geungeo.lang.documents.kinds import kind_of_name
from geungeo.ui.dates import is_date
from geungeo.vectorstore import Correction, Store

LONGEST = 300
"""Characters of a title, an organisation or a type."""


class CorrectionError(GeungeoError):
    """What a document cannot be corrected to; ``field`` is the part of it and ``value`` what was
    given."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.value = value


def correct(store: Store, path: str, wished: Mapping[str, str] | None) -> None:
    """Show a document as it is wished: its title, date, organisation and type, of which those
    that are not given stay as they are shown now. What is wished as it was read is corrected no
    more; ``None`` takes everything back.

    Raises:
        CorrectionError: there is no such document, or a value is none.
        StoreError: the store is only read.
    """
    read = store.as_read(path)
    if read is None:
        raise CorrectionError("document", path, f"{path}: not indexed")
    known = asdict(read)
    before = asdict(store.corrections().get(path, Correction()))
    given = {name: _checked(name, wished[name]) for name in known if wished and name in wished}
    shown = {**known, **_given(before), **given} if wished is not None else known
    store.correct(path, Correction(**{k: v for k, v in shown.items() if v != known[k]}))


def _given(correction: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in correction.items() if value is not None}


def _checked(name: str, value: str) -> str:
    """A value in one line, a kind by its name in any language."""
    value = " ".join(value.split())
    if name == "date" and value and not is_date(value):
        reason = f"{value!r} is no date; write 2024, 2024-07 or 2024-07-30, or nothing"
        raise CorrectionError(name, value, reason)
    if name == "title" and not value:
        raise CorrectionError(name, value, "a document has to have one")
    if len(value) > LONGEST:
        raise CorrectionError(name, value, f"{LONGEST} characters are the most")
    return kind_of_name(value) if name == "type" else value
