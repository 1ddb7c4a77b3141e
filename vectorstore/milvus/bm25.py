"""Okapi BM25 (k1 = 1.2, b = 0.75) of passages that are rows of weights.

A passage's row holds for each of its terms tf / (tf + norm), where norm is
k1 * (1 - b + b * length / mean), with the mean length that the index had when the row was
written. A question's row holds idf, so that the inner product of both is nearly BM25: the mean
may be another by now, and where several terms of a group stand in a passage it adds them up.
``Asked.score`` has neither fault. A row's weight tells tf back, so that nothing else is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_K1 = 1.2
_B = 0.75
# Of a length beyond this the first four bits are kept.
_EXACT = 24


@dataclass(frozen=True)
class Row:
    """A passage's weights by dimension, its length in terms, and the mean length at the time."""

    weights: Mapping[int, float]
    length: int
    mean: float

    def renewed(self, mean: float) -> Row:
        """The row as it is with another mean length."""
        weights = {key: self._weight(value, mean) for key, value in self.weights.items()}
        return Row(weights, self.length, mean)

    def of(self, dimension: int, mean: float) -> float:
        """A term's weight with another mean length; 0 for a term that the passage has not."""
        value = self.weights.get(dimension, 0.0)
        return self._weight(value, mean) if value else 0.0

    def _weight(self, value: float, mean: float) -> float:
        if mean == self.mean:
            return value
        present = value * _norm(self.length, self.mean)
        return present / (present + (1 - value) * _norm(self.length, mean))


@dataclass(frozen=True)
class Asked:
    """A question: for each word that the index knows the terms that can stand for it, as
    dimensions with their weight times idf, the greatest sum that a passage could reach, and the
    mean length of the passages as it is now."""

    groups: Sequence[Mapping[int, float]]
    greatest: float
    mean: float

    def row(self) -> dict[int, float]:
        """What is multiplied with the rows of passages; nothing where nothing is known."""
        found: dict[int, float] = {}
        for group in self.groups:
            for dimension, value in group.items():
                if value > 0:
                    found[dimension] = found.get(dimension, 0.0) + value
        return found

    def score(self, row: Row) -> float:
        """A passage's score in [0, 1); of a group's terms the one counts that gives most."""
        best = (
            max(value * row.of(dimension, self.mean) for dimension, value in group.items())
            for group in self.groups
        )
        return sum(best) / self.greatest


def row_of(counts: Mapping[int, int], length: int, mean: float) -> Row:
    """The row of a passage from the repetitions of its terms."""
    norm = _norm(length, mean)
    return Row({key: tf / (tf + norm) for key, tf in counts.items()}, length, mean)


def _norm(length: int, mean: float) -> float:
    return _K1 * (1 - _B + _B * _kept(length) / mean)


def _kept(length: int) -> int:
    """A length as Lucene and tantivy keep it, in a byte: so both kinds of index score alike."""
    above = length - _EXACT
    shift = max(above, 0).bit_length() - 4
    return length if shift <= 0 else _EXACT + ((above >> shift) << shift)
