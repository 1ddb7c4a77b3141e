"""Batches of examples on the device that trains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from geungeo.rag.reading.layout import NOT_A_SENTENCE, PAD

Ints = npt.NDArray[Any]


@dataclass(frozen=True)
class Data:
    """The arrays of a file of examples."""

    arrays: dict[str, npt.NDArray[Any]]

    @classmethod
    def read(cls, file: Path) -> Data:
        with np.load(file) as stored:
            return cls({name: stored[name] for name in stored.files})

    def question(self, i: int) -> Ints:
        return self._row("questions", "question_ends", i)

    def window(self, i: int) -> tuple[Ints, Ints]:
        tokens = self._row("windows", "window_ends", i)
        return tokens, self._row("places", "window_ends", i)

    def _row(self, name: str, ends: str, i: int) -> Ints:
        at = self.arrays[ends]
        return self.arrays[name][at[i - 1] if i else 0 : at[i]]


@dataclass(frozen=True)
class Batch:
    """``words`` are token ids, of shape (batch, tokens)."""

    words: Tensor
    mask: Tensor
    members: Tensor

    def to(self, device: str) -> Batch:
        return Batch(
            *(x.to(device, non_blocking=True) for x in (self.words, self.mask, self.members))
        )


def batch_of(data: Data, pairs: list[tuple[int, int]]) -> Batch:
    """Questions with windows, padded to the longest."""
    rows, places = [], []
    for question, window in pairs:
        asked = data.question(question)
        tokens, own = data.window(window)
        rows.append(np.concatenate([asked, tokens]).astype(np.int64))
        places.append(np.concatenate([np.full(len(asked), NOT_A_SENTENCE), own]))
    length = -(-max(map(len, rows)) // 16) * 16
    most = max(1, max(int(p.max()) + 1 for p in places))
    words = np.full((len(rows), length), PAD, np.int64)
    mask = np.zeros((len(rows), length), bool)
    members = np.zeros((len(rows), most, length), np.float32)
    for i, (row, place) in enumerate(zip(rows, places, strict=True)):
        words[i, : len(row)], mask[i, : len(row)] = row, True
        at = np.flatnonzero(place >= 0)
        members[i, place[at], at] = 1
    members /= np.maximum(members.sum(axis=2, keepdims=True), 1)
    return Batch(*(torch.from_numpy(x) for x in (words, mask, members)))


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
