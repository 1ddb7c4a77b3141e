"""What each visitor may see of a store, and who answers from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from geungeo.rag.answer.answerers import Answerer
from geungeo.rag.question.expansion import Expander
from geungeo.rag.ranking.retrieval import Retriever
from geungeo.vectorstore import Store

# Each has the words of its documents in memory, once it is asked.
_KEPT = 16


@dataclass(frozen=True)
class View:
    """A store as somebody sees it, with what finds and answers in it, by name; ``hidden`` are the
    folders whose documents are not seen."""

    store: Store
    retriever: Retriever
    answerers: Mapping[str, Answerer]
    hidden: tuple[str, ...] = ()

    def without(self, hidden: tuple[str, ...]) -> View:
        store = self.store.without(hidden)
        retriever = replace(self.retriever, store=store, expander=Expander.of(store))
        answerers = {name: one.over(store) for name, one in self.answerers.items()}
        return View(store, retriever, answerers, hidden)


class Views:
    """The one place that says what a visitor may see; safe to use from several threads."""

    def __init__(self, whole: View, hidden_from: Callable[[Any], tuple[str, ...]]) -> None:
        """``hidden_from`` tells the folders that are hidden from whoever sends a request."""
        self._whole = whole
        self._hidden_from = hidden_from
        self._without = lru_cache(_KEPT)(whole.without)

    def of(self, request: Any) -> View:
        """What is seen by whoever sends a request, as it was granted until now."""
        hidden = self._hidden_from(request)
        return self._without(hidden) if hidden else self._whole
