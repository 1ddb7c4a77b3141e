"""What a reader may set, remembered by the browser, and the state of the server."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.ui.answering import Answering, Wishes
from geungeo.ui.page.panel import QUIET
from geungeo.ui.page.visitors import Visitors
from geungeo.ui.strings import Strings
from geungeo.vectorstore import Store


class SettingsPanel:
    """``fields`` are the inputs from which ``wishes`` is made; ``remembered`` keeps their values
    in the browser, and stands outside of any tab, since one that is closed loads nothing."""

    def __init__(
        self, answering: Answering, store: Store, visitors: Visitors, remembered: gr.BrowserState
    ) -> None:
        self._answering = answering
        self._store = store
        usual = answering.usual
        self.answerer = gr.Radio(answering.names, value=usual.answerer, elem_id="answerer")
        self.excerpts = gr.Slider(1, 10, value=usual.excerpts, step=1)
        self.passages = gr.Slider(1, 50, value=usual.passages, step=1)
        self.gate = gr.Slider(0, 1, value=usual.gate, step=0.01)
        self.back = gr.Button(size="sm")
        self.state = gr.HTML(visible=visitors.is_everyone, elem_id="state")
        self.fields: list[Any] = [self.answerer, self.excerpts, self.passages, self.gate]
        for field in self.fields:
            field.change(lambda *chosen: [*chosen], self.fields, remembered, **QUIET)
        self.back.click(lambda: self._values(usual), None, self.fields, **QUIET)

    def wishes(self, *chosen: Any) -> Wishes:
        """From the values of ``fields``."""
        answerer, excerpts, passages, gate = chosen
        return Wishes(str(answerer), int(excerpts), int(passages), float(gate))

    def restored(self, remembered: Sequence[Any]) -> list[Any]:
        """The values that the browser remembers, where this server has such an answerer."""
        usual = self._answering.usual
        if len(remembered) != len(self.fields) or remembered[0] not in self._answering.names:
            return self._values(usual)
        return [*remembered]

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.answerer: gr.update(
                label=say.answerer, info=self._answerer_is(say), choices=self._choices(say)
            ),
            self.excerpts: gr.update(label=say.excerpts, info=say.excerpts_is),
            self.passages: gr.update(label=say.passages_read, info=say.passages_read_is),
            self.gate: gr.update(label=say.gate, info=say.gate_is),
            self.back: gr.update(value=say.usual_settings),
            self.state: self._state(say),
        }

    def _answerer_is(self, say: Strings) -> str:
        has_packaged = "local" in self._answering.names
        return f"{say.answerer_is} {say.packaged_model_is}" if has_packaged else say.answerer_is

    def _choices(self, say: Strings) -> list[tuple[str, str]]:
        """Who may answer, as the page says it and by name."""
        said = {
            "extractive": say.own_sentences,
            "local": say.packaged_model,
            "openai": say.served_model,
        }
        return [(said[name], name) for name in self._answering.names]

    def _values(self, wishes: Wishes) -> list[Any]:
        return [wishes.answerer, wishes.excerpts, wishes.passages, wishes.gate]

    def _state(self, say: Strings) -> str:
        store = self._store
        known = (
            (say.state_documents, f"{store.count():,}"),
            (say.state_encoder, store.encoder.name),
            (say.state_answerer, ", ".join(label for label, _ in self._choices(say))),
            (say.state_index, str(store.folder)),
        )
        rows = "".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in known
        )
        return f"<dl>{rows}</dl><p>{escape(say.state_outside)}</p>"
