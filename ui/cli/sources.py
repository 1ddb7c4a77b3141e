"""``geungeo sources``: what is indexed, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from geungeo.ui.cli.console import EMPTY, print_json, read_settings
from geungeo.ui.cli.options import JsonOption, StoreOption
from geungeo.ui.cli.stores import ledger_of, opened_store

if TYPE_CHECKING:
    from geungeo.ingest import LedgerEntry
    from geungeo.vectorstore import DocumentSummary

_LEDGER_KEYS = (
    "loader", "characters", "empty", "recognised", "sha256", "seconds", "reason", "twin", "notes",
)  # fmt: skip


def sources(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List what is indexed, and what was left out and why."""
    with opened_store(read_settings(store)) as opened:
        indexed = opened.documents()
        ledger = ledger_of(opened).entries()
        corrected = {path: list(one.names) for path, one in opened.corrections().items()}
    left_out = [entry for entry in ledger.values() if not entry.is_indexed]
    if as_json:
        print_json(
            {
                "indexed": [
                    {
                        **_as_json(one, ledger.get(one.path)),
                        "corrected": corrected.get(one.path, []),
                    }
                    for one in indexed
                ],
                "left_out": [
                    {"path": entry.path, "status": entry.status, "reason": entry.reason}
                    for entry in left_out
                ],
            }
        )
        return
    for summary in indexed:
        _print_document(summary, ledger.get(summary.path))
        if summary.path in corrected:
            typer.secho(f"   corrected: {', '.join(corrected[summary.path])}", dim=True)
    for entry in left_out:
        typer.secho(f"{entry.status}: {entry.path}: {entry.reason}", fg="yellow")
    if not indexed and not left_out:
        typer.echo(EMPTY, err=True)


def _as_json(summary: DocumentSummary, entry: LedgerEntry | None) -> dict[str, Any]:
    return {
        "path": summary.path,
        "document": summary.name,
        "title": summary.title,
        "date": summary.date,
        "organisation": summary.organisation,
        "type": summary.type,
        "language": summary.language,
        "pages": summary.pages,
        "chunks": summary.passages,
        **({name: getattr(entry, name) for name in _LEDGER_KEYS} if entry else {}),
    }


def _print_document(summary: DocumentSummary, entry: LedgerEntry | None) -> None:
    typer.secho(summary.title, bold=True)
    known = (summary.date, summary.type, summary.organisation, summary.author, summary.code)
    details = filter(None, (*dict.fromkeys(known), summary.language))
    typer.echo(f"   {summary.path}  {'  '.join(details)}")
    typer.secho(f"   {_how_read(entry, summary.passages)}", dim=True)
    for note in entry.notes if entry else ():
        typer.secho(f"   not read: {note}", fg="yellow")


def _how_read(entry: LedgerEntry | None, chunks: int) -> str:
    """How a file was read, in one line."""
    if entry is None:
        return f"{chunks} chunks"
    parts = [f"{entry.pages} pages", f"{entry.characters:,} characters", f"{chunks} chunks"]
    parts += [f"{entry.recognised} pages by OCR"] if entry.recognised else []
    parts += [f"{entry.empty} pages without text"] if entry.empty else []
    parts += [f"nearly the same as {Path(entry.twin).name}"] if entry.twin else []
    parts += [entry.loader, *([entry.reason] if entry.reason else [])]
    return ", ".join(filter(None, parts))
