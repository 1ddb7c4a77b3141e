"""The gold set asked from the page: figures, plots beside the last runs, and every failure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.page.render import hint
from geungeo.ui.page.visitors import Visitors, require
from geungeo.ui.strings import STRINGS, Strings

Measure = Callable[[str, Callable[[int, int, str], None]], str]
"""Asks the questions of the gold file of a name, tells how far it is, and returns a page of what
came out; raises ``ValueError`` for one that is not listed or cannot be read."""


class EvalsPanel:
    """``measure`` does the work; ``last`` gives the page of the runs so far, empty for none;
    ``golds`` gives the names of the gold files that may be asked."""

    def __init__(
        self,
        measure: Measure,
        last: Callable[[], str],
        golds: Callable[[], Collection[str]],
        visitors: Visitors,
        language: gr.Radio,
    ) -> None:
        self._measure = measure
        self._visitors = visitors
        self._last = last
        self.about = gr.Markdown(elem_id="about-evals")
        self._golds = golds
        self.gold = gr.Dropdown([*golds()] if visitors.is_everyone else [], elem_id="gold")
        self.run = gr.Button(size="sm", elem_id="run-evals")
        self.report = gr.HTML(elem_id="report")
        self.run.click(
            self._run, [self.gold, language], self.report, api_visibility="private",
            concurrency_limit=1,
        )  # fmt: skip

    def opened(self, language: Language, request: gr.Request) -> tuple[Any, str]:
        """The gold files of now, and the last runs."""
        require(self._visitors, request, "admin", STRINGS[language])
        return gr.update(choices=[*self._golds()]), _framed(self._last(), STRINGS[language])

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.about: say.evals_are,
            self.gold: gr.update(label=say.gold_file),
            self.run: gr.update(value=say.run_evals),
        }

    def _run(
        self,
        gold: str | None,
        language: Language,
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> str:
        require(self._visitors, request, "admin", STRINGS[language])

        def update(done: int, of: int, name: str) -> None:
            progress((done, of), desc=name)

        try:
            return _framed(self._measure(gold or "", update), STRINGS[language])
        except ValueError as error:
            raise gr.Error(str(error), print_exception=False) from error


def _framed(page: str, say: Strings) -> str:
    """A report in a frame of its own, in which no script runs."""
    if not page:
        return hint(say.no_runs)
    title = escape(say.evals_tab, quote=True)
    return f'<iframe sandbox="" title="{title}" srcdoc="{escape(page, quote=True)}"></iframe>'
