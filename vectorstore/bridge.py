"""From the words of a question to those of the index, across languages.

The index's vocabulary and the question's words are embedded with the same multilingual
encoder; a word that the index does not know stands for its nearest terms there, with the
square of the cosine as weight. It needs no dictionary and no language model.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from vectorstore.embedding import Encoder, Vectors
from vectorstore.lexical import TermGroup

_LEAST_COSINE = 0.5
_MOST_NEIGHBOURS = 6
_WORD = re.compile(r"[^\W\d_]{2,}")


class Bridge:
    """The vocabulary of an index as vectors. ``load`` gives what has been saved of it, and
    ``save`` takes new terms with their vectors of shape (terms, dimension)."""

    def __init__(
        self,
        encoder: Encoder,
        load: Callable[[], tuple[list[str], Vectors]],
        save: Callable[[Sequence[str], Vectors], None],
    ) -> None:
        self._encoder = encoder
        self._load = load
        self._save = save
        self._lock = threading.Lock()
        self._terms: list[str] = []
        self._known: set[str] = set()
        self._vectors: Vectors | None = None

    def reload(self) -> None:
        """Read the vocabulary anew at its next use."""
        with self._lock:
            self._vectors = None

    def learn(self, terms: Iterable[str]) -> None:
        """Embed and save those terms that are words and not known yet."""
        with self._lock:
            self._ensure()
            new = sorted({t for t in terms if _WORD.fullmatch(t)} - self._known)
            if new:
                vectors = self._encoder.encode_passages(new)
                self._save(new, vectors)
                self._extend(new, vectors)

    def neighbours(self, words: Sequence[str]) -> list[TermGroup]:
        """For each word its nearest terms of the index with their weights; may be empty."""
        with self._lock:
            matrix = self._ensure()
            terms = self._terms
        if not words or not terms:
            return [{} for _ in words]
        cosines = self._encoder.encode_questions(words) @ matrix.T
        most = min(_MOST_NEIGHBOURS, len(terms))
        groups: list[TermGroup] = []
        for row in cosines:
            nearest = np.argpartition(-row, most - 1)[:most]
            groups.append(
                {terms[i]: float(row[i]) ** 2 for i in nearest if row[i] >= _LEAST_COSINE}
            )
        return groups

    def _ensure(self) -> Vectors:
        if self._vectors is None:
            self._terms, self._vectors = self._load()
            self._known = set(self._terms)
        return self._vectors

    def _extend(self, terms: Sequence[str], vectors: Vectors) -> None:
        before = self._ensure()
        self._terms = [*self._terms, *terms]
        self._known.update(terms)
        self._vectors = np.concatenate([before, vectors]) if len(before) else vectors
