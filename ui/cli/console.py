"""What the commands share: errors, settings, progress, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer
from typer.core import TyperGroup

from geungeo.errors import GeungeoError
from geungeo.ui.logs import tell

if TYPE_CHECKING:
    from geungeo.rag.settings import Settings

FAILED = 1
USAGE = 2
# As shells tell of SIGINT.
INTERRUPTED = 130

EMPTY = "The index is empty. Fill it with: geungeo ingest FOLDER"


class Update(Protocol):
    """Told how far something is: ``done`` of ``total``, and what comes now."""

    def __call__(self, done: int, total: int, name: str) -> None: ...


class Commands(TyperGroup):
    """Commands whose errors of ours are lines on standard error, and so is Ctrl-C; any other is a
    crash and looks like one."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except GeungeoError as error:
            typer.secho(str(error), fg="red", err=True)
            raise typer.Exit(FAILED) from error
        except KeyboardInterrupt as error:
            typer.secho("stopped", fg="red", err=True)
            raise typer.Exit(INTERRUPTED) from error


def read_settings(store: Path | None = None, **changed: Any) -> Settings:
    """The settings of the environment, with what options changed; from here on our loggers tell
    as much as they say. Ends the program where one is wrong."""
    from pydantic import ValidationError

    from geungeo.rag.settings import Settings

    given = {name: value for name, value in changed.items() if value is not None}
    if store is not None:
        given["store"] = store
    try:
        settings = Settings(**given)
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"])
            typer.secho(f"GEUNGEO_{name.upper()}: {problem['msg']}", fg="red", err=True)
        raise typer.Exit(USAGE) from error
    tell(settings.log_level)
    return settings


@contextmanager
def progress(what: str) -> Iterator[Update]:
    """A bar on standard error; silent when that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=None)

        def update(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name[:40])

        yield update


def print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def share(value: float | None) -> str:
    """A figure of a table; a dash where there is none."""
    return "–" if value is None else str(value)
