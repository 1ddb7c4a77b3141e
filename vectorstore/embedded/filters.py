"""A filter as a condition on the table of documents."""

from __future__ import annotations

import unicodedata
from typing import Literal

from geungeo.vectorstore.records import Filter

_FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")


def condition(only: Filter) -> tuple[str, list[str]]:
    """An SQL condition for what a filter lets through, with the values of its parameters."""
    conditions = ["state = 'ready'"]
    values: list[str] = []
    if only.since:
        conditions.append("date <> '' AND date >= ?")
        values.append(only.since)
    if only.until:
        # "~" sorts after every digit and dash: 2024 takes in all of 2024.
        conditions.append("date <> '' AND date <= ?")
        values.append(only.until + "~")
    exact = (("name", only.documents), ("language", only.languages), ("type", only.types))
    for column, given in exact:
        # Names are kept composed now, and were kept as on disk.
        wanted = {unicodedata.normalize(form, one) for one in given for form in _FORMS}
        if wanted:
            conditions.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
    if only.organisations:
        any_of = " OR ".join("instr(organisation, ?) > 0" for _ in only.organisations)
        conditions.append(f"({any_of})")
        values.extend(only.organisations)
    return " AND ".join(conditions), values
