"""The list of earlier conversations: found, opened, named, removed, saved."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.ui.history import History
from geungeo.ui.page.export import markdown
from geungeo.ui.page.panel import IN_TURN, QUIET, last_of
from geungeo.ui.page.visitors import Visitors
from geungeo.ui.strings import Strings

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RENAMED = """
document.addEventListener('geungeo-renamed', (event) => {
  if (element.isConnected) trigger('edit', event.detail);
});
"""
_SAVE = "(file) => file && window.geungeo.save(JSON.parse(file))"


@dataclass(frozen=True)
class Forgotten:
    """A conversation that was deleted."""

    id: str
    name: str
    turns: list[Answer]


class HistoryPanel:
    """``reader`` is the browser's own secret, ``current`` the conversation that is open."""

    def __init__(
        self, history: History, visitors: Visitors, turns: gr.State, language: gr.Radio
    ) -> None:
        self.history = history
        self._visitors = visitors
        self.reader = gr.BrowserState("", storage_key="geungeo-reader", secret="geungeo")
        self.current = gr.State("")
        self.new = gr.Button(variant="primary", size="sm", elem_id="new")
        self.search = gr.Textbox(max_lines=1, show_label=False, container=False, elem_id="search")
        self.list = gr.Radio([], elem_id="history", type="value")
        with gr.Accordion(open=False, elem_id="conversation") as self.more:
            self.remove = gr.Button(size="sm", min_width=80)
            with gr.Row():
                self.markdown = gr.Button(
                    "Markdown", size="sm", min_width=80, elem_id="save-markdown"
                )
                self.word = gr.Button("Word", size="sm", min_width=80, elem_id="save-word")
        # The conversation that was deleted last, until it is taken back.
        self.forgotten = gr.State(None)
        self.undo = gr.Button(size="sm", visible=False, elem_id="undo")
        file = gr.Textbox(visible=False)

        listing = [self.reader, self.search, self.current]
        self.search.change(self.listed, listing, self.list, **IN_TURN)
        # A row is renamed where it stands.
        renaming = gr.HTML(elem_id="renaming", js_on_load=_RENAMED)
        renamed = renaming.edit(self._rename, self.reader, None, **QUIET)
        renamed.then(self.listed, listing, self.list, **IN_TURN)
        for button, kind in ((self.markdown, "md"), (self.word, "docx")):
            button.click(self._as_file, [turns, language, gr.State(kind)], file, **QUIET).then(
                None, file, js=_SAVE
            )

    def whose(self, request: gr.Request, remembered: str) -> str:
        """By what the conversations of who looks at the page are found."""
        return self._visitors.reader(request, remembered)

    def keep(
        self, reader: str, conversation: str, turns: list[Answer], request: gr.Request
    ) -> None:
        """Write a conversation down, where it is known whose it is."""
        if whose := self.whose(request, reader):
            self.history.keep(whose, conversation, turns)

    def keep_unkept(
        self, reader: str, conversation: str, turns: list[Answer], request: gr.Request
    ) -> bool:
        """Write the open conversation down where it is not yet, since it was asked before the
        browser had its name; returns whether it was so."""
        whose = self.whose(request, reader)
        if not (whose and conversation and turns):
            return False
        if any(one.id == conversation for one in self.history.conversations(whose)):
            return False
        self.history.keep(whose, conversation, turns)
        return True

    def listed(self, reader: str, search: str, current: str, request: gr.Request) -> Any:
        """The list as it is now, with the open conversation chosen."""
        whose = self.whose(request, reader)
        found = self.history.conversations(whose, search) if whose else []
        chosen = current if any(one.id == current for one in found) else None
        return gr.update(choices=[(one.name, one.id) for one in found], value=chosen)

    def open(self, reader: str, chosen: str, request: gr.Request) -> list[Answer]:
        return self.history.turns(self.whose(request, reader), chosen)

    def forget(
        self, reader: str, current: str, request: gr.Request
    ) -> tuple[Forgotten | None, Any]:
        """Delete the open conversation; it can be taken back as long as the page is open."""
        whose = self.whose(request, reader)
        names = {one.id: one.name for one in self.history.conversations(whose)}
        if current not in names:
            return None, gr.update(visible=False)
        forgotten = Forgotten(current, names[current], self.history.turns(whose, current))
        self.history.forget(whose, current)
        return forgotten, gr.update(visible=True)

    def take_back(
        self, reader: str, forgotten: Forgotten | None, request: gr.Request
    ) -> tuple[str, Any]:
        """Keep what was deleted last once more; returns its id."""
        if forgotten is None:
            return "", gr.update(visible=False)
        whose = self.whose(request, reader)
        self.history.keep(whose, forgotten.id, forgotten.turns)
        self.history.rename(whose, forgotten.id, forgotten.name)
        return forgotten.id, gr.update(visible=False)

    def labelled(self, say: Strings) -> dict[Component, Any]:
        kept_for = say.history_is if self._visitors.is_everyone else say.history_of_account
        return {
            self.new: gr.update(value=say.new),
            self.search: gr.update(label=say.search_history, placeholder=say.search_history),
            self.more: gr.update(label=say.this_conversation),
            self.list: gr.update(label=say.history, info=kept_for),
            self.remove: gr.update(value=say.remove),
            self.undo: gr.update(value=say.take_back),
        }

    def _rename(self, reader: str, told: gr.EventData, request: gr.Request) -> None:
        whose = self.whose(request, reader)
        if whose and str(told.name).strip():
            self.history.rename(whose, str(told.conversation), str(told.name))

    def _as_file(self, turns: list[Answer], language: Language, kind: str) -> str:
        from geungeo.ui.page.footnotes import word_file

        last_of(turns, language)
        data = markdown(turns).encode() if kind == "md" else word_file(turns)
        media = "text/markdown" if kind == "md" else _WORD
        coded = base64.b64encode(data).decode()
        return json.dumps({"name": f"geungeo.{kind}", "data": f"data:{media};base64,{coded}"})
