"""The conversation: a question, its answer as it comes, and what can be done with both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.rag.feedback import Feedback, Remark
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import LONGEST_QUESTION, Asked
from geungeo.ui.answering import Answering, Wishes
from geungeo.ui.page import render
from geungeo.ui.page.collection import Collection
from geungeo.ui.page.export import markdown, plain
from geungeo.ui.page.follow_ups import follow_ups
from geungeo.ui.page.panel import QUIET, last_of
from geungeo.ui.page.scope import make_scope
from geungeo.ui.strings import ASK_HERE, QUESTION, STRINGS, Strings
from geungeo.vectorstore import Store

Turns = list[Answer]

# In every language at once: a field that is said anew loses what is being typed into it.
_CHIP_CLICKED = """
element.addEventListener('click', (event) => {
  const chip = event.target.closest('a.chip');
  if (chip) trigger('click', {turn: Number(chip.dataset.turn)});
});
"""
_COPY = "(text) => text && window.geungeo.copy(text)"


class ChatPanel:
    """``turns`` are the answers of the open conversation, oldest first."""

    def __init__(
        self, answering: Answering, store: Store, collection: Collection, feedback: Feedback,
        language: gr.Radio, turns: gr.State,
    ) -> None:  # fmt: skip
        self._answering = answering
        self._store = store
        self._collection = collection
        self._feedback = feedback
        self.turns = turns
        self.talk = gr.HTML(elem_id="talk", js_on_load=_CHIP_CLICKED)
        # Apart from the dialogue, so that the texts of the page can come after a first question.
        self.welcome = gr.HTML(elem_id="welcome")
        self.question = gr.Textbox(
            label=QUESTION,
            placeholder=ASK_HERE,
            show_label=False,
            submit_btn=True,
            autofocus=True,
            max_length=LONGEST_QUESTION,
            elem_id="question",
        )
        self.asked = gr.State("")
        with gr.Row(elem_id="actions"):
            self.retry = gr.Button(size="sm", min_width=70, elem_id="retry")
            self.edit = gr.Button(size="sm", min_width=70, elem_id="edit")
            self.copy = gr.Button(size="sm", min_width=70, elem_id="copy")
            self.copy_markdown = gr.Button(size="sm", min_width=70, elem_id="copy-markdown")
            self.share = gr.Button(size="sm", min_width=70, elem_id="share")
        with gr.Accordion(open=False, elem_id="scope") as self.scope:
            with gr.Row():
                self.since = gr.Textbox(max_length=10)
                self.until = gr.Textbox(max_length=10)
            with gr.Row():
                self.types = gr.Dropdown(multiselect=True)
                self.organisations = gr.Dropdown(multiselect=True)
            self.chosen = gr.Dropdown(multiselect=True)
        with gr.Row(elem_id="feedback"):
            self.about = gr.Dropdown([], scale=2, min_width=110, container=False, elem_id="about")
            self.comment = gr.Textbox(
                show_label=False, scale=4, max_length=500, container=False, elem_id="comment"
            )
            self.good = gr.Button(size="sm", scale=1, min_width=70)
            self.bad = gr.Button(size="sm", scale=1, min_width=70)
        self.thanks = gr.Markdown(elem_id="thanks")
        # Below all else, so that nothing moves when they come.
        self.examples = gr.Dataset(components=[self.question], samples=[], elem_id="examples")
        self.next = gr.Dataset(
            components=[self.question], samples=[], visible=False, elem_id="next"
        )
        self.filters: list[Component] = [
            self.since, self.until, self.types, self.organisations, self.chosen
        ]  # fmt: skip

        self._join(language)

    def _join(self, language: gr.Radio) -> None:
        """What the buttons below an answer do."""
        turns = self.turns
        copied = gr.Textbox(visible=False)
        for button, as_text in ((self.copy, plain), (self.copy_markdown, _last_as_markdown)):
            said = button.click(self._text_of_last(as_text), [turns, language], copied, **QUIET)
            said.then(None, copied, js=_COPY)
        self.share.click(None, js="() => window.geungeo.share()")
        for button, is_good in ((self.good, True), (self.bad, False)):
            button.click(
                self._remark(is_good), [turns, self.about, self.comment, language],
                [self.comment, self.thanks], **QUIET,
            )  # fmt: skip

    def sent(self, question: str, language: Language) -> tuple[str, str]:
        """The field emptied, and what stood in it. This is an event of its own: the page may lose
        a value that is followed at once by another of the same event."""
        if not question.strip():
            raise gr.Error(STRINGS[language].type_a_question, print_exception=False)
        return "", question.strip()

    def ask(
        self, sources: gr.HTML, wishes: Callable[..., Wishes], question: str, turns: Turns,
        language: Language, *chosen: Any,
    ) -> Iterator[dict[Component, Any]]:  # fmt: skip
        """Yield the page as an answer grows. ``chosen`` are the values of ``filters`` and then
        of the settings."""
        say = STRINGS[language]
        only = make_scope(say, *chosen[: len(self.filters)])
        wished = wishes(*chosen[len(self.filters) :])
        if len(question) > LONGEST_QUESTION:
            said = say.question_too_long.format(f"{LONGEST_QUESTION:,}")
            raise gr.Error(said, print_exception=False)
        slow = self._answering.takes_long(wished)
        if slow:
            yield {self.question: gr.update(submit_btn=False, stop_btn=True)}
        yield {
            self.talk: render.conversation(turns, say, waiting=question),
            sources: self._sources(None, say, len(turns)),
        }
        chain = self._answering.chain(wished)
        asked = Asked(question, tuple(turns), only)
        if slow:
            with self._answering.turn() as before:
                for number in before:
                    waiting = render.conversation(turns, say, question, say.in_line.format(number))
                    yield {self.talk: waiting}
                yield from self._answered(chain, asked, turns, say, sources)
            yield {self.question: self.idle()}
        else:
            yield from self._answered(chain, asked, turns, say, sources)

    def _answered(
        self, chain: Pipeline, asked: Asked, turns: Turns, say: Strings, sources: gr.HTML
    ) -> Iterator[dict[Component, Any]]:
        for answer in chain.stream(asked):
            shown: dict[Component, Any] = {sources: self._sources(answer, say, len(turns))}
            if answer.answer:
                now = [*turns, answer]
                shown |= {self.turns: now, self.talk: render.conversation(now, say)}
            yield shown

    def sources_of(self, turns: Turns, language: Language, clicked: gr.EventData) -> str:
        """The sources of the answer whose chip was clicked."""
        turn = int(clicked.turn)
        if not 0 <= turn < len(turns):
            return gr.skip()  # type: ignore[no-any-return]
        return self._sources(turns[turn], STRINGS[language], turn)

    def shown(self, turns: Turns, say: Strings) -> tuple[str, str]:
        """A conversation, and the sources of its last answer."""
        last = turns[-1] if turns else None
        return render.conversation(turns, say), self._sources(last, say, len(turns) - 1)

    def _sources(self, answer: Answer | None, say: Strings, turn: int) -> str:
        left_out = self._collection.left_out()
        return render.sources(answer, self._store.text, say, left_out, turn)

    def idle(self, **value: str) -> Any:
        """The field when nothing is being answered."""
        return gr.update(submit_btn=True, stop_btn=False, **value)  # type: ignore[arg-type]

    def stopped(self, turns: Turns, asked: str, language: Language) -> tuple[Any, str]:
        """What was said stays; a question without an answer goes back to its field."""
        is_answered = bool(turns) and turns[-1].question == asked
        field = self.idle() if is_answered else self.idle(value=asked)
        return field, render.conversation(turns, STRINGS[language])

    def after(self, turns: Turns, language: Language) -> dict[Component, Any]:
        """What follows an answer: further questions, and what an opinion may be about."""
        say = STRINGS[language]
        answer = turns[-1] if turns else None
        usual = self._answering.usual
        check = self._answering.chain(Wishes("extractive", 1, usual.passages, usual.gate))
        found = (
            follow_ups(answer, self._store.passages, lambda one: not check.invoke(one).refused)
            if answer
            else []
        )
        numbers = [(say.whole_answer, 0)]
        for citation in answer.citations if answer else ():
            numbers.append((say.source_number.format(citation.n), citation.n))
        return {
            self.next: gr.Dataset(
                samples=[[one] for one in found], visible=bool(found), label=say.follow_ups
            ),
            self.about: gr.update(choices=numbers, value=0, label=say.opinion_about),
            self.examples: gr.update(visible=not turns),
        }

    def without_last(self, turns: Turns, language: Language) -> tuple[Turns, str]:
        """The conversation before its last question, and that question."""
        return turns[:-1], last_of(turns, language).question

    def choices(self) -> dict[Component, Any]:
        kinds, organisers, names = self._collection.choices()
        return {
            self.types: gr.update(choices=kinds),
            self.organisations: gr.update(choices=organisers),
            self.chosen: gr.update(choices=names),
        }

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.welcome: render.hint(say.empty_talk),
            self.next: gr.update(label=say.follow_ups),
            self.retry: gr.update(value=say.retry),
            self.edit: gr.update(value=say.edit),
            self.copy: gr.update(value=say.copy),
            self.copy_markdown: gr.update(value=say.copy_markdown),
            self.share: gr.update(value=say.share),
            self.scope: gr.update(label=say.scope),
            self.since: gr.update(label=say.since),
            self.until: gr.update(label=say.until),
            self.types: gr.update(label=say.types),
            self.organisations: gr.update(label=say.organisations),
            self.chosen: gr.update(label=say.chosen_documents),
            self.about: gr.update(label=say.opinion_about),
            self.comment: gr.update(placeholder=say.opinion_here, label=say.opinion),
            self.good: gr.update(value=say.good),
            self.bad: gr.update(value=say.bad),
            self.examples: gr.update(label=say.examples),
        }

    def _remark(
        self, is_good: bool
    ) -> Callable[[Turns, int | None, str, Language], tuple[str, str]]:
        def keep(
            turns: Turns, about: int | None, comment: str, language: Language
        ) -> tuple[str, str]:
            answer = last_of(turns, language)
            self._feedback.add(Remark.of(answer, is_good, comment, int(about or 0)))
            return "", STRINGS[language].thanks

        return keep

    def _text_of_last(self, as_text: Callable[[Answer], str]) -> Callable[[Turns, Language], str]:
        def text(turns: Turns, language: Language) -> str:
            answer = last_of(turns, language)
            gr.Info(STRINGS[language].copied, duration=2)
            return as_text(answer)

        return text


def _last_as_markdown(answer: Answer) -> str:
    return markdown([answer])
