"""What the commands share: settings, errors, progress, batches."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from geungeo.rag.settings import Settings

FAILED = 1
USAGE = 2

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the index.  [GEUNGEO_STORE, .geungeo]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def read_settings(store: Path | None, **changed: Any) -> Settings:
    from pydantic import ValidationError

    given = {name: value for name, value in changed.items() if value is not None}
    if store is not None:
        given["store"] = store
    try:
        return Settings(**given)
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"])
            typer.secho(f"GEUNGEO_{name.upper()}: {problem['msg']}", fg="red", err=True)
        raise typer.Exit(USAGE) from error


def make_filter(
    since: str | None,
    until: str | None,
    documents: list[str] | None,
    organisations: list[str] | None,
    languages: list[str] | None,
    types: list[str] | None,
) -> Any:
    from geungeo.vectorstore import Filter

    for name, value in (("--since", since), ("--until", until)):
        if value and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
            raise typer.BadParameter(f"{name} takes 2024, 2024-07 or 2024-07-30, not {value!r}")
    return Filter(
        since or "",
        until or "",
        tuple(documents or ()),
        tuple(organisations or ()),
        tuple(languages or ()),
        tuple(types or ()),
    )


@contextmanager
def opened_store(settings: Settings) -> Iterator[Any]:
    from geungeo.ingest import CHUNKER
    from geungeo.rag.assembly import open_store

    with open_store(settings, CHUNKER) as opened:
        yield opened


@contextmanager
def asked_store(gold: Path, settings: Settings) -> Iterator[tuple[Any, Any, Any]]:
    """The store that a gold set is asked of, with its cases, and what fills another store with
    the same documents: the settings' own store for a file, one made for the occasion from the
    passages of a folder in BEIR form."""
    from geungeo.evals.answers import open_domain
    from geungeo.evals.beir import CHUNKER, BeirSet
    from geungeo.evals.gold import read_gold
    from geungeo.ingest import WITHIN, Ledger, ingest

    if not gold.is_dir():
        cases = read_gold(gold)
        with opened_store(settings) as opened:
            paths = (document.path.split(WITHIN)[0] for document in opened.documents())
            files = [Path(path) for path in dict.fromkeys(paths)]

            def refill(other: Any) -> None:
                ingest(files, other, Ledger(other.folder / "ledger.sqlite"))

            yield opened, cases, refill
        return
    collection = BeirSet.read(gold)
    with scratch_store(settings, CHUNKER) as opened:
        collection.index(opened)
        yield opened, open_domain(collection), collection.index


@contextmanager
def scratch_store(settings: Settings, chunker: str = "") -> Iterator[Any]:
    """An empty store that goes when the command ends."""
    from geungeo.rag.assembly import open_scratch_store

    with (
        tempfile.TemporaryDirectory(prefix="geungeo-eval-") as folder,
        open_scratch_store(settings, Path(folder), chunker) as opened,
    ):
        yield opened


@contextmanager
def known_errors(*more: type[Exception]) -> Iterator[None]:
    """Known errors, and ``more`` of a command's own, as one line on standard error; anything else
    is a crash and looks like one."""
    from geungeo.evals.beir import BeirError
    from geungeo.evals.gate import GateError
    from geungeo.evals.gold import GoldError
    from geungeo.evals.runs import RunError
    from geungeo.evals.verifier import CasesError
    from geungeo.lang import GlossaryError
    from geungeo.rag.answer.local_model import LocalModelError
    from geungeo.rag.answer.model_answerer import LanguageModelError
    from geungeo.rag.assembly import SettingsError
    from geungeo.rag.question.conversation import QuestionTooLongError
    from geungeo.vectorstore import ModelError, StoreError

    known: tuple[type[Exception], ...] = (
        StoreError, ModelError, GlossaryError, SettingsError, BeirError, GoldError, BatchError,
        LocalModelError, LanguageModelError, CasesError, GateError, RunError,
        QuestionTooLongError, *more,
    )  # fmt: skip
    try:
        yield
    except known as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(FAILED) from error


class BatchError(Exception):
    """A batch file that cannot be read."""


def required(question: str | None) -> str:
    if question is None or not question.strip():
        raise typer.BadParameter("give a QUESTION, or --batch FILE --out FILE")
    return question


def run_batch(batch: Path, out: Path | None, answer: Any) -> None:
    if out is None:
        raise typer.BadParameter("--batch needs --out FILE")
    rows = []
    try:
        for number, line in enumerate(batch.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict) or not isinstance(row.get("question"), str):
                    raise BatchError(f'{batch}:{number}: a row needs a text under "question"')
                rows.append(row)
    except OSError as error:
        raise BatchError(f"{batch}: {error.strerror}") from error
    except ValueError as error:
        raise BatchError(f"{batch}:{number}: not JSON ({error})") from error
    with progress("questions") as update, out.open("w", encoding="utf-8") as lines:
        for done, row in enumerate(rows):
            update(done, len(rows), row["question"][:40])
            lines.write(json.dumps(answer(row), ensure_ascii=False) + "\n")


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A bar on standard error; silent when that is not a terminal."""
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
