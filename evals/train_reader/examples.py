"""Questions with passages as the reader sees them, packed into one file of token ids."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from geungeo.evals.comparing import holds
from geungeo.evals.fit.cases import Case
from geungeo.evals.train_reader.files import FOLDS
from geungeo.rag.reading.layout import Layout, Text, Window
from geungeo.vectorstore import Passage

# Of a question's passages that do not answer so many are read: the nearest, and some of the rest.
_NEAREST, _FARTHER = 2, 1
_OF_UNANSWERABLE = 6
# Windows of a long passage that does not answer.
_OF_LONG = 2
# Sentences of a window that can be told to answer.
MOST_SENTENCES = 64
# How the collections of each fold begin; the rest are Korean.
_FOLDS = {
    "documents": ("reports", "sample", "reading-report", "written-reports"),
    "statutes": ("finreg", "reading-law", "written-finreg"),
    "foreign": ("xquad", "nomiracl-zh", "nomiracl-en", "written-zh", "written-en"),
    "invented": ("written-invented",),
}


def fold(case: Case) -> str:
    """The fold of a case."""
    return next((n for n, own in _FOLDS.items() if case.collection.startswith(own)), "korean")


@dataclass(frozen=True)
class Example:
    """A question with a window of a passage. ``label`` is 1 where it answers, 0 where not;
    ``told`` are the sentences that answer, counted in the window."""

    question: int
    window: int
    label: int
    told: tuple[int, ...] = ()


class Packer:
    """Collects questions, windows and examples, each text once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._questions: dict[str, int] = {}
        self._passages: dict[Text, list[int]] = {}
        self.questions: list[list[int]] = []
        self.windows: list[Window] = []
        self.examples: list[Example] = []
        self.folds: list[str] = []
        self.watched: list[tuple[int, ...]] = []
        self.watched_told: list[int] = []
        self.cases: list[tuple[str, str, bool]] = []

    def learn(self, case: Case, rng: random.Random) -> None:
        """Add what is learned from a case; of one whose answer stands in no sentence, nothing."""
        question = self._question(case.query.text)
        before = len(self.examples)
        if not case.answerable or any(map(any, case.telling)):
            for place in _chosen(case, rng):
                self._add(case, place, question, rng)
        self.folds += [fold(case)] * (len(self.examples) - before)

    def _add(self, case: Case, place: int, question: int, rng: random.Random) -> None:
        passage, right = case.hits[place].passage, bool(case.right[place])
        windows = self._windows(passage)
        if not right and len(windows) > _OF_LONG:
            windows = rng.sample(windows, _OF_LONG)
        for window in windows:
            told = self._told(case, place, window)
            if right and not told:
                continue
            self.examples.append(Example(question, window, int(right), told))

    def _told(self, case: Case, place: int, window: int) -> tuple[int, ...]:
        """The sentences of a window that answer, counted in it."""
        own = self.windows[window]
        telling = case.telling[place][own.first : min(own.last, own.first + MOST_SENTENCES)]
        return tuple(i for i, tells in enumerate(telling) if tells)

    def watch(self, case: Case) -> None:
        """Have the passages of a case read when the model has learned."""
        question = self._question(case.query.text)
        for place, hit in enumerate(case.hits):
            for window in self._windows(hit.passage):
                self.watched.append((len(self.cases), place, question, window))
                self.watched_told.append(_bits(self._told(case, place, window)))
        self.cases.append((fold(case), case.collection, case.answerable))

    def _question(self, text: str) -> int:
        if text not in self._questions:
            self._questions[text] = len(self.questions)
            self.questions.append(self._layout.question(text))
        return self._questions[text]

    def _windows(self, passage: Passage) -> list[int]:
        text = Text.of(passage)
        if text not in self._passages:
            found = self._layout.windows(text)
            start = len(self.windows)
            self.windows += found
            self._passages[text] = list(range(start, start + len(found)))
        return self._passages[text]

    def save(self, file: Path) -> None:
        """Write all of it as arrays; texts are joined, with where each ends."""
        flat, ends = _joined(self.questions)
        tokens, window_ends = _joined([window.tokens for window in self.windows])
        places, _ = _joined([window.places for window in self.windows])
        np.savez_compressed(
            file,
            questions=flat.astype(np.uint16),
            question_ends=ends,
            windows=tokens.astype(np.uint16),
            places=np.clip(places, -1, MOST_SENTENCES - 1).astype(np.int8),
            window_ends=window_ends,
            examples=np.array([(e.question, e.window, e.label) for e in self.examples], np.int32),
            told=np.array([_bits(one.told) for one in self.examples], np.uint64),
            folds=np.array([FOLDS.index(name) for name in self.folds], np.int8),
            watched=np.array(self.watched, np.int32),
            watched_told=np.array(self.watched_told, np.uint64),
            case_folds=np.array([FOLDS.index(name) for name, _, _ in self.cases], np.int8),
            case_collections=np.array([name for _, name, _ in self.cases]),
            case_answerable=np.array([there for _, _, there in self.cases]),
        )


def _bits(places: Sequence[int]) -> int:
    return sum(1 << place for place in places)


def _joined(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    ends = np.cumsum([len(row) for row in rows]).astype(np.int64)
    return np.fromiter((x for row in rows for x in row), np.int32, int(ends[-1])), ends


def _chosen(case: Case, rng: random.Random) -> Iterator[int]:
    """The hits of a case that are learned from."""
    yield from np.flatnonzero(case.right).tolist()[:3]
    wanted = [case.answer] if case.answer else [] if case.is_evidence else list(case.wanted)
    wrong = [
        place
        for place, hit in enumerate(case.hits)
        if not case.right[place] and not (wanted and holds(hit.passage.text, wanted))
    ]
    if not case.answerable:
        yield from wrong[:_OF_UNANSWERABLE]
        return
    yield from wrong[:_NEAREST]
    rest = wrong[_NEAREST:]
    yield from rng.sample(rest, min(_FARTHER, len(rest)))
