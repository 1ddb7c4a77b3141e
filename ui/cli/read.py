"""``geungeo read``: how a file is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geungeo.ui.cli.console import print_json
from geungeo.ui.cli.options import JsonOption

if TYPE_CHECKING:
    from geungeo.ingest.reading import Reading


def read(
    file: Annotated[Path, typer.Argument(help="A file.")],
    as_json: JsonOption = False,
) -> None:
    """Show how a file is read, without indexing it: its sentences, and what is left out.

    Example: `geungeo read report.hwpx`
    """
    from geungeo.ingest.formats import LoadError
    from geungeo.ingest.reading import read_file
    from geungeo.ingest.worker import Worker
    from geungeo.lang import Analyzer

    worker = Worker()
    try:
        reading = read_file(file, worker, Analyzer())
    except OSError as error:
        raise LoadError(f"{file}: it cannot be read: {error.strerror or error}") from error
    finally:
        worker.close()
    if as_json:
        print_json(reading.to_json())
    else:
        _print_reading(reading)


def _print_reading(reading: Reading) -> None:
    about = reading.metadata
    known = (about.title, about.date, about.organisation, about.type)
    typer.secho(" · ".join(filter(None, known)), bold=True)
    typer.echo(f"{reading.pages} pages, by {reading.loader}")
    for note in reading.notes:
        typer.echo(f"left out: {note}")
    for name in reading.files:
        typer.echo(f"a file within: {name}")
    section = ""
    for sentence in reading.sentences:
        if sentence.section != section:
            section = sentence.section
            typer.secho(f"\n{section}", bold=True)
        typer.echo(f"{sentence.page:>4} {sentence.kind:<8} {sentence.text}")
