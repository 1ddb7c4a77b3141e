"""Who answers on the page, as each reader wishes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from geungeo.rag.answer.answer import Answer
from geungeo.rag.answer.answerers import Answerer, ExtractiveAnswerer
from geungeo.rag.assembly import make_answerer, make_retriever
from geungeo.rag.pipeline import Pipeline, Retrieve
from geungeo.rag.question.conversation import Asked
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.settings import AnswererName, Settings
from geungeo.ui.views import View
from geungeo.vectorstore import Store

Counted = Callable[[Iterator[Answer]], Iterator[Answer]]
"""Passes an answer on as it grows, and counts it."""


@dataclass(frozen=True)
class Wishes:
    """What a reader may set for the own questions; the meaning is that of ``rag.settings``."""

    answerer: str
    excerpts: int
    passages: int
    gate: float


class Answering:
    """The chains of a store's answerers, over what somebody may see of it.

    Of the answerers of ``whole``, which is all that there is to see, that of a language model
    answers one question at a time, in the order in which they came. ``counted`` counts what
    readers ask.
    """

    def __init__(self, whole: View, usual: Wishes, counted: Counted) -> None:
        self._counted = counted
        self.whole = whole
        self.usual = usual
        self._queue = Queue()

    @property
    def names(self) -> list[str]:
        return list(self.whole.answerers)

    @property
    def waiting(self) -> int:
        """How many wait in line for the language model."""
        return self._queue.waiting

    def chain(self, wishes: Wishes, view: View) -> Pipeline:
        """What a reader asks of what is seen. A streamed question is counted; an invoked one is the
        page's own, to see what it may suggest."""
        answerer = self._answerer(wishes, view)
        return _ReadersPipeline(
            view.retriever, answerer, self._counted, wishes.passages, wishes.gate
        )

    def uncounted(self, view: View) -> Pipeline:
        """What all others ask of it, as usual."""
        wishes = self.usual
        answerer = self._answerer(wishes, view)
        return Pipeline(view.retriever, answerer, passages=wishes.passages, threshold=wishes.gate)

    def _answerer(self, wishes: Wishes, view: View) -> Answerer:
        answerer = self._chosen(wishes, view)
        if isinstance(answerer, ExtractiveAnswerer):
            return ExtractiveAnswerer(most=wishes.excerpts)
        return answerer

    def takes_long(self, wishes: Wishes) -> bool:
        """Whether a language model writes, which may be stopped and waited for."""
        return not isinstance(self._chosen(wishes, self.whole), ExtractiveAnswerer)

    def _chosen(self, wishes: Wishes, view: View) -> Answerer:
        return view.answerers.get(wishes.answerer, view.answerers[self.usual.answerer])

    @contextmanager
    def turn(self) -> Iterator[Iterator[int]]:
        """Wait in line for the language model: iterate over how many are before you."""
        with self._queue.place() as before:
            yield before


class _ReadersPipeline(Pipeline):
    """See ``Answering.chain``."""

    def __init__(
        self, retriever: Retriever, answerer: Answerer, counted: Counted, passages: int,
        threshold: float,
    ) -> None:  # fmt: skip
        super().__init__(retriever, answerer, passages=passages, threshold=threshold)
        self._counted = counted

    def invoke(self, input: str | Asked) -> Answer:
        *_, answer = super().stream(input)
        return answer

    def stream(self, input: str | Asked, retrieve: Retrieve | None = None) -> Iterator[Answer]:
        return self._counted(super().stream(input, retrieve))


def make_answering(store: Store, settings: Settings, counted: Counted) -> Answering:
    """The answerer of the settings, and the one that needs no model.

    Raises:
        SettingsError: the settings name a model that cannot be had.
        LocalModelError: so does the local one.
    """
    usual = Wishes(settings.answerer, settings.excerpts, settings.passages, settings.gate)
    wanted: dict[AnswererName, None] = dict.fromkeys((settings.answerer, "extractive"))
    answerers: dict[str, Answerer] = {
        name: make_answerer(store, settings.model_copy(update={"answerer": name}))
        for name in wanted
    }
    return Answering(View(store, make_retriever(store, settings), answerers), usual, counted)


class Queue:
    """People in a line; each learns how many stand before."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[object] = []

    @property
    def waiting(self) -> int:
        """How many stand behind the first."""
        return max(0, len(self._waiting) - 1)

    @contextmanager
    def place(self) -> Iterator[Iterator[int]]:
        """A place at the end of the line until it is left. Its iterator gives the number of
        those before, whenever that changes, and ends when there is none."""
        me = object()
        with self._changed:
            self._waiting.append(me)
        try:
            yield self._before(me)
        finally:
            with self._changed:
                self._waiting.remove(me)
                self._changed.notify_all()

    def _before(self, me: object) -> Iterator[int]:
        said = 0
        while True:
            with self._changed:
                before = self._waiting.index(me)
                if before and before == said:
                    self._changed.wait()
                    continue
            if not before:
                return
            said = before
            yield before
