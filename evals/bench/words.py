"""Words with vectors that no model made, for collections too large to be encoded.

A word's vector is that of one of a few hundred centres with one of a few thousand details, both
told by its letters, so that every word has near ones; a text's is the mean of its words', of which
a frequent one counts less. So texts that share words, as those on a topic do, lie near each other.
Passages spread over as many dimensions as real ones: 72 by their participation ratio, as the 964
of KorQuAD by the bundled encoder. They lie a little farther apart: the nearest has a cosine of
0.48 (median), where it has 0.66 there. Words that mean the same lie apart.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from geungeo.evals.wording import wording
from geungeo.lang.scripts import HAN
from geungeo.vectorstore import Encoder
from geungeo.vectorstore.bundled import EMBEDDING_DIMENSION
from geungeo.vectorstore.embedding import Vectors

_CENTRES, _DETAILS = 512, 4096
# How much of a vector is its centre's: two words of one have the cosine 0.64.
_SHARED = 0.8
# The dimension from which on a vector's numbers fall.
_WIDTH = 30
_TOKEN = re.compile(rf"[{HAN}]+|[^\W\d_{HAN}]+")
_HAN = re.compile(f"[{HAN}]")
_LONGEST_HAN = 8

Integers = npt.NDArray[np.int64]


class WordVectors:
    """Vectors of words and of texts; ``weights`` tells how much each known word counts."""

    dimension = EMBEDDING_DIMENSION

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._greatest = max(weights.values())
        forms = wording()["generated"]
        self._particles = sorted(forms["particles"], key=len, reverse=True)
        self._passed_over: frozenset[str] = frozenset()
        asked = (form.format(words="") for form in forms["question"].values())
        self._passed_over = frozenset(word for form in asked for word in self._words(form))
        random = np.random.default_rng(0)
        own = float(np.sqrt(1 - _SHARED**2))
        self._centres = _SHARED * _drawn(_CENTRES, self.dimension, random)
        self._details = own * _drawn(_DETAILS, self.dimension, random)

    def weigh(self, words: Sequence[str]) -> Vectors:
        """How much each word counts, of shape (words,); one that is not known counts most."""
        return np.array([self._weights.get(word, self._greatest) for word in words], np.float32)

    def of_sentences(self, keys: Integers, weights: Vectors) -> Vectors:
        """Vectors of length 1, of shape (sentences, dimension), of sentences with equally many
        words each, whose ``keys`` and ``weights`` are of shape (sentences, words)."""
        centres, details = keys % _CENTRES, keys // _CENTRES % _DETAILS
        both = ((self._centres, centres), (self._details, details))
        return _unit(sum(np.matmul(weights[:, None], own[places])[:, 0] for own, places in both))

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """As ``Model`` says."""
        return np.concatenate([self._of_text(text) for text in texts])

    def _of_text(self, text: str) -> Vectors:
        said = list(self._words(text))
        # What every question says tells nothing.
        words = [word for word in said if word not in self._passed_over] or said or [""]
        return self.of_sentences(keys_of(words)[None], self.weigh(words)[None])

    def _words(self, text: str) -> Iterator[str]:
        """The words of a text without what follows on them, as far as these are known."""
        for token in _TOKEN.findall(text.lower()):
            if _HAN.match(token):
                yield from self._chinese(token)
            elif token in self._weights:
                yield token
            else:
                bare = (token.removesuffix(one) for one in self._particles)
                yield next((one for one in bare if one != token), token)

    def _chinese(self, token: str) -> Iterator[str]:
        start = 0
        while start < len(token):
            ends = range(min(len(token), start + _LONGEST_HAN), start, -1)
            word = next((token[start:e] for e in ends if token[start:e] in self._weights), "")
            if word:
                yield word
            start += len(word) or 1


class SyntheticEncoder(Encoder):
    """An encoder whose vectors no model made; see the module."""

    def __init__(self, vectors: WordVectors) -> None:
        super().__init__("synthetic")
        self.vectors = vectors

    def load(self) -> WordVectors:
        return self.vectors


def keys_of(words: Sequence[str]) -> Integers:
    """A number for each word, by which its vector is known, of shape (words,)."""
    return np.array([zlib.crc32(word.encode()) for word in words], np.int64)


def _drawn(rows: int, dimension: int, random: np.random.Generator) -> Vectors:
    fall = 1 / (1 + np.arange(dimension) / _WIDTH)
    return _unit(random.standard_normal((rows, dimension)) * fall)


def _unit(rows: npt.NDArray[np.floating]) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), np.float32)
