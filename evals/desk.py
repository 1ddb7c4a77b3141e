"""A gold set asked of a running chain, with the report of the last runs: for the chat page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape
from pathlib import Path

from geungeo.evals.extra import MissingExtraError
from geungeo.evals.gold import GoldError, read_gold
from geungeo.evals.kept_runs import KeptRuns
from geungeo.evals.runs import make_run
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.settings import Settings
from geungeo.vectorstore import StoreError

_log = logging.getLogger(__name__)

_COMPARED = 6


class Desk:
    """``runs`` are kept and compared; ``shipped`` is asked beside the gold files in the folder of
    the settings, and no other file is."""

    def __init__(self, chain: Pipeline, settings: Settings, runs: KeptRuns, shipped: Path) -> None:
        self._chain = chain
        self._shipped = shipped
        self._settings = settings
        self._runs = runs

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
            self._runs.keep([make_run(file, self._settings, judged, figures(judged), {})])
        except (GoldError, StoreError) as error:
            raise ValueError(str(error)) from error
        return self.report()

    def report(self) -> str:
        """The newest run beside those before it on the same gold set; empty for none, and what to
        install where that is missing which draws it."""
        try:
            self._runs.take_up()
        except StoreError as error:
            _log.warning("runs in files are not kept: %s", error)
        runs = self._runs.newest(_COMPARED)
        if not runs:
            return ""
        try:
            from geungeo.evals.report import as_html

            return as_html(runs)
        except MissingExtraError as error:
            return f"<p>{escape(str(error))}</p>"
