"""Runs of the evals as a store keeps them: in a file beside it, or in a database that is shared."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from geungeo.evals.runs import Run, RunError, read_run
from geungeo.rag.notes import Notes
from geungeo.vectorstore import FILES, Store, Tables

_FOLDER = "runs"


class KeptRuns:
    """The runs of a store; safe to use from several threads."""

    def __init__(self, folder: Path, shared: Tables | None = None) -> None:
        """They lie in a file in the folder of a store, or in a database that is shared."""
        self._notes = Notes(folder / FILES["runs"], "runs", shared)
        self._folder = folder / _FOLDER
        self._seen: frozenset[Path] = frozenset()

    @classmethod
    def of(cls, store: Store) -> KeptRuns:
        """Where a store keeps them."""
        return cls(store.folder, store.shared)

    def keep(self, runs: Sequence[Run]) -> None:
        """Add runs; one that is kept already stays.

        Raises:
            StoreError: they cannot be written.
        """
        with self._notes.changing() as connection:
            for run in runs:
                connection.run("keep_run", _row(run))

    def take_up(self) -> None:
        """Add those that lie as files in the folder ``runs`` of the store, where older versions
        kept them and ``--record`` may write them. The files stay, and what is no run is passed
        over.

        Raises:
            StoreError: they cannot be written.
        """
        files = frozenset(self._folder.glob("*.json"))
        found = [run for file in sorted(files - self._seen) if (run := _run(file))]
        if found:
            self.keep(found)
        self._seen |= files

    def all(self) -> list[Run]:
        """Every run, the oldest first."""
        with self._notes.reading() as connection:
            return _read([row["run"] for row in connection.every("every_run")])

    def newest(self, most: int) -> list[Run]:
        """The newest run with those before it on the same gold set, the oldest first."""
        with self._notes.reading() as connection:
            rows = connection.rows("newest_runs", {"most": most})
        return _read([text for (text,) in reversed(rows)])


def _row(run: Run) -> dict[str, str]:
    text = run.model_dump_json()
    key = hashlib.sha256(text.encode()).hexdigest()
    return {"id": key, "at": run.at, "gold": run.gold, "run": text}


def _run(file: Path) -> Run | None:
    try:
        return read_run(file)
    except RunError:
        return None


def _read(texts: Sequence[str]) -> list[Run]:
    """Runs, without those that another version wrote otherwise."""
    return [run for text in texts if (run := _valid(text))]


def _valid(text: str) -> Run | None:
    try:
        return Run.model_validate_json(text)
    except ValidationError:
        return None
