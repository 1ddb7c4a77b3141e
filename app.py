"""The chat page: composition and layout. ``python app.py`` is ``geungeo chat``."""

from __future__ import annotations

import secrets
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from geungeo.evals.desk import Desk
from geungeo.ingest import CHUNKER
from geungeo.lang.detect import Language
from geungeo.lang.languages import LANGUAGES
from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.answerers import Answerer
from geungeo.rag.assembly import make_answerer, make_retriever, open_store
from geungeo.rag.feedback import FILE as FEEDBACK
from geungeo.rag.feedback import Feedback
from geungeo.rag.question.conversation import QuestionTooLongError
from geungeo.rag.settings import AnswererName, Settings
from geungeo.ui.page import render
from geungeo.ui.page.answering import Answering, Wishes
from geungeo.ui.page.chat import ChatPanel, Turns
from geungeo.ui.page.collection import Collection
from geungeo.ui.page.documents_panel import DocumentsPanel
from geungeo.ui.page.evals_panel import EvalsPanel
from geungeo.ui.page.examples import example_questions
from geungeo.ui.page.history import FILE as HISTORY
from geungeo.ui.page.history import History
from geungeo.ui.page.history_panel import HistoryPanel
from geungeo.ui.page.panel import QUIET, Panel
from geungeo.ui.page.settings_panel import SettingsPanel
from geungeo.ui.page.theme import css, script, theme
from geungeo.ui.page.uploads import LARGEST_FILE
from geungeo.ui.server import api, pictures, reference
from geungeo.ui.server.doors import Doors, Limits, hosts_of
from geungeo.ui.strings import HEAD, PAGE_TITLE, STRINGS
from geungeo.vectorstore import Store

_QUESTIONS = Path(__file__).parent / "sample" / "questions.jsonl"
_READERS_AT_ONCE = 8
# Pages and assistants hold their connections open; the server ends all the same.
_SECONDS_TO_CLOSE = 3
_NAMES = [(one.own_name, one.code) for one in LANGUAGES.values()]


def make_answering(store: Store, settings: Settings) -> Answering:
    """The answerer of the settings, and the one that needs no model."""
    usual = Wishes(settings.answerer, settings.excerpts, settings.passages, settings.gate)
    wanted: dict[AnswererName, None] = dict.fromkeys((settings.answerer, "extractive"))
    answerers: dict[str, Answerer] = {
        name: make_answerer(store, settings.model_copy(update={"answerer": name}))
        for name in wanted
    }
    return Answering(make_retriever(store, settings), answerers, usual)


def build(store: Store, answering: Answering, desk: Desk) -> gr.Blocks:
    """The page over a store. Nothing is loaded from outside the server."""
    collection = Collection(store)

    page: gr.Blocks
    with gr.Blocks(title=PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        turns = gr.State([])
        remembered = gr.BrowserState("", storage_key="geungeo-language", secret="geungeo")
        remembered_wishes = gr.BrowserState([], storage_key="geungeo-settings", secret="geungeo")
        with gr.Row(equal_height=True, elem_id="top"):
            head = gr.HTML(elem_id="head")
            language = gr.Radio(
                _NAMES, value="ko", label=STRINGS["ko"].language, show_label=False, scale=0,
                min_width=300, container=False, elem_id="language",
            )  # fmt: skip
        with gr.Sidebar(open=False, elem_id="side"):
            history = HistoryPanel(History(store.folder / HISTORY), turns, language)
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=340):
                feedback = Feedback(store.folder / FEEDBACK)
                chat = ChatPanel(answering, store, collection, feedback, language, turns)
            with gr.Column(scale=5, min_width=320), gr.Tabs(elem_id="tabs"):
                with gr.Tab() as sources_tab:
                    sources = gr.HTML(elem_id="sources")
                    no_sources = gr.HTML(elem_id="no-sources")
                with gr.Tab() as documents_tab:
                    documents = DocumentsPanel(
                        collection, history.history, history.reader, language
                    )
                with gr.Tab() as evals_tab:
                    evals = EvalsPanel(desk.measure, desk.report, desk.golds, language)
                with gr.Tab() as settings_tab:
                    wished = SettingsPanel(answering, store, remembered_wishes)
        panels: list[Panel] = [history, chat, documents, evals, wished]
        tabs = [sources_tab, documents_tab, evals_tab, settings_tab]

        def ask(
            question: str, turns: Turns, language: Language, *chosen: Any
        ) -> Iterator[dict[Any, Any]]:
            yield from chat.ask(sources, wished.wishes, question, turns, language, *chosen)

        def ask_linked(
            turns: Turns, language: Language, request: gr.Request, *chosen: Any
        ) -> Iterator[dict[Any, Any]]:
            """Ask the question of a link, where there is one."""
            if linked := request.query_params.get("q", "").strip():
                yield from ask(linked, turns, language, *chosen)
            else:
                # Of one that yields nothing every output is emptied, and what is being typed.
                yield {chat.talk: gr.skip()}

        def labelled(language: Language) -> dict[Any, Any]:
            """The page in a language, but for what was said."""
            say = STRINGS[language]
            names = (say.sources_tab, say.documents_tab, say.evals_tab, say.settings_tab)
            said: dict[Any, Any] = {
                head: HEAD.format(say.motto),
                no_sources: render.hint(say.sources_empty),
                remembered: language,
                **{tab: gr.update(label=name) for tab, name in zip(tabs, names, strict=True)},
            }
            for panel in panels:
                said |= panel.labelled(say)
            return said

        def listed(language: Language) -> dict[Any, Any]:
            """What depends on the documents."""
            samples = [[q] for q in example_questions(_QUESTIONS, store.documents(), language)]
            return {
                **documents.listed(STRINGS[language]),
                **chat.choices(),
                chat.examples: gr.Dataset(samples=samples),
            }

        def opened(
            remembered: str, reader: str, wishes: list[Any], request: gr.Request
        ) -> list[Any]:
            """The language that the reader chose before, or that the browser speaks; a name for
            the browser; and the settings that it remembers."""
            accepted = request.headers.get("accept-language", "")
            wanted = (remembered, *(part.strip()[:2] for part in accepted.split(",")))
            spoken = (code for want in wanted for _, code in _NAMES if code == want)
            return [
                next(spoken, "ko"), reader or secrets.token_urlsafe(16), *wished.restored(wishes)
            ]  # fmt: skip

        def open_conversation(
            reader: str, chosen: str | None, language: Language
        ) -> tuple[Turns, str, str, str]:
            turns = history.open(reader, chosen) if chosen else []
            return turns, chosen or "", *chat.shown(turns, STRINGS[language])

        def started_anew(language: Language) -> tuple[Turns, str, str, str, str]:
            return [], "", *chat.shown([], STRINGS[language]), ""

        def without_last(turns: Turns, language: Language) -> tuple[Turns, str, str, str]:
            kept, question = chat.without_last(turns, language)
            return kept, question, *chat.shown(kept, STRINGS[language])

        chosen = [*chat.filters, *wished.fields]
        asking = [chat.asked, turns, language, *chosen]
        results = [chat.question, turns, chat.talk, sources]
        on_documents = [
            *documents.outputs, chat.types, chat.organisations, chat.chosen, chat.examples
        ]  # fmt: skip
        everything = [head, no_sources, remembered, *tabs]
        for panel in panels:
            everything += panel.labelled(STRINGS["ko"])
        keeping = [history.reader, history.current, turns]
        listing = [history.reader, history.search, history.current]
        after = [chat.next, chat.about, chat.examples]
        runs = []

        def then_keep(event: Any) -> None:
            """What follows an answer: it is kept and listed, and more can be asked."""
            kept = event.then(history.keep, keeping, history.current, **QUIET)
            kept = kept.then(history.listed, listing, history.list, **QUIET)
            kept.then(chat.after, [turns, language], after, **QUIET)

        def asks(when: Any) -> None:
            # What is asked while an answer still comes is asked after it.
            run = when(
                ask, asking, results, concurrency_limit=_READERS_AT_ONCE,
                trigger_mode="always_last", **QUIET,
            )  # fmt: skip
            runs.append(run)
            then_keep(run)

        chat.talk.click(chat.sources_of, [turns, language], sources, **QUIET)
        sent = chat.question.submit(
            chat.sent, [chat.question, language], [chat.question, chat.asked], queue=False,
            trigger_mode="multiple", **QUIET,
        )  # fmt: skip
        asks(sent.success)
        for shelf in (chat.examples, chat.next):
            asks(shelf.click(lambda one: one[0], shelf, chat.asked, **QUIET).then)
        again = [turns, chat.asked, chat.talk, sources]
        asks(chat.retry.click(without_last, [turns, language], again, **QUIET).success)
        back = [turns, chat.question, chat.talk, sources]
        then_keep(chat.edit.click(without_last, [turns, language], back, **QUIET))
        anew = [turns, history.current, chat.talk, sources, chat.thanks]
        for event in (
            history.new.click(started_anew, language, anew, **QUIET),
            history.remove.click(
                history.forget, [history.reader, history.current], None, **QUIET
            ).then(started_anew, language, anew, **QUIET),
        ):
            event.then(history.listed, listing, history.list, **QUIET).then(
                chat.after, [turns, language], after, **QUIET
            )
        history.list.input(
            open_conversation, [history.reader, history.list, language],
            [turns, history.current, chat.talk, sources], **QUIET,
        ).then(chat.after, [turns, language], after, **QUIET)  # fmt: skip
        for event in documents.changed:
            event.then(listed, language, on_documents, **QUIET)
        documents_tab.select(listed, language, on_documents, **QUIET)
        evals_tab.select(evals.opened, language, [evals.gold, evals.report], **QUIET)
        relabelled = language.input(labelled, language, everything, **QUIET)
        relabelled = relabelled.then(
            lambda turns, language: chat.shown(turns, STRINGS[language]), [turns, language],
            [chat.talk, sources], **QUIET,
        )  # fmt: skip
        relabelled.then(listed, language, on_documents, **QUIET)
        loaded = page.load(
            opened, [remembered, history.reader, remembered_wishes],
            [language, history.reader, *wished.fields], **QUIET,
        )  # fmt: skip
        loaded = loaded.then(labelled, language, everything, **QUIET)
        loaded = loaded.then(listed, language, on_documents, **QUIET)
        loaded = loaded.then(history.listed, listing, history.list, **QUIET)
        linked = loaded.then(ask_linked, [turns, language, *chosen], results, **QUIET)
        runs.append(linked)
        then_keep(linked)
        halted = chat.question.stop(None, None, None, cancels=runs)
        then_keep(
            halted.then(
                chat.stopped, [turns, chat.asked, language], [chat.question, chat.talk], **QUIET
            )
        )

        def ask_documents(question: str) -> dict[str, Any]:
            """Answer a question from the indexed documents, or say that they do not answer it.

            Args:
                question: In Korean, Chinese or English.
            """
            try:
                answer: Answer = answering.chain(answering.usual).invoke(question)
            except QuestionTooLongError as error:
                raise gr.Error(str(error), print_exception=False) from error
            return answer.to_json()

        gr.api(ask_documents, api_name="ask_documents")  # type: ignore[attr-defined]
    return page


def serve(settings: Settings, host: str, port: int) -> None:
    """Open the store and serve the page until it is stopped."""
    with open_store(settings, CHUNKER) as store:
        # The page answers at once; the models load while the reader looks at it.
        threading.Thread(target=store.warm_up, daemon=True).start()
        answering = make_answering(store, settings)
        chain = answering.chain(answering.usual)
        page = build(store, answering, Desk(chain, settings, store.folder / "runs", _QUESTIONS))
        page.queue(default_concurrency_limit=1)
        # Gradio checks that an event names only uploaded files where it thinks that it serves
        # the page itself, which a mounted page never tells it.
        page.has_launched = True
        server = FastAPI(
            title="Geungeo", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
        )
        server.include_router(api.routes(store, chain))
        server.include_router(reference.routes(server))
        server.include_router(pictures.routes(store))
        gr.mount_gradio_app(
            server, page, "/", theme=theme(), css=css(), js=script(), footer_links=[],
            show_error=True, mcp_server=True, max_file_size=LARGEST_FILE,
        )  # fmt: skip
        limits = Limits(
            hosts=hosts_of(host, settings.hosts),
            questions_per_minute=settings.questions_per_minute,
        )
        print(f"http://{host}:{port}", flush=True)
        uvicorn.run(
            Doors(server, limits), host=host, port=port, log_level="warning",
            timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        )  # fmt: skip


if __name__ == "__main__":
    from geungeo.ui.cli.main import app as command_line

    command_line(["chat", *sys.argv[1:]])
