"""The rows nearest to a vector, exactly, without looking at the whole of each.

Rows are kept in a byte a number, as they lie on disk, and turned so that most of what they say
stands in their first numbers; these are kept as floats. A cosine can be greater than what those
give by no more than the product of what is left of both, so that few rows are looked at whole.
Of 27,827 words of three languages these were 0.05 % (median) and 0.5 % (95th percentile), in a
fifth of the time and little more than half of the memory of whole floats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.packing import unpack

_HEAD = 160
_AT_ONCE = 8192
# Rows by which the turn is chosen; where there are many more by now it is chosen anew.
_LOOKED_AT, _OUTGROWN = 20_000, 4
_GROUP = 64
# So many are looked at whole as soon.
_FEW = 1000
_ROUNDING = 1e-5

Bytes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Neighbours:
    """``rows`` of length 1, packed, of shape (rows, dimension); their ``heads`` of shape
    (width, rows), which few vectors are multiplied with fastest, after the ``turn``, of shape
    (dimension, width), and what is left of each as ``tails`` of shape (rows,). ``chosen_by`` is how
    many rows there were at the turn."""

    rows: Bytes
    heads: Vectors
    tails: Vectors
    turn: Vectors
    chosen_by: int

    @classmethod
    def of(cls, packed: bytes, dimension: int) -> Self:
        """Of rows as ``pack`` gives them."""
        rows = np.frombuffer(packed, np.int8).reshape(-1, dimension)
        turn = _turn(rows)
        return cls(rows, *_parted(rows, turn), turn, len(rows))

    def with_more(self, packed: bytes) -> Neighbours:
        """These and some more rows."""
        more = np.frombuffer(packed, np.int8).reshape(-1, self.rows.shape[1])
        rows = np.concatenate((self.rows, more))
        if len(rows) > _OUTGROWN * self.chosen_by:
            return Neighbours.of(rows.tobytes(), rows.shape[1])
        heads, tails = _parted(more, self.turn)
        return Neighbours(
            rows,
            np.concatenate((self.heads, heads), axis=1),
            np.concatenate((self.tails, tails)),
            self.turn,
            self.chosen_by,
        )

    def taken(self, places: Sequence[int]) -> Neighbours:
        """Some of these rows."""
        rows, heads, tails = self.rows[places], self.heads[:, places], self.tails[places]
        return Neighbours(rows, heads, tails, self.turn, self.chosen_by)

    def nearest(
        self, vectors: Vectors, most: int, least: float
    ) -> Iterator[list[tuple[int, float]]]:
        """For each of some vectors, of shape (vectors, dimension), ``most`` rows with their
        cosines, none under ``least``, the nearest first."""
        turned = vectors @ self.turn
        left = _left(np.einsum("ij,ij->i", vectors, vectors), turned.T)
        for vector, tail, known in zip(vectors, left, turned @ self.heads, strict=True):
            near = self._at_least(vector, known, tail, most, least)
            cosines = self._cosines(vector, near)
            order = np.argsort(-cosines, kind="stable")[:most]
            yield [(int(near[n]), float(cosines[n])) for n in order if cosines[n] >= least]

    def _at_least(
        self, vector: Vectors, known: Vectors, tail: float, most: int, least: float
    ) -> npt.NDArray[np.intp]:
        """The rows that may be among the nearest, in their order."""
        # The best of each of many groups are soon told.
        groups = known[: len(known) // _GROUP * _GROUP].reshape(-1, _GROUP)
        if len(groups) <= most:
            return np.arange(len(known))
        first = np.argpartition(groups.max(axis=1), -most)[-most:]
        best = self._cosines(vector, first * _GROUP + groups[first].argmax(axis=1))
        wanted = max(least, float(best.min())) - _ROUNDING
        return np.flatnonzero(known + self.tails * tail >= wanted)

    def _cosines(self, vector: Vectors, places: npt.NDArray[np.intp]) -> Vectors:
        parts = [
            unpack(self.rows[places[start : start + _AT_ONCE]].tobytes(), len(vector)) @ vector
            for start in range(0, len(places), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.float32)


def _turn(rows: Bytes) -> Vectors:
    """The directions in which rows say most, of shape (dimension, width); for few rows any."""
    if len(rows) < _FEW:
        return np.eye(rows.shape[1], _HEAD, dtype=np.float32)
    step = -(-len(rows) // _LOOKED_AT) or 1
    some = unpack(rows[::step].tobytes(), rows.shape[1])
    _, directions = np.linalg.eigh(some.T @ some)
    return np.ascontiguousarray(directions[:, ::-1][:, :_HEAD])


def _parted(rows: Bytes, turn: Vectors) -> tuple[Vectors, Vectors]:
    """The heads of rows, and how much is left of each."""
    heads = np.empty((turn.shape[1], len(rows)), np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        some = unpack(rows[start : start + _AT_ONCE].tobytes(), len(turn))
        heads[:, start : start + len(some)] = (some @ turn).T
    return heads, _left(np.ones(len(rows), np.float32), heads)


def _left(lengths: Vectors, heads: Vectors) -> Vectors:
    """What of vectors is not in their heads, of shape (width, vectors), from the squares of their
    lengths."""
    return np.asarray(np.sqrt(np.maximum(lengths - np.einsum("ij,ij->j", heads, heads), 0)))
