"""What happens on the page: each method is what one of its events runs."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from geungeo.lang.detect import Language
from geungeo.ui.page.chat import Turns
from geungeo.ui.page.examples import example_questions
from geungeo.ui.page.layout import CHOICES, Layout
from geungeo.ui.strings import STRINGS
from geungeo.ui.views import Views


class Handlers:
    """``questions`` is a file of questions that are shown as examples."""

    def __init__(self, layout: Layout, views: Views, questions: Path) -> None:
        self._layout = layout
        self._views = views
        self._questions = questions

    def ask(
        self, question: str, turns: Turns, language: Language, request: gr.Request, *chosen: Any
    ) -> Iterator[dict[Any, Any]]:
        """Yield the page as an answer grows. ``chosen`` are the values of the filters and then
        of the settings."""
        layout = self._layout
        layout.visitors.note(request, "asked", "page")
        yield from layout.chat.ask(
            layout.sources, layout.wished.wishes, question, turns, language, request, *chosen
        )

    def ask_linked(
        self, turns: Turns, language: Language, request: gr.Request, *chosen: Any
    ) -> Iterator[dict[Any, Any]]:
        """Ask the question of a link, where there is one."""
        if linked := request.query_params.get("q", "").strip():
            yield from self.ask(linked, turns, language, request, *chosen)
        else:
            # Of one that yields nothing every output is emptied, and what is being typed.
            yield {self._layout.chat.talk: gr.skip()}

    def listed(self, language: Language, request: gr.Request) -> dict[Any, Any]:
        """What depends on the documents."""
        layout = self._layout
        known = self._views.of(request).store.documents()
        collection = layout.shelf(request)
        samples = [[one] for one in example_questions(self._questions, known, language)]
        return {
            **layout.documents.listed(collection, STRINGS[language]),
            **layout.scope.choices(collection),
            **layout.chat.listed(collection, STRINGS[language]),
            layout.chat.examples: gr.Dataset(samples=samples),
        }

    def opened(
        self, remembered: str, reader: str, wishes: list[Any], request: gr.Request
    ) -> list[Any]:
        """The language that the reader chose before, or that the browser speaks; a name for the
        browser; and the settings that it remembers."""
        accepted = request.headers.get("accept-language", "")
        wanted = (remembered, *(part.strip()[:2] for part in accepted.split(",")))
        spoken = (code for want in wanted for _, code in CHOICES if code == want)
        own = reader or secrets.token_urlsafe(16)
        return [next(spoken, "ko"), own, *self._layout.wished.restored(wishes)]

    def shown(self, turns: Turns, language: Language, request: gr.Request) -> tuple[str, str]:
        """A conversation, and the sources of its last answer."""
        return self._layout.chat.shown(turns, STRINGS[language], request)

    def open_conversation(
        self, reader: str, chosen: str | None, language: Language, request: gr.Request
    ) -> tuple[Turns, str, str, str]:
        turns = self._layout.history.open(reader, chosen, request) if chosen else []
        return turns, chosen or "", *self.shown(turns, language, request)

    def reopen(
        self, reader: str, language: Language, request: gr.Request
    ) -> tuple[Turns, str, str, str]:
        """The conversation of the page's address, where it is one of the reader's; else nothing
        is touched, since a question may have been asked by now."""
        chosen = request.query_params.get("c", "")
        if not (chosen and reader and self._layout.history.open(reader, chosen, request)):
            return gr.skip(), gr.skip(), gr.skip(), gr.skip()
        return self.open_conversation(reader, chosen, language, request)

    def started_anew(self, language: Language, request: gr.Request) -> tuple[Turns, str, str, str]:
        return [], "", *self.shown([], language, request)

    def without_last(
        self, turns: Turns, language: Language, request: gr.Request
    ) -> tuple[Turns, str, str, str]:
        """The conversation before its last question, and that question."""
        kept, question = self._layout.chat.without_last(turns, language)
        return kept, question, *self.shown(kept, language, request)
