"""Lexical and dense evidence as one score.

A convex combination of the normalised BM25 score and the cosine keeps the better ranker
of the two, where reciprocal rank fusion drowns it (Bruch et al., arXiv 2210.11934).
"""

from __future__ import annotations

from dataclasses import dataclass

from geungeo.vectorstore.embedding import Vectors


@dataclass(frozen=True)
class Fusion:
    """How much of the score is BM25 for a question whose words the index knows, and for one
    whose words the encoder found neighbours for, which say less than the words themselves."""

    known: float = 0.7
    bridged: float = 0.4

    def lexical_weight(self, known: float) -> float:
        """The share of BM25, for the share of a question's words that the index knows."""
        return known * self.known + (1 - known) * self.bridged


def combine(lexical: float, dense: float, weight: float) -> float:
    return weight * lexical + (1 - weight) * dense


def passage_similarity(cosines: Vectors) -> float:
    """The dense score of a passage from its own cosine and those of its sentences, in this
    order: the mean of its own and the best sentence's, which finds more than either."""
    own, sentences = float(cosines[0]), cosines[1:]
    return (own + float(sentences.max(initial=-1.0) if len(sentences) else own)) / 2
