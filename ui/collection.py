"""The documents behind the page: what is listed, and how files come in."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from ingest import Ledger, LedgerEntry, ingest
from ui import render
from ui.strings import Strings
from vectorstore import Store


class Collection:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._ledger = Ledger(store.folder / "ledger.sqlite")

    def as_html(self, say: Strings) -> str:
        return render.documents(self._store.documents(), self._ledger.entries(), say)

    def left_out(self) -> list[LedgerEntry]:
        return self._ledger.left_out()

    def choices(self) -> tuple[list[str], list[str], list[str]]:
        """The types, the organisations and the names of the documents, each once."""
        known = self._store.documents()
        return (
            sorted({one.type for one in known} - {""}),
            sorted({one.organisation for one in known} - {""}),
            sorted({one.name for one in known}),
        )

    def add(self, files: Sequence[str], progress: gr.Progress, say: Strings) -> str:
        """Copy uploaded files beside the index and ingest them; returns what became of each."""
        folder = self._store.folder / "uploads"
        folder.mkdir(exist_ok=True)
        kept = [Path(shutil.copy(file, folder / Path(file).name)) for file in files]
        report = ingest(
            kept, self._store, self._ledger, lambda i, n, name: progress((i, n), desc=name)
        )
        return "\n".join(
            f"{Path(entry.path).name}: {entry.status}"
            + (f" ({entry.reason})" if entry.reason else f", {say.passages.format(entry.chunks)}")
            for entry in report.files
        )
