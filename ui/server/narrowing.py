"""What programs narrow a search to, checked before anything is looked up."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from geungeo.lang.detect import Language
from geungeo.ui.dates import is_date
from geungeo.vectorstore import Filter

_MOST_NAMES = 1000
_LONGEST_DATE = 10
_LONGEST_WORDS = 300


def _checked(text: str) -> str:
    if text and not is_date(text):
        raise ValueError(f"{text!r} is no date; write 2024, 2024-07 or 2024-07-30")
    return text


Date = Annotated[str, Field(max_length=_LONGEST_DATE), AfterValidator(_checked)]
"""A year, a month or a day in ISO 8601; empty for none."""
Names = Annotated[tuple[str, ...], Field(max_length=_MOST_NAMES)]

Words = Annotated[
    str,
    Field(
        max_length=_LONGEST_WORDS,
        description="Words, each of which stands in a title, the name of a file, a date or a maker",
    ),
]
"""By what documents are found in a list; empty for all of them."""


class Narrowing(BaseModel):
    """The documents that are searched, as ``vectorstore.Filter`` has them; what is empty does
    not narrow."""

    since: Date = Field("", description="2024, 2024-07 or 2024-07-30; the first day searched.")
    until: Date = Field("", description="As since; the last day searched.")
    documents: Names = Field((), description="Names of files.")
    organisations: Names = Field((), description="Parts of the names of who made them.")
    languages: Annotated[tuple[Language, ...], Field(max_length=_MOST_NAMES)] = ()
    types: Names = Field((), description="Kinds of documents, such as press release.")

    def only(self) -> Filter:
        return Filter(**{name: getattr(self, name) for name in Narrowing.model_fields})


class Filters(Narrowing):
    """``Narrowing`` within another form, where a name that is none would go unnoticed."""

    model_config = ConfigDict(extra="forbid")
