"""Lexical and dense evidence as one score.

A convex combination of the normalised BM25 score and the cosine keeps the better ranker
of the two, where reciprocal rank fusion drowns it (Bruch et al., arXiv 2210.11934).
"""

from __future__ import annotations

import numpy as np

from vectorstore.embedding import Vectors

_WEIGHT_OF_KNOWN_WORDS = 0.7
_WEIGHT_OF_BRIDGED_WORDS = 0.4


def lexical_weight(known: float) -> float:
    """The share of BM25 in the score, for the share of a question's words that the index
    knows: a neighbour found by the encoder says less than the word itself."""
    return known * _WEIGHT_OF_KNOWN_WORDS + (1 - known) * _WEIGHT_OF_BRIDGED_WORDS


def combine(lexical: float, dense: float, weight: float) -> float:
    return weight * lexical + (1 - weight) * dense


def passage_similarity(question: Vectors, vectors: Vectors) -> tuple[float, Vectors]:
    """The dense score of a passage and the cosine of each of its sentences.

    ``question`` has shape (dimension,); ``vectors`` has shape (1 + sentences, dimension),
    the first row being the whole passage. The score is the mean of the passage's cosine
    and that of its best sentence, which finds more than either.
    """
    cosines = vectors @ question
    sentences = cosines[1:]
    best = float(sentences.max()) if len(sentences) else float(cosines[0])
    return (float(cosines[0]) + best) / 2, np.asarray(sentences)
