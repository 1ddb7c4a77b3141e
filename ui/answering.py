"""Who answers on the page, as each reader wishes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from geungeo.rag.answer.answerers import Answerer, ExtractiveAnswerer
from geungeo.rag.assembly import make_answerer, make_retriever
from geungeo.rag.pipeline import Pipeline
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.rag.settings import AnswererName, Settings
from geungeo.vectorstore import Store


@dataclass(frozen=True)
class Wishes:
    """What a reader may set for the own questions; the meaning is that of ``rag.settings``."""

    answerer: str
    excerpts: int
    passages: int
    gate: float


class Answering:
    """The chains of a store's answerers.

    ``answerers`` are by name; that of a language model answers one question at a time, in the
    order in which they came.
    """

    def __init__(
        self, retriever: Retriever, answerers: Mapping[str, Answerer], usual: Wishes
    ) -> None:
        self.retriever = retriever
        self.usual = usual
        self._answerers = dict(answerers)
        self._queue = Queue()

    @property
    def names(self) -> list[str]:
        return list(self._answerers)

    def chain(self, wishes: Wishes) -> Pipeline:
        answerer = self._chosen(wishes)
        if isinstance(answerer, ExtractiveAnswerer):
            answerer = ExtractiveAnswerer(most=wishes.excerpts)
        return Pipeline(self.retriever, answerer, passages=wishes.passages, threshold=wishes.gate)

    def takes_long(self, wishes: Wishes) -> bool:
        """Whether a language model writes, which may be stopped and waited for."""
        return not isinstance(self._chosen(wishes), ExtractiveAnswerer)

    def _chosen(self, wishes: Wishes) -> Answerer:
        return self._answerers.get(wishes.answerer, self._answerers[self.usual.answerer])

    @contextmanager
    def turn(self) -> Iterator[Iterator[int]]:
        """Wait in line for the language model: iterate over how many are before you."""
        with self._queue.place() as before:
            yield before


def make_answering(store: Store, settings: Settings) -> Answering:
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
    return Answering(make_retriever(store, settings), answerers, usual)


class Queue:
    """People in a line; each learns how many stand before."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[object] = []

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
