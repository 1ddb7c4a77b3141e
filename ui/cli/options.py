"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.dates import is_date

if TYPE_CHECKING:
    from geungeo.vectorstore import DocumentSummary, Filter

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


def check_scope(since: str | None, until: str | None, languages: list[str] | None) -> None:
    """Raises ``typer.BadParameter`` for what is no date, or a language that is not known."""
    for name, value in (("--since", since), ("--until", until)):
        if value and not is_date(value):
            raise typer.BadParameter(f"{name} takes 2024, 2024-07 or 2024-07-30, not {value!r}")
    if languages:
        from geungeo.lang.languages import LANGUAGES

        for value in languages:
            if value not in LANGUAGES:
                raise typer.BadParameter(f"--language takes {', '.join(LANGUAGES)}, not {value!r}")


def check_documents(only: Filter, documents: Iterable[DocumentSummary]) -> None:
    """Raises ``typer.BadParameter`` for a type or a file name that no document has."""
    from geungeo.lang.documents.kinds import NAMES

    given = [*documents]
    kinds, names = {one.type for one in given} | {*NAMES}, {one.name for one in given}
    for kind in only.types if given else ():
        if kind not in kinds:
            there = ", ".join(sorted(kinds - {""}))
            raise typer.BadParameter(f"--type {kind}: no document is one; there are {there}")
    for name in only.documents if given else ():
        if name not in names:
            raise typer.BadParameter(f"--document {name}: not indexed; see geungeo sources")


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
