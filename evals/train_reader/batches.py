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

# States whose mean stands for that of all.
_SAMPLED = 20_000


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

    def mean(self) -> Tensor:
        """That of the windows' states, from some of them."""
        return torch.from_numpy(
            self.windows[:: max(1, len(self.windows) // _SAMPLED)].astype(np.float32).mean(axis=0)
        )


@dataclass(frozen=True)
class Batch:
    """What the network takes, in its order."""

    asked: Tensor
    rarity: Tensor
    asks: Tensor
    shown: Tensor
    shows: Tensor
    members: Tensor

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        return (
            self.asked.float(),
            self.rarity,
            self.asks,
            self.shown.float(),
            self.shows,
            self.members,
        )


def batch_of(data: Data, states: States, rarity: npt.NDArray[np.float32], pairs: Ints) -> Batch:
    """Questions with windows, by their numbers, padded to the longest."""
    questions = [data.span("question", int(q)) for q, _ in pairs]
    windows = [data.span("window", int(w)) for _, w in pairs]
    asked, asks = _padded([states.questions[own] for own in questions])
    shown, shows = _padded([states.windows[own] for own in windows])
    rare = np.zeros(asks.shape, np.float32)
    places = np.full(shows.shape, -1, np.int64)
    for i, (question, window) in enumerate(zip(questions, windows, strict=True)):
        size = question.stop - question.start
        rare[i, :size] = rarity[np.minimum(data.arrays["questions"][question], len(rarity) - 1)]
        places[i, : window.stop - window.start] = data.arrays["places"][window]
        # Marks are no words.
        asks[i, [0, size - 1]] = False
        shows[i, [0, window.stop - window.start - 1]] = False
    members = places[:, None, :] == np.arange(max(1, int(places.max()) + 1))[None, :, None]
    return Batch(*map(torch.from_numpy, (asked, rare, asks, shown, shows, members)))


def _padded(rows: Sequence[npt.NDArray[np.float16]]) -> tuple[Ints, Ints]:
    longest = max(map(len, rows))
    states = np.zeros((len(rows), longest, rows[0].shape[1]), np.float16)
    there = np.zeros((len(rows), longest), bool)
    for i, row in enumerate(rows):
        states[i, : len(row)], there[i, : len(row)] = row, True
    return states, there


def in_batches(lengths: Ints, tokens: int, rng: np.random.Generator | None) -> Iterator[Ints]:
    """Places of rows, of like lengths in a batch of so many tokens; shuffled by ``rng``."""
    noise = rng.normal(0, 8, len(lengths)) if rng else 0
    order = np.argsort(-(lengths + noise), kind="stable")
    found, start = [], 0
    while start < len(order):
        end = start + max(8, tokens // int(lengths[order[start : start + 8]].max() + 16))
        found.append(order[start:end])
        start = end
    if rng:
        rng.shuffle(found)
    yield from found
