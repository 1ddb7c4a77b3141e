"""The words of a question that a table is to have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from geungeo.lang.folding import run_together
from geungeo.lang.languages import FRAME_WORDS
from geungeo.lang.terms import is_pair, is_year
from geungeo.lang.values.units import is_unit
from geungeo.rag.question.question import Question
from geungeo.rag.ranking.demands import HELD, Demands
from geungeo.rag.ranking.matching import Floats
from geungeo.rag.reckoning.operation import Operation
from geungeo.vectorstore import Store

Held = Literal["term", "form", "written"]


@dataclass(frozen=True)
class Words:
    """The words of a question by their index, with their weights: all but those that ask for the
    operation, for a unit, or for a limit. ``asked_for`` are those that name what is asked for,
    which route: a table may have them, and need not."""

    demands: Demands
    weights: Mapping[int, float]
    asked_for: Mapping[int, float]
    store: Store

    @classmethod
    def of(cls, question: Question, asked: Operation, store: Store) -> Words:
        demands = Demands(question)
        weights, asked_for = {}, {}
        for i, (term, weight) in enumerate(zip(question.query.terms, demands.content, strict=True)):
            word = term.word.casefold()
            if is_pair(word) or asked.is_said_by(word) or is_unit(word):
                continue
            if weight:
                weights[i] = float(weight)
            elif word not in FRAME_WORDS:
                asked_for[i] = float(term.idf)
        return cls(demands, weights, asked_for, store)

    @property
    def question(self) -> Question:
        return self.demands.question

    def held(self, text: str, as_: Held = "term") -> frozenset[int]:
        """Those that a text has: as terms, or in any form, or only as they are written."""
        own = (*self.weights, *self.asked_for)
        if as_ == "written":
            plain, terms = run_together(text), self.question.query.terms
            words = {i: run_together(terms[i].word) for i in own}
            return frozenset(i for i, word in words.items() if len(word) > 1 and word in plain)
        weights = self._as_terms(text) if as_ == "term" else self._none()
        held = self.demands.held_in(text, weights)
        return frozenset(i for i in own if held[i] >= HELD)

    def _none(self) -> Floats:
        return np.zeros(len(self.question.query.terms))

    def _as_terms(self, text: str) -> Floats:
        query, weights = self.question.query, self._none()
        for term in self.store.analyzer.terms(text):
            for word, weight in query.places.get(term, []):
                weights[word] = max(weights[word], weight)
        return weights

    def has_name(self, name: str) -> bool:
        """Whether the question has a name, or a year, as it is written."""
        plain = run_together(name)
        is_name = len(plain) > 1 and any(map(str.isalpha, plain))
        return (is_name or is_year(plain)) and plain in run_together(self.question.text)

    def share(self, words: Iterable[int]) -> float:
        """The weight of some of them, as a share of that of all, from 0 to 1."""
        own = set(words)
        beside = sum(weight for i, weight in self.asked_for.items() if i in own)
        whole = sum(self.weights.values()) + beside
        return (sum(self.weights[i] for i in own & set(self.weights)) + beside) / (whole or 1.0)

    def likeness(self, label: str) -> float:
        """How much a label may stand for words of the question, those that only mean something
        similar included, as a share of the weight of all, from 0 to 1."""
        held = self.demands.held_in(label, self._as_terms(label))
        whole = sum(self.weights.values())
        return float(sum(weight * held[i] for i, weight in self.weights.items())) / (whole or 1.0)

    def nearness(self, texts: Sequence[str]) -> list[float]:
        """The cosine of each text with the question."""
        if not texts:
            return []
        vectors = self.store.encoder.encode_questions(texts)
        return [float(one) for one in vectors @ self.question.query.vector.reshape(-1)]
