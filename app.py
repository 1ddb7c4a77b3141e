"""The chat page: composition and layout. ``python app.py`` is ``geungeo chat``."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ingest import CHUNKER, Ledger, LedgerEntry, ingest
from rag.answer import Answer
from rag.assembly import make_chain, open_store
from rag.chain import AnswerChain
from rag.conversation import Asked
from rag.feedback import FILE as FEEDBACK
from rag.feedback import Feedback, Remark
from rag.settings import Settings
from ui import render
from ui.examples import example_questions
from ui.theme import SCRIPT, css, theme
from vectorstore import Store

_QUESTIONS = Path(__file__).parent / "sample" / "questions.jsonl"
_READERS_AT_ONCE = 8


class Collection:
    """The documents behind the page: what is listed, and how files come in."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ledger = Ledger(store.folder / "ledger.sqlite")

    def as_html(self) -> str:
        return render.documents(self._store.documents(), self._ledger.entries())

    def left_out(self) -> list[LedgerEntry]:
        return self._ledger.left_out()

    def add(self, files: Sequence[str], progress: gr.Progress) -> str:
        """Copy uploaded files beside the index and ingest them; returns what became of each."""
        folder = self._store.folder / "uploads"
        folder.mkdir(exist_ok=True)
        kept = [Path(shutil.copy(file, folder / Path(file).name)) for file in files]
        report = ingest(
            kept, self._store, self._ledger, lambda i, n, name: progress((i, n), desc=name)
        )
        return "\n".join(
            f"{Path(entry.path).name}: {entry.status}"
            + (f" ({entry.reason})" if entry.reason else f", {entry.chunks}개 대목")
            for entry in report.files
        )


def build(store: Store, chain: AnswerChain) -> gr.Blocks:
    """The page over a store. Nothing is loaded from outside the server."""
    collection = Collection(store)
    feedback = Feedback(store.folder / FEEDBACK)

    def ask(question: str, turns: list[Answer]) -> Iterator[tuple[Any, list[Answer], str, str]]:
        question = question.strip()
        if not question:
            raise gr.Error("질문을 입력하세요.", print_exception=False)
        waiting = render.conversation(turns, waiting=question)
        yield "", turns, waiting, render.sources(None, store.text)
        # The field is emptied once only: the reader may be typing the next question.
        for answer in chain.stream(Asked(question, tuple(turns))):
            found = render.sources(answer, store.text, collection.left_out())
            if not answer.answer:
                yield gr.skip(), turns, waiting, found
                continue
            now = [*turns, answer]
            yield gr.skip(), now, render.conversation(now), found

    def remark(is_good: bool) -> Callable[[list[Answer], str], tuple[str, str]]:
        def keep(turns: list[Answer], comment: str) -> tuple[str, str]:
            if not turns:
                raise gr.Error("먼저 질문을 하세요.", print_exception=False)
            feedback.add(Remark.of(turns[-1], is_good, comment))
            return "", "의견을 남겼습니다. 이 컴퓨터에만 저장됩니다."

        return keep

    def upload(
        files: list[str] | None,
        progress: gr.Progress = gr.Progress(),  # noqa: B008
    ) -> tuple[str, str, None]:
        said = collection.add(files, progress) if files else ""
        return said, collection.as_html(), None

    def opened() -> tuple[str, gr.Dataset]:
        samples = [[q] for q in example_questions(_QUESTIONS, store.documents())]
        return collection.as_html(), gr.Dataset(samples=samples, visible=bool(samples))

    page: gr.Blocks
    with gr.Blocks(title="근거 Geungeo", analytics_enabled=False, fill_width=True) as page:
        turns = gr.State([])
        gr.HTML(
            "<h1>근거 <small>Geungeo</small></h1>"
            "<p>문서에 근거해 답하고, 모든 문장에 원문을 붙입니다.</p>",
            elem_id="head",
        )
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=340):
                talk = gr.HTML(render.conversation([]), elem_id="talk")
                question = gr.Textbox(
                    placeholder="질문을 입력하세요  ·  请输入问题  ·  Ask a question",
                    label="질문",
                    show_label=False,
                    submit_btn=True,
                    autofocus=True,
                    max_length=1000,
                    elem_id="question",
                )
                with gr.Row(elem_id="feedback"):
                    comment = gr.Textbox(
                        placeholder="이 답에 대한 의견 (선택)", label="의견", show_label=False,
                        scale=5, max_length=500,
                    )  # fmt: skip
                    good = gr.Button("👍 맞음", size="sm", scale=1, min_width=80)
                    bad = gr.Button("👎 틀림", size="sm", scale=1, min_width=80)
                thanks = gr.Markdown(elem_id="thanks")
                examples = gr.Dataset(
                    components=[question], samples=[], label="이렇게 물어보세요", elem_id="examples"
                )
            with gr.Column(scale=5, min_width=320):
                with gr.Tab("근거"):
                    sources = gr.HTML(render.sources(None, store.text), elem_id="sources")
                with gr.Tab("문서"):
                    documents = gr.HTML(elem_id="documents")
                    files = gr.File(
                        label="문서 올리기 (HWP, PDF, 워드·엑셀·파워포인트, 웹 문서, 메일, ZIP)",
                        file_count="multiple",
                        height=130,
                        elem_id="upload",
                    )
                    uploaded = gr.Textbox(
                        label="올린 결과", interactive=False, lines=2, elem_id="uploaded"
                    )
        results = [question, turns, talk, sources]
        question.submit(
            ask, [question, turns], results,
            concurrency_limit=_READERS_AT_ONCE, show_progress="hidden", api_name="ask",
        )  # fmt: skip
        examples.click(
            lambda sample: sample[0], examples, question, api_visibility="private"
        ).then(
            ask, [question, turns], results,
            concurrency_limit=_READERS_AT_ONCE, show_progress="hidden", api_visibility="private",
        )  # fmt: skip
        for button, is_good in ((good, True), (bad, False)):
            button.click(
                remark(is_good), [turns, comment], [comment, thanks], api_visibility="private"
            )
        files.upload(upload, files, [uploaded, documents, files], api_visibility="private").then(
            opened, None, [documents, examples], api_visibility="private"
        )
        page.load(opened, None, [documents, examples], api_visibility="private")
    return page


def serve(settings: Settings, host: str, port: int) -> None:
    """Open the store and serve the page until it is stopped."""
    with open_store(settings, CHUNKER) as store:
        # The page answers at once; the models load while the reader looks at it.
        threading.Thread(target=store.warm_up, daemon=True).start()
        page = build(store, make_chain(store, settings))
        page.queue(default_concurrency_limit=1)
        page.launch(
            server_name=host,
            server_port=port,
            theme=theme(),
            css=css(),
            js=SCRIPT,
            footer_links=[],
            show_error=True,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
        )
        print(f"http://{host}:{port}", flush=True)
        page.block_thread()


if __name__ == "__main__":
    from rag.cli import app as command_line

    command_line(["chat", *sys.argv[1:]])
