"""The chat page: its parts, what they do, and what programs may call of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from geungeo.evals.desk import Desk
from geungeo.rag.question.conversation import QuestionTooLongError
from geungeo.ui.answering import Answering
from geungeo.ui.page.events import Events
from geungeo.ui.page.handlers import Handlers
from geungeo.ui.page.layout import lay_out
from geungeo.ui.strings import PAGE_TITLE
from geungeo.vectorstore import Store


def build(store: Store, answering: Answering, desk: Desk, questions: Path) -> gr.Blocks:
    """The page over a store, with ``questions`` as examples. Nothing is loaded from outside the
    server."""
    page: gr.Blocks
    with gr.Blocks(title=PAGE_TITLE, analytics_enabled=False, fill_width=True) as page:
        layout = lay_out(store, answering, desk)
        Events(layout, Handlers(layout, store, questions)).join(page)
        _for_programs(answering)
    return page


def _for_programs(answering: Answering) -> None:
    def ask_documents(question: str) -> dict[str, Any]:
        """Answer a question from the indexed documents, or say that they do not answer it.

        Args:
            question: In Korean, Chinese or English.
        """
        try:
            return answering.chain(answering.usual).invoke(question).to_json()
        except QuestionTooLongError as error:
            raise gr.Error(str(error), print_exception=False) from error

    gr.api(ask_documents, api_name="ask_documents")  # type: ignore[attr-defined]
