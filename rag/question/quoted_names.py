"""The names in what is quoted, in the reader's language."""

from __future__ import annotations

import threading
from functools import cached_property

from geungeo.lang.detect import Language
from geungeo.lang.forms import Group
from geungeo.lang.glossary import glosses
from geungeo.lang.names import Name, names_in, proper_names
from geungeo.vectorstore import Store


class QuotedNames:
    """Looks up the forms of names; safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._revision: int | None = None
        # What documents explain themselves, by path, as far as they have been asked for.
        self._explained: dict[str, list[Group]] = {}

    def find(self, text: str, path: str, language: Language) -> list[Name]:
        """The names in a text of a document, each with its form in another language: as that
        document itself gives it, or as the package and the settings know it."""
        analyzer = self._store.analyzer
        nouns = {*analyzer.nouns(text), *analyzer.whole_names(text)}
        return names_in(text, [*self._explained_in(path), *self._given], nouns, language)

    def _explained_in(self, path: str) -> list[Group]:
        with self._lock:
            revision = self._store.revision()
            if revision != self._revision:
                self._revision, self._explained = revision, {}
            if path not in self._explained:
                self._explained[path] = glosses(self._store.text(path) or "")
            return self._explained[path]

    @cached_property
    def _given(self) -> list[Group]:
        return proper_names(self._store.glossary)
