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
        self, question: str, turns: Turns, current: str, reader: str, language: Language,
        request: gr.Request, *chosen: Any,
    ) -> Iterator[dict[Any, Any]]:  # fmt: skip
        """Yield the page as an answer grows, which is kept in the conversation that it was asked
        in, whatever is opened meanwhile, and also where the page is left. ``chosen`` are the
        values of the filters and then of the settings."""
        layout = self._layout
        layout.visitors.note(request, "asked", "page")
        own = current or secrets.token_urlsafe(9)
        said: Turns = []
        try:
            for shown in layout.chat.ask(
                layout.sources, layout.wished.wishes, question, turns, language, request, *chosen
            ):
                said = shown.get(layout.turns, said)
                yield {**shown, layout.history.current: own} if said else shown
        finally:
            if said:
                layout.history.keep(reader, own, said, request)

    def ask_linked(
        self, turns: Turns, current: str, reader: str, language: Language, request: gr.Request,
        *chosen: Any,
    ) -> Iterator[dict[Any, Any]]:  # fmt: skip
        """Ask the question of a link, where there is one."""
        if linked := _linked(request):
            yield from self.ask(linked, turns, current, reader, language, request, *chosen)
        else:
            # Of one that yields nothing every output is emptied, and what is being typed.
            yield {self._layout.chat.talk: gr.skip()}

    def listed_after_answer(
        self, turns: Turns, current: str, reader: str, search: str, request: gr.Request
    ) -> Any:
        """The conversations with the open one, which is kept by now."""
        history = self._layout.history
        history.keep_unkept(reader, current, turns, request)
        return history.listed(reader, search, current, request)

    def listed_after_loading(
        self, turns: Turns, current: str, reader: str, search: str, request: gr.Request
    ) -> Any:
        """The conversations where a question was asked while the page opened, be it that of a
        link; else what stands in the list may have been sought or chosen by now, and is not
        touched."""
        history = self._layout.history
        is_new = history.keep_unkept(reader, current, turns, request)
        if is_new or _linked(request):
            return history.listed(reader, search, current, request)
        return gr.skip()

    def stopped(
        self, asked: str, turns: Turns, current: str, reader: str, language: Language,
        request: gr.Request,
    ) -> tuple[Any, str]:  # fmt: skip
        """The page after a question that was stopped; what was said by then is kept at once."""
        if turns and current:
            self._layout.history.keep(reader, current, turns, request)
        return self._layout.chat.stopped(turns, asked, language)

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
        is touched, since a question may have been asked by now. Before they are listed, so that it
        does not come over another that was chosen."""
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

    def back_in_field(
        self, turns: Turns, current: str, reader: str, language: Language, request: gr.Request
    ) -> tuple[Turns, str, str, str]:
        """``without_last`` for good: it is kept so."""
        found = self.without_last(turns, language, request)
        self._layout.history.keep(reader, current, found[0], request)
        return found


def _linked(request: gr.Request) -> str:
    """The question of the page's address; empty for none."""
    return str(request.query_params.get("q", "")).strip()
