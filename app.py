"""The chat page: composition and layout. ``python app.py`` is ``geungeo chat``."""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from ingest import CHUNKER
from rag.answer import Answer
from rag.assembly import make_chain, open_store
from rag.chain import AnswerChain
from rag.conversation import Asked
from rag.feedback import FILE as FEEDBACK
from rag.feedback import Feedback, Remark
from rag.settings import Settings
from ui import render
from ui.api import routes
from ui.collection import Collection
from ui.examples import example_questions
from ui.export import markdown
from ui.scope import make_scope
from ui.strings import STRINGS
from ui.theme import SCRIPT, css, theme
from vectorstore import Filter, Store
from vectorstore.language import Language

_QUESTIONS = Path(__file__).parent / "sample" / "questions.jsonl"
_READERS_AT_ONCE = 8
_NAMES: list[tuple[str, Language]] = [("한국어", "ko"), ("中文", "zh"), ("English", "en")]

Turns = list[Answer]


def build(store: Store, chain: AnswerChain) -> gr.Blocks:
    """The page over a store. Nothing is loaded from outside the server."""
    collection = Collection(store)
    feedback = Feedback(store.folder / FEEDBACK)
    first = STRINGS["ko"]

    def ask(
        question: str, turns: Turns, language: Language, *scope: Any
    ) -> Iterator[tuple[Any, Turns, str, str]]:
        say = STRINGS[language]
        question = question.strip()
        if not question:
            raise gr.Error(say.type_a_question, print_exception=False)
        only = make_scope(say, *scope) if scope else Filter()
        waiting = render.conversation(turns, say, waiting=question)
        yield "", turns, waiting, render.sources(None, store.text, say)
        # The field is emptied once only: the reader may be typing the next question.
        for answer in chain.stream(Asked(question, tuple(turns), only)):
            found = render.sources(answer, store.text, say, collection.left_out())
            if not answer.answer:
                yield gr.skip(), turns, waiting, found
                continue
            now = [*turns, answer]
            yield gr.skip(), now, render.conversation(now, say), found

    def ask_linked(
        turns: Turns, language: Language, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        """Ask the question of a link, where there is one."""
        if linked := request.query_params.get("q"):
            yield from ask(linked, turns, language)
        else:
            yield (gr.skip(),) * 4

    def remark(is_good: bool) -> Callable[[Turns, str, Language], tuple[str, str]]:
        def keep(turns: Turns, comment: str, language: Language) -> tuple[str, str]:
            say = STRINGS[language]
            if not turns:
                raise gr.Error(say.ask_first, print_exception=False)
            feedback.add(Remark.of(turns[-1], is_good, comment))
            return "", say.thanks

        return keep

    def upload(
        files: list[str] | None,
        language: Language,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, None]:
        return collection.add(files, progress, STRINGS[language]) if files else "", None

    def export(turns: Turns, language: Language) -> str:
        if not turns:
            raise gr.Error(STRINGS[language].ask_first, print_exception=False)
        folder = Path(tempfile.mkdtemp(prefix="geungeo-"))
        file = folder / "geungeo.md"
        file.write_text(markdown(turns), encoding="utf-8")
        return str(file)

    def started_anew(language: Language) -> tuple[Turns, str, str, str]:
        say = STRINGS[language]
        talk = render.conversation([], say)
        return [], talk, render.sources(None, store.text, say), ""

    page: gr.Blocks
    with gr.Blocks(title="근거 Geungeo", analytics_enabled=False, fill_width=True) as page:
        turns = gr.State([])
        remembered = gr.BrowserState("", storage_key="geungeo-language", secret="geungeo")
        with gr.Row(equal_height=True, elem_id="top"):
            head = gr.HTML(elem_id="head")
            language = gr.Radio(
                _NAMES, value="ko", label=first.language, show_label=False, scale=0,
                min_width=300, container=False, elem_id="language",
            )  # fmt: skip
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=340):
                talk = gr.HTML(elem_id="talk")
                question = gr.Textbox(
                    placeholder=first.ask_here, label=first.question, show_label=False,
                    submit_btn=True, autofocus=True, max_length=1000, elem_id="question",
                )  # fmt: skip
                with gr.Accordion(first.scope, open=False, elem_id="scope") as scope_panel:
                    with gr.Row():
                        since = gr.Textbox(label=first.since, max_length=10)
                        until = gr.Textbox(label=first.until, max_length=10)
                    with gr.Row():
                        types = gr.Dropdown(label=first.types, multiselect=True)
                        organisations = gr.Dropdown(label=first.organisations, multiselect=True)
                    chosen = gr.Dropdown(label=first.chosen_documents, multiselect=True)
                with gr.Row(elem_id="feedback"):
                    comment = gr.Textbox(
                        placeholder=first.opinion_here, label=first.opinion, show_label=False,
                        scale=5, max_length=500, container=False,
                    )  # fmt: skip
                    good = gr.Button(first.good, size="sm", scale=1, min_width=70)
                    bad = gr.Button(first.bad, size="sm", scale=1, min_width=70)
                thanks = gr.Markdown(elem_id="thanks")
                with gr.Row(elem_id="actions"):
                    new = gr.Button(first.new, size="sm", min_width=90)
                    share = gr.Button(first.share, size="sm", min_width=90, elem_id="share")
                    save = gr.DownloadButton(first.export, size="sm", min_width=90)
                examples = gr.Dataset(
                    components=[question], samples=[], label=first.examples, elem_id="examples"
                )
            with gr.Column(scale=5, min_width=320):
                with gr.Tab(first.sources_tab) as sources_tab:
                    sources = gr.HTML(elem_id="sources")
                with gr.Tab(first.documents_tab) as documents_tab:
                    documents = gr.HTML(elem_id="documents")
                    files = gr.File(
                        label=first.upload, file_count="multiple", height=130, elem_id="upload"
                    )
                    uploaded = gr.Textbox(
                        label=first.uploaded, interactive=False, lines=2, elem_id="uploaded"
                    )

        def labelled(language: Language, turns: Turns) -> dict[Any, Any]:
            """Everything on the page in a language."""
            say = STRINGS[language]
            last = turns[-1] if turns else None
            return {
                head: f"<h1>근거 <small>Geungeo</small></h1><p>{say.motto}</p>",
                talk: render.conversation(turns, say),
                sources: render.sources(last, store.text, say, collection.left_out()),
                documents: collection.as_html(say),
                question: gr.update(placeholder=say.ask_here, label=say.question),
                scope_panel: gr.update(label=say.scope),
                since: gr.update(label=say.since),
                until: gr.update(label=say.until),
                types: gr.update(label=say.types),
                organisations: gr.update(label=say.organisations),
                chosen: gr.update(label=say.chosen_documents),
                comment: gr.update(placeholder=say.opinion_here, label=say.opinion),
                good: gr.update(value=say.good),
                bad: gr.update(value=say.bad),
                new: gr.update(value=say.new),
                share: gr.update(value=say.share),
                save: gr.update(label=say.export),
                examples: gr.update(label=say.examples),
                sources_tab: gr.update(label=say.sources_tab),
                documents_tab: gr.update(label=say.documents_tab),
                files: gr.update(label=say.upload),
                uploaded: gr.update(label=say.uploaded),
                remembered: language,
            }

        def listed(language: Language) -> dict[Any, Any]:
            """What depends on the documents."""
            samples = [[q] for q in example_questions(_QUESTIONS, store.documents(), language)]
            kinds, organisers, names = collection.choices()
            return {
                documents: collection.as_html(STRINGS[language]),
                examples: gr.Dataset(samples=samples, visible=bool(samples)),
                types: gr.update(choices=kinds),
                organisations: gr.update(choices=organisers),
                chosen: gr.update(choices=names),
            }

        def opened(remembered: str, request: gr.Request) -> Language:
            """The language that the reader chose before, or that the browser speaks."""
            accepted = request.headers.get("accept-language", "")
            wanted = (remembered, *(part.strip()[:2] for part in accepted.split(",")))
            spoken = (code for want in wanted for _, code in _NAMES if code == want)
            language: Language = next(spoken, "ko")
            return language

        scope = [since, until, types, organisations, chosen]
        asking = [question, turns, language, *scope]
        results = [question, turns, talk, sources]
        on_documents = [documents, examples, types, organisations, chosen]
        everything = [
            head, talk, sources, documents, question, scope_panel, since, until, types,
            organisations, chosen, comment, good, bad, new, share, save, examples, sources_tab,
            documents_tab, files, uploaded, remembered,
        ]  # fmt: skip
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

        def asks(after: Any) -> None:
            after(ask, asking, results, concurrency_limit=_READERS_AT_ONCE, **quiet)

        asks(question.submit)
        asks(examples.click(lambda sample: sample[0], examples, question, **quiet).then)
        for button, is_good in ((good, True), (bad, False)):
            button.click(remark(is_good), [turns, comment, language], [comment, thanks], **quiet)
        new.click(started_anew, language, [turns, talk, sources, thanks], **quiet)
        save.click(export, [turns, language], save, **quiet)
        share.click(None, js="() => window.geungeoShare()")
        files.upload(upload, [files, language], [uploaded, files], api_visibility="private").then(
            listed, language, on_documents, **quiet
        )
        language.change(labelled, [language, turns], everything, **quiet).then(
            listed, language, on_documents, **quiet
        )
        linked = page.load(opened, remembered, language, **quiet)
        linked = linked.then(labelled, [language, turns], everything, **quiet)
        linked = linked.then(listed, language, on_documents, **quiet)
        linked.then(ask_linked, [turns, language], results, **quiet)
    return page


def serve(settings: Settings, host: str, port: int) -> None:
    """Open the store and serve the page until it is stopped."""
    with open_store(settings, CHUNKER) as store:
        # The page answers at once; the models load while the reader looks at it.
        threading.Thread(target=store.warm_up, daemon=True).start()
        chain = make_chain(store, settings)
        page = build(store, chain)
        page.queue(default_concurrency_limit=1)
        server = FastAPI(title="Geungeo", docs_url="/api/docs", openapi_url="/api/openapi.json")
        server.include_router(routes(store, chain))
        gr.mount_gradio_app(
            server, page, "/", theme=theme(), css=css(), js=SCRIPT, footer_links=[],
            show_error=True,
        )  # fmt: skip
        print(f"http://{host}:{port}", flush=True)
        uvicorn.run(server, host=host, port=port, log_level="warning")


if __name__ == "__main__":
    from rag.cli import app as command_line

    command_line(["chat", *sys.argv[1:]])
