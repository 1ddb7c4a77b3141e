"""What a reader thinks of an answer, asked for where a reader wants to say it."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.rag.feedback import Feedback, Remark
from geungeo.ui.page.panel import QUIET
from geungeo.ui.strings import STRINGS, Strings

Turns = list[Answer]


class OpinionsPanel:
    """A form that opens for the answer that was judged right or wrong."""

    def __init__(self, feedback: Feedback) -> None:
        self._feedback = feedback
        # The answer's place in the conversation, and whether it is right.
        self._judged = gr.State((0, True))
        with gr.Row(visible=False, elem_id="feedback") as self.form:
            self.about = gr.Dropdown([], scale=2, min_width=110, container=False, elem_id="about")
            self.comment = gr.Textbox(
                show_label=False, scale=4, max_length=500, container=False, elem_id="comment"
            )
            self.send = gr.Button(variant="primary", size="sm", scale=0, min_width=70)
            self.cancel = gr.Button(size="sm", scale=0, min_width=70)

    def join(self, talk: gr.HTML, turns: gr.State, language: gr.Radio) -> None:
        """``talk`` is where answers are judged."""
        talk.like(
            self._opened, [turns, language],
            [self._judged, self.form, self.about, self.comment], **QUIET,
        )  # fmt: skip
        self.send.click(
            self._keep, [turns, self._judged, self.about, self.comment, language], self.form,
            **QUIET,
        )  # fmt: skip
        self.cancel.click(lambda: gr.update(visible=False), None, self.form, **QUIET)

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.about: gr.update(label=say.opinion_about),
            self.comment: gr.update(placeholder=say.opinion_here, label=say.opinion),
            self.send: gr.update(value=say.send),
            self.cancel: gr.update(value=say.cancel),
        }

    def _opened(
        self, turns: Turns, language: Language, touched: gr.EventData
    ) -> tuple[tuple[int, bool], Any, Any, str]:
        turn, say = int(touched.turn), STRINGS[language]
        if not 0 <= turn < len(turns):
            return (0, True), gr.update(visible=False), gr.skip(), ""
        numbers = [(say.whole_answer, 0)]
        for citation in turns[turn].citations:
            numbers.append((say.source_number.format(citation.n), citation.n))
        about = gr.update(choices=numbers, value=0)
        return (turn, bool(touched.good)), gr.update(visible=True), about, ""

    def _keep(
        self, turns: Turns, judged: tuple[int, bool], about: int | None, comment: str,
        language: Language,
    ) -> Any:  # fmt: skip
        turn, is_good = judged
        if turn < len(turns):
            self._feedback.add(Remark.of(turns[turn], is_good, comment, int(about or 0)))
            gr.Info(STRINGS[language].thanks, duration=4)
        return gr.update(visible=False)
