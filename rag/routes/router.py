"""Which of four ways a question goes, learned from questions of each."""

from __future__ import annotations

import io
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from geungeo.vectorstore.embedding import Vectors

Route = Literal["talk", "collection", "document", "passages"]
"""Small talk; the collection as such; one document as a whole; what stands in passages."""

ROUTES: tuple[Route, ...] = get_args(Route)
FILE = "router.npz"
BUCKETS = 2**13
_LONGEST_GRAM = 4
# Passages are searched where nothing else is this likely: a wrong reply costs more than that.
_SURE = 0.4

Floats = npt.NDArray[np.float64]


def gram_weights(text: str) -> dict[int, float]:
    """The runs of one to four characters of a text, hashed into ``BUCKETS``, with weights
    1 + log(count), of length one as a vector."""
    padded = f" {text.lower()} "
    grams = Counter(
        padded[start : start + length]
        for length in range(1, _LONGEST_GRAM + 1)
        for start in range(len(padded) - length + 1)
    )
    weights: dict[int, float] = {}
    for gram, count in grams.items():
        bucket = zlib.crc32(gram.encode()) % BUCKETS
        weights[bucket] = weights.get(bucket, 0.0) + 1 + math.log(count)
    norm = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {bucket: weight / norm for bucket, weight in weights.items()}


@dataclass(frozen=True)
class Router:
    """Two multinomial logistic regressions, one of a question's vector and one of its
    characters; their log-probabilities are averaged.

    ``encoder`` names the encoder of the vectors: those of another are left aside. ``meaning``
    has shape (dimension + 1, routes) and ``writing`` (BUCKETS + 1, routes), each with the
    intercepts in its last row, routes in the order of ``ROUTES``.
    """

    encoder: str
    meaning: Floats
    writing: Floats

    @classmethod
    @lru_cache(1)
    def shipped(cls) -> Router:
        """What ``python -m geungeo.evals.fit.routes`` wrote."""
        packed = (files("geungeo.rag.routes") / FILE).read_bytes()
        with np.load(io.BytesIO(packed)) as arrays:
            return cls(
                str(arrays["encoder"]),
                arrays["meaning"].astype(np.float64),
                arrays["writing"].astype(np.float64),
            )

    def probabilities(self, question: str, vector: Vectors, encoder: str) -> Floats:
        """The probability of each route, of shape (routes,), for a question and its vector of
        shape (dimension,) by the encoder named."""
        grams = gram_weights(question)
        rows = self.writing[list(grams)]
        logs = _log_softmax(np.array(list(grams.values())) @ rows + self.writing[-1])
        if encoder == self.encoder:
            logs = (logs + _log_softmax(vector @ self.meaning[:-1] + self.meaning[-1])) / 2
        return np.asarray(np.exp(_log_softmax(logs)))

    def route(self, question: str, vector: Vectors, encoder: str) -> Route:
        """The route of a question; "passages" where no other is sure."""
        return decided(self.probabilities(question, vector, encoder))


def decided(probabilities: Sequence[float] | Floats) -> Route:
    best = int(np.argmax(probabilities))
    return ROUTES[best] if probabilities[best] >= _SURE else "passages"


def _log_softmax(values: Floats) -> Floats:
    shifted = values - values.max()
    return np.asarray(shifted - math.log(np.exp(shifted).sum()))
