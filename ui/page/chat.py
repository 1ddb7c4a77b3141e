"""The conversation: a question, its answer as it comes, and what can be done with both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr
from gradio.components import Component

from geungeo.lang.detect import Language
from geungeo.rag.answer.answer import Answer
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.question.conversation import LONGEST_QUESTION, Asked
from geungeo.ui.answering import Answering, Wishes
from geungeo.ui.page import render
from geungeo.ui.page.collection import Collection, Shelf
from geungeo.ui.page.export import markdown, plain
from geungeo.ui.page.follow_ups import follow_ups
from geungeo.ui.page.panel import QUIET, last_of
from geungeo.ui.page.scope import make_scope
from geungeo.ui.page.scope_panel import ScopePanel
from geungeo.ui.strings import ASK_HERE, QUESTION, STRINGS, Strings
from geungeo.ui.views import Views

Turns = list[Answer]

# A chip asks for its sources; a button below an answer is an event of its own name.
_TOUCHED = """
element.addEventListener('click', (event) => {
  const source = event.target.closest('a[data-turn]');
  if (source) trigger('click', {turn: Number(source.dataset.turn)});
  const button = event.target.closest('button[data-act]');
  if (!button) return;
  const {act, turn, good} = button.dataset;
  if (act === 'share') window.geungeo.share();
  else if (act === 'earlier') trigger('earlier');
  else trigger(act, {turn: Number(turn), good: Boolean(good)});
});
"""
_COPY = "(text) => text && window.geungeo.copy(text)"


class ChatPanel:
    """``turns`` are the answers of the open conversation, oldest first; ``filters`` the inputs
    that narrow a search."""

    def __init__(
        self, answering: Answering, views: Views, shelf: Shelf,
        filters: Sequence[Component], language: gr.Radio, turns: gr.State,
    ) -> None:  # fmt: skip
        self._answering = answering
        self._views = views
        self._shelf = shelf
        self.filters = filters
        self.turns = turns
        self.talk = gr.HTML(elem_id="talk", js_on_load=_TOUCHED)
        # Apart from the dialogue, so that the texts of the page can come after a first question.
        self.welcome = gr.HTML(elem_id="welcome")
        # A shelf of one height, so that nothing moves when further questions come.
        with gr.Row(elem_id="shelf"):
            self.examples = gr.Dataset(components=["textbox"], samples=[], elem_id="examples")
            self.next = gr.Dataset(
                components=["textbox"], samples=[], visible=False, elem_id="next"
            )
        self.within = ScopePanel.new_summary()
        # In every language at once: a field that is said anew loses what is being typed into it.
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

        copied = gr.Textbox(visible=False)
        for event, as_text in (
            (self.talk.copy, plain),
            (self.talk.download, lambda answer: markdown([answer])),
        ):
            said = event(self._text_of(as_text), [turns, language], copied, **QUIET)
            said.then(None, copied, js=_COPY)

    def sent(self, question: str, language: Language) -> tuple[str, str]:
        """The field emptied, and what stood in it. This is an event of its own: the page may lose
        a value that is followed at once by another of the same event."""
        if not question.strip():
            raise gr.Error(STRINGS[language].type_a_question, print_exception=False)
        return "", question.strip()

    def ask(
        self, sources: gr.HTML, wishes: Callable[..., Wishes], question: str, turns: Turns,
        language: Language, request: gr.Request, *chosen: Any,
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
            sources: "",
        }
        chain = self._answering.chain(wished, self._views.of(request))
        collection = self._shelf(request)
        asked = Asked(question, tuple(turns), only)
        if slow:
            with self._answering.turn() as before:
                for number in before:
                    waiting = render.conversation(turns, say, question, say.in_line.format(number))
                    yield {self.talk: waiting}
                yield from self._answered(chain, asked, collection, say, sources)
            yield {self.question: self.idle()}
        else:
            yield from self._answered(chain, asked, collection, say, sources)

    def _answered(
        self, chain: Pipeline, asked: Asked, collection: Collection, say: Strings,
        sources: gr.HTML,
    ) -> Iterator[dict[Component, Any]]:  # fmt: skip
        turns = asked.history
        for answer in chain.stream(asked):
            shown: dict[Component, Any] = {sources: _sources(collection, answer, say, len(turns))}
            if answer.answer:
                now = [*turns, answer]
                shown |= {self.turns: now, self.talk: render.conversation(now, say)}
            yield shown

    def sources_of(
        self, turns: Turns, language: Language, touched: gr.EventData, request: gr.Request
    ) -> str:
        """The sources of the answer whose chip was touched."""
        turn = int(touched.turn)
        if not 0 <= turn < len(turns):
            return gr.skip()  # type: ignore[no-any-return]
        collection = self._shelf(request)
        (now,) = collection.told_now([turns[turn]])
        return _sources(collection, now, STRINGS[language], turn)

    def shown(self, turns: Turns, say: Strings, request: gr.Request) -> tuple[str, str]:
        """A conversation, and the sources of its last answer."""
        collection = self._shelf(request)
        now = collection.told_now(turns)
        last = _sources(collection, now[-1], say, len(turns) - 1) if now else ""
        return render.conversation(now, say), last

    def whole(self, turns: Turns, language: Language) -> str:
        """A conversation with its turns that are not shown at first."""
        return render.whole_conversation(turns, STRINGS[language])

    def idle(self, **value: str) -> Any:
        """The field when nothing is being answered."""
        return gr.update(submit_btn=True, stop_btn=False, **value)  # type: ignore[arg-type]

    def stopped(self, turns: Turns, asked: str, language: Language) -> tuple[Any, str]:
        """What was said stays; a question without an answer goes back to its field."""
        is_answered = bool(turns) and turns[-1].question == asked
        field = self.idle() if is_answered else self.idle(value=asked)
        return field, render.conversation(turns, STRINGS[language])

    def after(self, turns: Turns, language: Language, request: gr.Request) -> dict[Component, Any]:
        """The further questions that follow an answer."""
        answer = turns[-1] if turns else None
        usual, view = self._answering.usual, self._views.of(request)
        check = self._answering.chain(Wishes("extractive", 1, usual.passages, usual.gate), view)
        found = (
            follow_ups(answer, view.store.passages, lambda one: not check.invoke(one).refused)
            if answer
            else []
        )
        return {
            self.next: gr.Dataset(
                samples=[[one] for one in found],
                visible=bool(found),
                label=STRINGS[language].follow_ups,
            ),
            self.examples: gr.update(visible=not turns),
        }

    def without_last(self, turns: Turns, language: Language) -> tuple[Turns, str]:
        """The conversation before its last question, and that question."""
        return turns[:-1], last_of(turns, language).question

    def listed(self, collection: Collection, say: Strings) -> dict[Component, Any]:
        """What is said of the collection of now."""
        return {self.welcome: collection.summary(say)}

    def labelled(self, say: Strings) -> dict[Component, Any]:
        return {
            self.next: gr.update(label=say.follow_ups),
            self.examples: gr.update(label=say.examples),
        }

    def _text_of(
        self, as_text: Callable[[Answer], str]
    ) -> Callable[[Turns, Language, gr.EventData], str]:
        def text(turns: Turns, language: Language, touched: gr.EventData) -> str:
            turn = int(touched.turn)
            answer = turns[turn] if 0 <= turn < len(turns) else last_of(turns, language)
            gr.Info(STRINGS[language].copied, duration=2)
            return as_text(answer)

        return text


def _sources(collection: Collection, answer: Answer, say: Strings, turn: int) -> str:
    return render.sources(answer, say, collection.left_out(), turn, collection.pages(answer))
