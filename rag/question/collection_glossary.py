"""The words that mean the same in a collection."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property

from geungeo.lang.analyzer import Analyzer
from geungeo.lang.forms import Form, Group, analysed
from geungeo.lang.glossary import Glossary, shipped_verbs
from geungeo.vectorstore import Store, Vocabulary


class CollectionGlossary:
    """The groups of words given for a collection, the verbs of the package, and the names that
    the documents explain. Safe to use from several threads."""

    def __init__(
        self, vocabulary: Vocabulary, analyzer: Analyzer, given: Sequence[Group] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._given = tuple(given)
        self._lock = threading.Lock()
        self._revision: int | None = None
        self._glossary = Glossary(())

    @classmethod
    def of(cls, store: Store) -> CollectionGlossary:
        return cls(store, store.analyzer, store.glossary)

    def current(self) -> Glossary:
        """The glossary of today: documents bring their own words, and take them with them."""
        with self._lock:
            revision = self._vocabulary.revision()
            if revision != self._revision:
                things = [*self._things, *self._vocabulary.names()]
                self._glossary = Glossary(things, self._verbs)
                self._revision = revision
            return self._glossary

    @cached_property
    def _things(self) -> list[tuple[Form, ...]]:
        return analysed(self._given, self._analyzer)

    @cached_property
    def _verbs(self) -> list[tuple[Form, ...]]:
        return analysed(shipped_verbs(), self._analyzer)
