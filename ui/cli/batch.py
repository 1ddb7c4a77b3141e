"""Many questions from a file, a JSON line each, and their results into another."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer

from geungeo.errors import GeungeoError
from geungeo.ui.cli.console import progress

Row = dict[str, Any]


class BatchError(GeungeoError):
    """A batch file that cannot be read, or results that cannot be written."""


def read_rows(question: str | None, batch: Path | None, out: Path | None) -> list[Row]:
    """The rows of a batch, else the one question, each with a text under ``question``.

    Raises:
        typer.BadParameter: there is neither a question nor a batch, or no file for its results.
        BatchError: the batch cannot be read, or a row of it is no question.
    """
    if batch is not None:
        if out is None:
            raise typer.BadParameter("--batch needs --out FILE")
        if out.resolve() == batch.resolve():
            raise typer.BadParameter("--out would write over the questions; name another file")
        return _read(batch)
    if question is None or not question.strip():
        raise typer.BadParameter("give a QUESTION, or --batch FILE --out FILE")
    return [{"question": question}]


def write_rows(rows: Sequence[Row], out: Path, answer: Callable[[Row], Row]) -> None:
    """Write what is answered to each row; raises ``BatchError`` where nothing can be written."""
    try:
        lines = out.open("w", encoding="utf-8")
    except OSError as error:
        raise BatchError(f"{out}: {error.strerror}; name a file that can be written") from error
    with lines, progress("questions") as update:
        for done, row in enumerate(rows):
            update(done, len(rows), row["question"])
            lines.write(json.dumps(answer(row), ensure_ascii=False) + "\n")


def _read(batch: Path) -> list[Row]:
    try:
        lines = batch.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BatchError(f"{batch}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BatchError(f"{batch}: not in UTF-8 ({error}); save it so") from error
    rows = [_row(line, f"{batch}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise BatchError(f'{batch}: no questions in it; write one a line: {{"question": "…"}}')
    return rows


def _row(line: str, where: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BatchError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise BatchError(f'{where}: a row needs a text under "question"')
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise BatchError(f'{where}: "history" is a list of the questions before, oldest first')
    return row
