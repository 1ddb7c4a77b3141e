"""Options that several commands take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geungeo.vectorstore import Filter

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the index.  [GEUNGEO_STORE, .geungeo]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
AnswererOption = Annotated[
    str | None, typer.Option(help="extractive, local or openai.  [GEUNGEO_ANSWERER]")
]
FailuresOption = Annotated[bool, typer.Option(help="Show each wrong answer.")]
GoldArgument = Annotated[Path, typer.Argument(help="A gold file.")]

BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        help="JSON lines with `id` and `question`, and for `ask` perhaps `history`: the questions "
        "before, oldest first.",
        dir_okay=False,
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Where the batch's JSON lines go.", dir_okay=False)
]

SinceOption = Annotated[
    str | None,
    typer.Option(help="Only documents of this date or later: 2024, 2024-07, 2024-07-30."),
]
UntilOption = Annotated[str | None, typer.Option(help="Only documents of this date or earlier.")]
DocumentOption = Annotated[list[str] | None, typer.Option(help="Only this file name; repeatable.")]
OrganisationOption = Annotated[
    list[str] | None, typer.Option(help="Only documents of this organisation; repeatable.")
]
LanguageOption = Annotated[
    list[str] | None, typer.Option(help="Only documents in ko, zh or en; repeatable.")
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option(help="Only documents of this type, such as 'press release'; repeatable."),
]


def check_dates(since: str | None, until: str | None) -> None:
    """Raises ``typer.BadParameter`` for what is no date."""
    for name, value in (("--since", since), ("--until", until)):
        if value and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
            raise typer.BadParameter(f"{name} takes 2024, 2024-07 or 2024-07-30, not {value!r}")


def make_filter(
    since: str | None,
    until: str | None,
    documents: list[str] | None,
    organisations: list[str] | None,
    languages: list[str] | None,
    types: list[str] | None,
) -> Filter:
    from geungeo.vectorstore import Filter

    return Filter(
        since or "",
        until or "",
        tuple(documents or ()),
        tuple(organisations or ()),
        tuple(languages or ()),
        tuple(types or ()),
    )
