"""What stands where on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from geungeo.evals.desk import Desk
from geungeo.lang.detect import Language
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.feedback import Feedback
from geungeo.ui.answering import Answering
from geungeo.ui.history import History
from geungeo.ui.page.arrivals import ArrivalsPanel
from geungeo.ui.page.chat import ChatPanel
from geungeo.ui.page.collection import Collection, Shelf
from geungeo.ui.page.document_panel import DocumentPanel
from geungeo.ui.page.documents_panel import DocumentsPanel
from geungeo.ui.page.evals_panel import EvalsPanel
from geungeo.ui.page.history_panel import HistoryPanel
from geungeo.ui.page.opinions import OpinionsPanel
from geungeo.ui.page.panel import Panel
from geungeo.ui.page.scope_panel import ScopePanel
from geungeo.ui.page.settings_panel import SettingsPanel
from geungeo.ui.page.visitors import Reserved, Visitors, revealed
from geungeo.ui.strings import HEAD, STRINGS, Strings
from geungeo.ui.views import Views

CHOICES = [(one.own_name, one.code) for one in LANGUAGES.values()]


@dataclass(frozen=True)
class Layout:
    """The parts of the page. ``turns`` are the answers of the open conversation, ``remembered``
    the language that the browser remembers, and ``remembered_wishes`` its settings; ``shelf``
    gives the documents that who looks at it may see."""

    turns: gr.State
    remembered: gr.BrowserState
    remembered_wishes: gr.BrowserState
    head: gr.HTML
    language: gr.Radio
    sources: gr.HTML
    tabs: tuple[gr.Tab, gr.Tab, gr.Tab, gr.Tab]
    scope: ScopePanel
    arrivals: ArrivalsPanel
    history: HistoryPanel
    chat: ChatPanel
    opinions: OpinionsPanel
    document: DocumentPanel
    documents: DocumentsPanel
    evals: EvalsPanel
    wished: SettingsPanel
    visitors: Visitors
    shelf: Shelf

    @property
    def panels(self) -> tuple[Panel, ...]:
        return (
            self.scope, self.arrivals, self.history, self.chat, self.opinions, self.document,
            self.documents, self.evals, self.wished,
        )  # fmt: skip

    def labelled(self, language: Language, request: gr.Request | None = None) -> dict[Any, Any]:
        """The page in a language, but for what was said, for who looks at it: updates by
        component."""
        say = STRINGS[language]
        said: dict[Any, Any] = {
            self.head: HEAD.format(
                motto=say.motto,
                menu=say.menu,
                open=say.open_document,
                rename=say.rename,
                drop=say.drop_here,
                error=say.error,
                warning=say.warning,
                info=say.info,
                lost=say.connection_lost,
                language=language,
            )
            + self.visitors.corner(request, say),
            self.remembered: language,
            **dict(zip(self.tabs, _tab_labels(say), strict=True)),
        }
        for panel in self.panels:
            said |= panel.labelled(say)
        evals_tab = self.tabs[2]
        reserved: Reserved = (
            *self.arrivals.reserved, *self.documents.reserved,
            (evals_tab, "admin"), (self.wished.state, "admin"),
        )  # fmt: skip
        return revealed(self.visitors, request, said, reserved)


def lay_out(views: Views, answering: Answering, desk: Desk, visitors: Visitors) -> Layout:
    """Make the parts within the ``gr.Blocks`` that is open."""
    store = answering.whole.store
    collection = Collection(store)

    def shelf(request: Any) -> Collection:
        return collection.seen_as(views.of(request))

    turns = gr.State([])
    remembered = gr.BrowserState("", storage_key="geungeo-language", secret="geungeo")
    remembered_wishes = gr.BrowserState([], storage_key="geungeo-settings", secret="geungeo")
    with gr.Row(equal_height=True, elem_id="top"):
        head = gr.HTML(elem_id="head")
        language = gr.Radio(
            CHOICES, value="ko", label=STRINGS["ko"].language, show_label=False, scale=0,
            min_width=300, container=False, elem_id="language",
        )  # fmt: skip
    with gr.Tabs(elem_id="tabs"):
        with gr.Tab() as ask_tab, gr.Row(equal_height=False, elem_id="panes"):
            with gr.Column(scale=0, min_width=0, elem_id="side"):
                scope = ScopePanel()
                arrivals = ArrivalsPanel(shelf, visitors, language)
                history = HistoryPanel(History.of(store), visitors, turns, language)
            with gr.Column(min_width=0, elem_id="centre"):
                chat = ChatPanel(answering, views, shelf, scope.filters, language, turns)
                opinions = OpinionsPanel(Feedback.of(store))
            with gr.Column(scale=0, min_width=0, elem_id="evidence"):
                sources = gr.HTML(elem_id="sources")
                document = DocumentPanel(shelf, visitors, history.history, history.reader, language)
        with gr.Tab() as documents_tab:
            documents = DocumentsPanel(shelf, visitors, language)
        with gr.Tab(visible=visitors.is_everyone) as evals_tab:
            evals = EvalsPanel(desk.measure, desk.report, desk.golds, visitors, language)
        with gr.Tab() as settings_tab:
            wished = SettingsPanel(answering, store, visitors, remembered_wishes)
    scope.join(chat.within, language)
    opinions.join(chat.talk, turns, language)
    return Layout(
        turns, remembered, remembered_wishes, head, language, sources,
        (ask_tab, documents_tab, evals_tab, settings_tab),
        scope, arrivals, history, chat, opinions, document, documents, evals, wished, visitors,
        shelf,
    )  # fmt: skip


def _tab_labels(say: Strings) -> list[Any]:
    names = (say.ask_tab, say.documents_tab, say.evals_tab, say.settings_tab)
    return [gr.update(label=name) for name in names]
