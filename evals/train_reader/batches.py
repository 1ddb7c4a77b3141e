"""Questions with windows, as the network takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Ints = npt.NDArray[Any]


@dataclass(frozen=True)
class Data:
    """The arrays of a file of examples."""

    arrays: dict[str, npt.NDArray[Any]]

    @classmethod
    def read(cls, file: Path) -> Data:
        with np.load(file) as stored:
            return cls({name: stored[name] for name in stored.files})

    def lengths(self, kind: str) -> Ints:
        """How many tokens each ``question`` or ``window`` has."""
        return np.diff(self.arrays[f"{kind}_ends"], prepend=0)

    def tokens(self, kind: str, i: int) -> Ints:
        """The tokens of a ``question`` or a ``window``."""
        return self.arrays[f"{kind}s"][self.span(kind, i)]

    def span(self, kind: str, i: int) -> slice:
        """Where its tokens stand among all."""
        ends = self.arrays[f"{kind}_ends"]
        return slice(int(ends[i - 1]) if i else 0, int(ends[i]))

    def rarity(self) -> npt.NDArray[np.float32]:
        """How rare each token is among the windows, as its idf (Spärck Jones 1972), by its id."""
        found = np.zeros(int(self.arrays["windows"].max()) + 1)
        count = len(self.arrays["window_ends"])
        for i in range(count):
            found[np.unique(self.tokens("window", i))] += 1
        return np.log((count + 1) / (found + 1)).astype(np.float32)


@dataclass(frozen=True)
class States:
    """What the encoder says of the tokens of all questions and of all windows, fp16, each of
    shape (tokens, width)."""

    questions: npt.NDArray[np.float16]
    windows: npt.NDArray[np.float16]


@dataclass(frozen=True)
class Texts:
    """Texts side by side: ``states`` of shape (texts, tokens, width), ``there``, of shape (texts,
    tokens), true for tokens, and ``words``, true for those that are no marks around a text."""

    states: Tensor
    there: Tensor
    words: Tensor

    @classmethod
    def of(cls, rows: Sequence[npt.NDArray[np.float16]]) -> Texts:
        """Texts padded to the longest."""
        longest = max(map(len, rows))
        states = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
        there = np.zeros((len(rows), longest), bool)
        words = np.zeros((len(rows), longest), bool)
        for i, row in enumerate(rows):
            states[i, : len(row)], there[i, : len(row)] = row, True
            words[i, 1 : len(row) - 1] = True
        return cls(*map(torch.from_numpy, (states, there, words)))

    def to(self, device: str) -> Texts:
        return Texts(*(one.to(device) for one in (self.states, self.there, self.words)))


@dataclass(frozen=True)
class Batch:
    """What the network takes: questions with the ``rarity`` of their words, of shape (questions,
    tokens), windows with the words of each sentence as ``members``, of shape (windows, sentences,
    tokens), and of both those that go together as ``pairs``, of shape (pairs, 2)."""

    asked: Texts
    rarity: Tensor
    shown: Texts
    members: Tensor
    pairs: Tensor

    def to(self, device: str) -> Batch:
        rarity, members, pairs = (one.to(device) for one in (self.rarity, self.members, self.pairs))
        return Batch(self.asked.to(device), rarity, self.shown.to(device), members, pairs)


def batch_of(data: Data, states: States, rarity: npt.NDArray[np.float32], pairs: Ints) -> Batch:
    """Questions with windows, by their numbers, each text once."""
    asked, question = np.unique(pairs[:, 0], return_inverse=True)
    shown, window = np.unique(pairs[:, 1], return_inverse=True)
    questions = [data.span("question", int(q)) for q in asked]
    windows = [data.span("window", int(w)) for w in shown]
    texts = Texts.of([states.questions[own] for own in questions])
    stretches = Texts.of([states.windows[own] for own in windows])
    rare = np.zeros(texts.there.shape, np.float32)
    for i, own in enumerate(questions):
        tokens = np.minimum(data.arrays["questions"][own], len(rarity) - 1)
        rare[i, : len(tokens)] = rarity[tokens]
    places = np.full(stretches.there.shape, -1, np.int64)
    for i, own in enumerate(windows):
        places[i, : own.stop - own.start] = data.arrays["places"][own]
    members = places[:, None, :] == np.arange(max(1, int(places.max()) + 1))[None, :, None]
    together = np.stack([question, window], axis=1)
    return Batch(
        texts, torch.from_numpy(rare), stretches, torch.from_numpy(members),
        torch.from_numpy(together),
    )  # fmt: skip


def in_batches(lengths: Ints, tokens: int) -> Iterator[Ints]:
    """Places of rows, of like lengths in a batch of so many tokens."""
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        end = start + max(8, tokens // int(lengths[order[start]] + 16))
        yield order[start:end]
        start = end
