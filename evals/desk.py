"""A gold set asked of a running chain, with the report of the last runs: for the chat page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from geungeo.evals.extra import MissingExtraError
from geungeo.evals.gold import GoldError, read_gold
from geungeo.evals.runs import Run, RunError, make_run, read_run, record
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.settings import Settings

_COMPARED = 6


class Desk:
    """``folder`` is where runs are kept; ``shipped`` is asked beside the gold files in the folder
    of the settings, and no other file is."""

    def __init__(self, chain: Pipeline, settings: Settings, folder: Path, shipped: Path) -> None:
        self._chain = chain
        self._shipped = shipped
        self._settings = settings
        self._folder = folder

    def golds(self) -> dict[str, Path]:
        """The gold files that may be asked, by name."""
        folder = self._settings.gold
        own = sorted(folder.expanduser().glob("*.jsonl")) if folder else []
        files = [self._shipped, *(file for file in own if file.is_file())]
        return {file.name: file for file in files if file.exists()}

    def measure(self, gold: str, update: Callable[[int, int, str], None]) -> str:
        """Ask the questions of the gold file of a name, write the run down, and return the report
        as HTML.

        Raises ``ValueError`` where no such file is listed, it is not a gold set or the run
        cannot be written.
        """
        # What asks and judges is loaded where it is wanted, not where a page is opened.
        from geungeo.evals.answers import evaluate
        from geungeo.evals.figures import figures
        from geungeo.evals.systems import of_chain

        file = self.golds().get(gold)
        if file is None:
            raise ValueError("no such gold file; those of the folder GEUNGEO_GOLD are listed")
        try:
            cases = read_gold(file)
            system = of_chain("whole", self._chain)
            judged = evaluate(cases, system, self._chain.retriever.store, update)
            record(self._folder, make_run(file, self._settings, judged, figures(judged), {}))
        except (GoldError, RunError) as error:
            raise ValueError(str(error)) from error
        return self.report()

    def report(self) -> str:
        """The newest run beside those before it on the same gold set; empty for none, and what to
        install where that is missing which draws it."""
        runs = [run for file in sorted(self._folder.glob("*.json")) if (run := _run(file))]
        if not runs:
            return ""
        try:
            from geungeo.evals.report import as_html

            return as_html([run for run in runs if run.gold == runs[-1].gold][-_COMPARED:])
        except MissingExtraError as error:
            return f"<p>{escape(str(error))}</p>"


def _run(file: Path) -> Run | None:
    try:
        return read_run(file)
    except RunError:
        return None
