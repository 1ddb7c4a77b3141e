"""``geungeo correct``: what was read wrongly of a document, put right."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geungeo.ui.cli.console import print_json, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption
from geungeo.ui.cli.stores import opened_store

if TYPE_CHECKING:
    from geungeo.vectorstore import Store


def correct(
    document: Annotated[str, typer.Argument(help="Its path, or the name of its file.")],
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    date: Annotated[
        str | None, typer.Option(help="2024, 2024-07 or 2024-07-30; '' for none.")
    ] = None,
    organisation: Annotated[str | None, typer.Option(help="Who made it; '' for none.")] = None,
    type: Annotated[
        str | None, typer.Option(help="Its kind, such as 'press release'; '' for none.")
    ] = None,
    as_read: Annotated[bool, typer.Option("--as-read", help="Take all corrections back.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Correct what was read of a document; without options show what is corrected.

    The file stays as it is, and a correction stays when it is read again.

    Example: `geungeo correct report.pdf --date 2024-07-30 --organisation 교육부`
    """
    given = {"title": title, "date": date, "organisation": organisation, "type": type}
    wished = {name: value for name, value in given.items() if value is not None}
    if as_read and wished:
        raise typer.BadParameter("--as-read takes everything back: give it alone")

    from geungeo.ui import corrections

    with opened_store(read_settings(store)) as opened:
        path = _path_of(opened, document)
        if wished or as_read:
            corrections.correct(opened, path, None if as_read else wished)
        told = _told(opened, path)
    if as_json:
        print_json(told)
        return
    for name, value in told["read"].items():
        corrected = told["corrected"].get(name)
        is_as_read = corrected is None
        typer.echo(f"{name}: {(value if is_as_read else corrected) or '–'}", nl=is_as_read)
        if not is_as_read:
            typer.secho(f"  (read: {value or '–'})", dim=True)


def _path_of(store: Store, document: str) -> str:
    from geungeo.ui.named import paths_named

    found = paths_named(store, document)
    if not found:
        raise typer.BadParameter(f"{document}: not indexed; see geungeo sources")
    if len(found) > 1:
        raise typer.BadParameter(f"several are {document}; give a path: {', '.join(found)}")
    return found[0]


def _told(store: Store, path: str) -> dict[str, Any]:
    """What was read of a document, and what is corrected of it."""
    from geungeo.vectorstore import Correction, Description

    read = store.as_read(path) or Description("")
    correction = store.corrections().get(path, Correction())
    corrected = {name: getattr(correction, name) for name in correction.names}
    return {"path": path, "read": asdict(read), "corrected": corrected}
