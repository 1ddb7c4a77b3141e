"""From the words of a question to those of the index, across languages.

The index's vocabulary and the question's words are embedded with the same multilingual
encoder; a word that the index does not know stands for its nearest terms there, with the
square of the cosine as weight. A word in Chinese characters also stands for what Korean
makes of it, by its own reading or by the sound of Mandarin, and the other way round, and a
name in Latin letters for the Hangul terms that sound like it. It needs no dictionary and no
language model.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from geungeo.lang.ko.romanisation import sound
from geungeo.lang.scripts import HANGUL
from geungeo.vectorstore.embedding import Encoder, Vectors
from geungeo.vectorstore.lexical import TermGroup

_LEAST_COSINE = 0.5
_MOST_NEIGHBOURS = 6
_LEAST_LIKENESS = 85
_SHORTEST_SOUND = 4
_SHORTEST_READING = 2
# Most words of the two languages that are read alike mean the same, but not all.
_WEIGHT_OF_READING = 0.8
# A word within a longer one mostly means the same there.
_WEIGHT_OF_PART = 0.7
_SHORTEST_COMPOUND = 5
_HANGUL = re.compile(rf"[{HANGUL}]{{2,}}")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Bridge:
    """The vocabulary of an index as vectors. ``list_terms`` gives the terms that have been
    saved, ``load`` the same with their vectors of shape (terms, dimension), ``save`` takes new
    ones, and ``read`` gives the ways in which others write a word in Chinese characters or in
    pinyin."""

    def __init__(
        self,
        encoder: Encoder,
        list_terms: Callable[[], list[str]],
        load: Callable[[], tuple[list[str], Vectors]],
        save: Callable[[Sequence[str], Vectors], None],
        read: Callable[[str], Sequence[str]],
    ) -> None:
        self._encoder = encoder
        self._list_terms = list_terms
        self._load = load
        self._save = save
        self._read = read
        self._lock = threading.Lock()
        self._terms: list[str] | None = None
        self._known: set[str] = set()
        # None where they are to be read again; an ingest needs only the terms.
        self._vectors: Vectors | None = None
        self._sounds: dict[str, list[str]] = {}
        self._readings: dict[str, list[str]] = {}
        # How many of the terms have been listened to; a question needs all, an ingest none.
        self._heard = 0

    def reload(self) -> None:
        """Read the vocabulary anew at its next use."""
        with self._lock:
            self._terms = self._vectors = None

    def learn(self, terms: Iterable[str]) -> None:
        """Embed and save those terms that are words and not known yet."""
        with self._lock:
            known = self._ensure()
            new = sorted({t for t in terms if _WORD.fullmatch(t)} - self._known)
            if new:
                self._save(new, self._encoder.encode_passages(new))
                known.extend(new)
                self._known.update(new)
                self._vectors = None

    @property
    def words(self) -> list[str]:
        """The words of the index."""
        with self._lock:
            return self._ensure()

    def neighbours(self, words: Vectors) -> list[TermGroup]:
        """For each row of vectors, of shape (words, dimension), the nearest terms of the index
        with their weights; may be empty."""
        with self._lock:
            terms, matrix = self._matrix()
        if not len(words) or not terms:
            return [{} for _ in words]
        cosines = words @ matrix.T
        groups: list[TermGroup] = []
        for row in cosines:
            near = np.flatnonzero(row >= _LEAST_COSINE)
            nearest = near[np.argsort(-row[near])[:_MOST_NEIGHBOURS]]
            groups.append({terms[i]: float(row[i]) ** 2 for i in nearest})
        return groups

    def sound_alikes(self, name: str) -> TermGroup:
        """The Hangul terms of the index that a name in Latin letters can stand for."""
        with self._lock:
            self._listen()
            sounds, heard = self._sounds, tuple(self._sounds)
        wanted = sound(name)
        if len(wanted) < _SHORTEST_SOUND:
            return {}
        found = process.extract(wanted, heard, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
        return {term: (ratio / 100) ** 2 for like, ratio, _ in found for term in sounds[like]}

    def compounds(self, spellings: Sequence[str]) -> TermGroup:
        """The Hangul terms of the index that a word is a part of, by its Korean spellings:
        생명과학 in 충칭다디생명과학단지."""
        parts = [part for part in spellings if _HANGUL.fullmatch(part)]
        if not parts:
            return {}
        with self._lock:
            terms = self._ensure()
        return {
            term: _WEIGHT_OF_PART
            for term in terms
            if len(term) >= _SHORTEST_COMPOUND and any(part in term for part in parts)
        }

    def same_reading(self, word: str) -> TermGroup:
        """The terms of the index in another script that are written as others write a word."""
        with self._lock:
            self._listen()
            readings, known = self._readings, self._known
        alike = [heard for heard in self._read(word) if heard in known] or readings.get(
            word.lower(), []
        )
        return dict.fromkeys(alike, _WEIGHT_OF_READING)

    def _listen(self) -> None:
        terms = self._ensure()
        for term in terms[self._heard :]:
            if _HANGUL.fullmatch(term):
                self._sounds.setdefault(sound(term), []).append(term)
            else:
                for heard in self._read(term):
                    if len(heard) >= _SHORTEST_READING:
                        self._readings.setdefault(heard, []).append(term)
        self._heard = len(terms)

    def _ensure(self) -> list[str]:
        return self._take(self._list_terms()) if self._terms is None else self._terms

    def _matrix(self) -> tuple[list[str], Vectors]:
        if self._vectors is None:
            terms, self._vectors = self._load()
            if terms != self._terms:
                self._take(terms)
        return self._ensure(), self._vectors

    def _take(self, terms: list[str]) -> list[str]:
        self._terms, self._known = terms, set(terms)
        self._sounds, self._readings, self._heard = {}, {}, 0
        return terms
