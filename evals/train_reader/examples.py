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
from geungeo.evals.train_reader.readings import digest
from geungeo.rag.reading.layout import Layout, Window
from geungeo.vectorstore import Passage

# Of a question's passages that do not answer so many are read: the nearest, and some of the rest.
_NEAREST, _FARTHER = 2, 1
_OF_UNANSWERABLE = 6
# Windows of a long passage that does not answer.
_OF_LONG = 2
# Sentences of a window that can be told to answer.
MOST_SENTENCES = 64
UNKNOWN = -1
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
    """A question with a window of a passage. ``label`` is 1 where it answers, 0 where not, and
    ``UNKNOWN`` where one of those of the same ``pool`` does; ``told`` are the sentences that
    answer, counted in the window, and ``span`` the first and the last token of the answer among
    the window's, or (-1, -1)."""

    question: int
    window: int
    label: int
    told: tuple[int, ...] = ()
    span: tuple[int, int] = (-1, -1)
    pool: int = -1


class Packer:
    """Collects questions, windows and examples, each text once."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._questions: dict[str, int] = {}
        self._passages: dict[tuple[str, ...], list[int]] = {}
        self.questions: list[list[int]] = []
        self.windows: list[Window] = []
        self.examples: list[Example] = []
        self.folds: list[str] = []
        self.watched: list[tuple[int, ...]] = []
        self.watched_told: list[int] = []
        self.watched_digests: list[int] = []
        self.cases: list[tuple[str, str, bool]] = []
        self._pools = 0

    def learn(self, case: Case, rng: random.Random) -> None:
        """Add what is learned from a case; of one whose answer stands in no sentence, nothing."""
        question = self._question(case.query.text)
        before = len(self.examples)
        if case.answerable and not any(map(any, case.telling)):
            if not case.wanted:
                self._pool(case, question)
        else:
            for place in _chosen(case, rng):
                self._add(case, place, question, rng)
        self.folds += [fold(case)] * (len(self.examples) - before)

    def _pool(self, case: Case, question: int) -> None:
        for hit in case.hits:
            for window in self._windows(hit.passage):
                self.examples.append(Example(question, window, UNKNOWN, pool=self._pools))
        self._pools += 1

    def _add(self, case: Case, place: int, question: int, rng: random.Random) -> None:
        passage, right = case.hits[place].passage, bool(case.right[place])
        windows = self._windows(passage)
        if not right and len(windows) > _OF_LONG:
            windows = rng.sample(windows, _OF_LONG)
        for window in windows:
            told = self._told(case, place, window)
            if right and not told:
                continue
            span = self._span(case, passage, self.windows[window], told)
            self.examples.append(Example(question, window, int(right), told, span))

    def _told(self, case: Case, place: int, window: int) -> tuple[int, ...]:
        """The sentences of a window that answer, counted in it."""
        own = self.windows[window]
        telling = case.telling[place][own.first : min(own.last, own.first + MOST_SENTENCES)]
        return tuple(i for i, tells in enumerate(telling) if tells)

    def _span(
        self, case: Case, passage: Passage, window: Window, told: Sequence[int]
    ) -> tuple[int, int]:
        """Where an answer first stands."""
        answers = [case.answer] if case.is_evidence else list(case.wanted)
        for place in told:
            text = passage.sentence_text(window.first + place)
            for answer in filter(None, answers):
                start = text.find(answer)
                if start < 0:
                    continue
                tokens = self._layout.within(text, start, start + len(answer))
                at = [i for i, p in enumerate(window.places) if p == place]
                if tokens and tokens[1] < len(at):
                    return at[tokens[0]], at[tokens[1]]
        return -1, -1

    def watch(self, case: Case) -> None:
        """Have the passages of a case read when the model has learned."""
        question = self._question(case.query.text)
        for place, hit in enumerate(case.hits):
            for window in self._windows(hit.passage):
                self.watched.append((len(self.cases), place, question, window))
                self.watched_told.append(_bits(self._told(case, place, window)))
                self.watched_digests.append(digest(case.query.text, hit.passage.text))
        self.cases.append((fold(case), case.collection, case.answerable))

    def _question(self, text: str) -> int:
        if text not in self._questions:
            self._questions[text] = len(self.questions)
            self.questions.append(self._layout.question(text))
        return self._questions[text]

    def _windows(self, passage: Passage) -> list[int]:
        # A test collection has its own name for a title, which says nothing.
        title = "" if passage.title == passage.document else passage.title
        texts = [passage.sentence_text(i) for i in range(len(passage.sentences))]
        key = (title, passage.section, *texts)
        if key not in self._passages:
            found = self._layout.windows(title, passage.section, texts)
            start = len(self.windows)
            self.windows += found
            self._passages[key] = list(range(start, start + len(found)))
        return self._passages[key]

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
            examples=np.array(
                [(e.question, e.window, e.label, *e.span, e.pool) for e in self.examples], np.int32
            ),
            told=np.array([_bits(one.told) for one in self.examples], np.uint64),
            folds=np.array([FOLDS.index(name) for name in self.folds], np.int8),
            watched=np.array(self.watched, np.int32),
            watched_told=np.array(self.watched_told, np.uint64),
            watched_digests=np.array(self.watched_digests, np.uint32),
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
