"""The command line. Other tools drive the project through it: names and keys stay."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from geungeo.ui.cli.accounts import accounts_app
from geungeo.ui.cli.ask import ask
from geungeo.ui.cli.bench import bench_app
from geungeo.ui.cli.chat import chat
from geungeo.ui.cli.collections import collections_app
from geungeo.ui.cli.console import Commands
from geungeo.ui.cli.correct import correct
from geungeo.ui.cli.evals import evals_app
from geungeo.ui.cli.ingest import ingest, watch
from geungeo.ui.cli.read import read
from geungeo.ui.cli.search import search
from geungeo.ui.cli.sources import sources

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Ask your documents and get answers that quote them.\n\n"
    'Start with `geungeo ingest FOLDER`, then `geungeo ask "…"` or `geungeo chat`.',
)
for command in (ingest, read, search, ask, sources, correct, watch, chat):
    app.command()(command)
app.add_typer(accounts_app, name="accounts")
app.add_typer(collections_app, name="collections")
app.add_typer(evals_app, name="eval")
app.add_typer(bench_app, name="bench")


@app.callback()
def start(
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell what is done.  [GEUNGEO_LOG_LEVEL=info]")
    ] = False,
) -> None:
    if verbose and os.environ.get("GEUNGEO_LOG_LEVEL") != "debug":
        os.environ["GEUNGEO_LOG_LEVEL"] = "info"
    # Before any thread has a heap of its own.
    from geungeo.ingest.heap import share_heap

    share_heap()


def main() -> None:
    app()
