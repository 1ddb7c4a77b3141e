"""The documents to search: found by title, ticked, and narrowed by date, type, organisation."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.ui.page.collection import Collection
from geungeo.ui.page.panel import QUIET
from geungeo.ui.strings import STRINGS, Strings

# A button of the summary takes the whole scope back.
_CLEARED = """
element.addEventListener('click', (event) => {
  if (event.target.closest('button')) trigger('click');
});
"""


class ScopePanel:
    """``filters`` are the inputs from which a scope is made; ``summary`` says it beside the
    question, and takes it back."""

    def __init__(self) -> None:
        self.find = gr.Textbox(
            max_lines=1, show_label=False, container=False, interactive=True, elem_id="find"
        )
        self.chosen = gr.CheckboxGroup([], elem_id="chosen")
        with gr.Accordion(open=False, elem_id="scope") as self.more:
            self.since = gr.Textbox(max_length=10)
            self.until = gr.Textbox(max_length=10)
            self.types = gr.Dropdown(multiselect=True)
            self.organisations = gr.Dropdown(multiselect=True)
        self.filters: list[Any] = [
            self.since, self.until, self.types, self.organisations, self.chosen
        ]  # fmt: skip
        self.outputs: list[Component] = [self.types, self.organisations, self.chosen]

    def join(self, summary: gr.HTML, language: gr.Radio) -> None:
        """``summary`` follows what is chosen."""
        for field in self.filters:
            field.change(self._told, [language, *self.filters], summary, **QUIET)
        summary.click(lambda: ["", "", [], [], [], ""], None, [*self.filters, summary], **QUIET)

    @staticmethod
    def new_summary() -> gr.HTML:
        """Where the scope is told; made in the composer."""
        return gr.HTML(elem_id="within", js_on_load=_CLEARED)

    def choices(self, collection: Collection) -> dict[Component, Any]:
        """What there is to choose from now."""
        kinds, organisers, documents = collection.choices()
        return {
            self.types: gr.update(choices=kinds),
            self.organisations: gr.update(choices=organisers),
            self.chosen: gr.update(choices=documents),
        }

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.find: gr.update(label=say.find_document, placeholder=say.find_document),
            self.chosen: gr.update(label=say.chosen_documents),
            self.more: gr.update(label=say.scope_more),
            self.since: gr.update(label=say.since),
            self.until: gr.update(label=say.until),
            self.types: gr.update(label=say.types),
            self.organisations: gr.update(label=say.organisations),
        }

    def _told(self, language: Language, *chosen: Any) -> str:
        say = STRINGS[language]
        since, until, kinds, organisers, documents = chosen
        period = f"{since or ''}–{until or ''}".strip("–") if since or until else ""
        parts = [period, *(kinds or ()), *(organisers or ()), *(documents or ())]
        chips = "".join(f"<span>{escape(part)}</span>" for part in parts if part)
        if not chips:
            return ""
        return f'{chips}<button type="button">{escape(say.scope_all)}</button>'
