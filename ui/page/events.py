"""Which event of the page runs what, with what, and what follows it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from geungeo.ui.page.handlers import Handlers
from geungeo.ui.page.layout import Layout
from geungeo.ui.page.panel import IN_TURN, QUIET

_READERS_AT_ONCE = 8
# Whoever drives the page can see that all of it has come.
_LOADED = "() => { document.documentElement.dataset.loaded = ''; }"


class Events:
    """Joins a page that is laid out with what it does."""

    def __init__(self, layout: Layout, handlers: Handlers) -> None:
        self._layout = layout
        self._handlers = handlers
        chat, history, documents = layout.chat, layout.history, layout.documents
        self._talk = [layout.turns, layout.language]
        # Both states of a conversation side by side: so none of an event comes between them.
        conversation = [layout.turns, history.current]
        self._kept = [*conversation, history.reader, layout.language]
        self._unkept = [*conversation, history.reader, history.search]
        self._chosen = [*chat.filters, *layout.wished.fields]
        self._answered = [chat.question, *conversation, chat.talk, layout.sources]
        self._listing = [history.reader, history.search, history.current]
        self._after = [chat.next, chat.examples]
        self._everything = [*layout.labelled("ko")]
        self._on_documents = [
            *documents.outputs, *layout.scope.outputs, chat.welcome, chat.examples
        ]  # fmt: skip
        # What is asked, so that it can be stopped.
        self._runs: list[Any] = []

    def join(self, page: gr.Blocks) -> None:
        self._asking()
        self._conversations()
        self._collection()
        self._language()
        self._loading(page)
        self._stopping()

    def _asks(self, when: Any) -> None:
        # What is asked while an answer still comes is asked after it.
        run = when(
            self._handlers.ask, [self._layout.chat.asked, *self._kept, *self._chosen],
            self._answered, concurrency_limit=_READERS_AT_ONCE, trigger_mode="always_last",
            **QUIET,
        )  # fmt: skip
        self._runs.append(run)
        history = self._layout.history
        listed = run.then(self._handlers.listed_after_answer, self._unkept, history.list, **IN_TURN)
        self._then_after(listed)

    def _then_list(self, event: Any) -> Any:
        history = self._layout.history
        return event.then(history.listed, self._listing, history.list, **IN_TURN)

    def _then_after(self, event: Any) -> Any:
        return event.then(self._layout.chat.after, self._talk, self._after, **QUIET)

    def _asking(self) -> None:
        layout, chat = self._layout, self._layout.chat
        chat.talk.click(chat.sources_of, self._talk, layout.sources, **QUIET)
        chat.talk.earlier(chat.whole, self._talk, chat.talk, **QUIET)
        sent = chat.question.submit(
            chat.sent, [chat.question, layout.language], [chat.question, chat.asked], queue=False,
            trigger_mode="multiple", **QUIET,
        )  # fmt: skip
        self._asks(sent.success)
        for shelf in (chat.examples, chat.next):
            self._asks(shelf.click(lambda one: one[0], shelf, chat.asked, **QUIET).then)
        # The last question once more, or back into its field.
        without_last = self._handlers.without_last
        again = [layout.turns, chat.asked, chat.talk, layout.sources]
        self._asks(chat.talk.retry(without_last, self._talk, again, **QUIET).success)
        back = [layout.turns, chat.question, chat.talk, layout.sources]
        edited = chat.talk.edit(self._handlers.back_in_field, self._kept, back, **QUIET)
        self._then_after(self._then_list(edited))

    def _conversations(self) -> None:
        layout, chat, history = self._layout, self._layout.chat, self._layout.history
        handlers = self._handlers
        shown = [layout.turns, history.current, chat.talk, layout.sources]
        forgotten = history.remove.click(
            history.forget, [history.reader, history.current],
            [history.forgotten, history.undo], **QUIET,
        )  # fmt: skip
        for event in (
            history.new.click(handlers.started_anew, layout.language, shown, **QUIET),
            forgotten.then(handlers.started_anew, layout.language, shown, **QUIET),
        ):
            self._then_after(self._then_list(event))
        chosen = [history.reader, history.list, layout.language]
        self._then_after(history.list.input(handlers.open_conversation, chosen, shown, **QUIET))
        taken_back = history.undo.click(
            history.take_back, [history.reader, history.forgotten],
            [history.current, history.undo], **QUIET,
        )  # fmt: skip
        back = [history.reader, history.current, layout.language]
        opened = taken_back.then(handlers.open_conversation, back, shown, **QUIET)
        self._then_after(self._then_list(opened))
        history.list.change(None, history.list, js="(id) => window.geungeo.at(id)")

    def _collection(self) -> None:
        layout = self._layout
        documents_tab, evals_tab = layout.tabs[1:3]
        for event in (*layout.documents.changed, *layout.arrivals.changed):
            self._lists_documents(event.then)
        for event in layout.document.changed:
            self._shows(self._lists_documents(event.then).then)
        self._lists_documents(documents_tab.select)
        evals = layout.evals
        evals_tab.select(evals.opened, layout.language, [evals.gold, evals.report], **QUIET)

    def _lists_documents(self, when: Any) -> Any:
        return when(self._handlers.listed, self._layout.language, self._on_documents, **QUIET)

    def _language(self) -> None:
        layout = self._layout
        relabelled = self._labels(layout.language.input)
        shown = self._shows(relabelled.then)
        document = layout.document
        told = shown.then(
            document.shown, [document.path, layout.history.reader, layout.language],
            document.view, **QUIET,
        )  # fmt: skip
        self._lists_documents(told.then)

    def _shows(self, when: Any) -> Any:
        chat = self._layout.chat
        return when(self._handlers.shown, self._talk, [chat.talk, self._layout.sources], **QUIET)

    def _labels(self, when: Any) -> Any:
        layout = self._layout
        return when(layout.labelled, layout.language, self._everything, **QUIET)

    def _loading(self, page: gr.Blocks) -> None:
        layout, handlers = self._layout, self._handlers
        reader = layout.history.reader
        opened = page.load(
            handlers.opened, [layout.remembered, reader, layout.remembered_wishes],
            [layout.language, reader, *layout.wished.fields], **QUIET,
        )  # fmt: skip
        reopened = opened.then(
            handlers.reopen, [reader, layout.language],
            [layout.turns, layout.history.current, layout.chat.talk, layout.sources], **QUIET,
        )  # fmt: skip
        listed = self._then_list(self._lists_documents(self._labels(reopened.then).then))
        linked = listed.then(
            handlers.ask_linked, [*self._kept, *self._chosen], self._answered, **QUIET
        )
        self._runs.append(linked)
        again = linked.then(
            handlers.listed_after_loading, self._unkept, layout.history.list, **IN_TURN
        )
        self._then_after(again).then(None, js=_LOADED)

    def _stopping(self) -> None:
        chat = self._layout.chat
        halted = chat.question.stop(None, None, None, cancels=self._runs)
        shown = halted.then(
            self._handlers.stopped, [chat.asked, *self._kept], [chat.question, chat.talk], **QUIET
        )
        self._then_after(self._then_list(shown))
