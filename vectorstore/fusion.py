"""Lexical and dense evidence as one score.

A convex combination of the normalised BM25 score and the cosine keeps the better ranker
of the two, where reciprocal rank fusion drowns it (Bruch et al., arXiv 2210.11934).
"""

from __future__ import annotations

from vectorstore.embedding import Vectors

_WEIGHT_OF_KNOWN_WORDS = 0.7
_WEIGHT_OF_BRIDGED_WORDS = 0.4


def lexical_weight(known: float) -> float:
    """The share of BM25 in the score, for the share of a question's words that the index
    knows: a neighbour found by the encoder says less than the word itself."""
    return known * _WEIGHT_OF_KNOWN_WORDS + (1 - known) * _WEIGHT_OF_BRIDGED_WORDS


def combine(lexical: float, dense: float, weight: float) -> float:
    return weight * lexical + (1 - weight) * dense


def passage_similarity(cosines: Vectors) -> float:
    """The dense score of a passage from its own cosine and those of its sentences, in this
    order: the mean of its own and the best sentence's, which finds more than either."""
    own, sentences = float(cosines[0]), cosines[1:]
    return (own + float(sentences.max(initial=-1.0) if len(sentences) else own)) / 2
