"""The central sentences of a document.

Centrality is that of LexRank (Erkan and Radev 2004): the stationary distribution of a walk
between similar sentences. What is chosen already makes what is like it less wanted (maximal
marginal relevance, Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ALIKE = 0.3
_DAMPING = 0.85
_STEPS = 50
_REDUNDANCY = 0.35


def centrality(similar: Floats) -> Floats:
    """How central each sentence is, from 0 to 1, by cosines of shape (sentences, sentences)."""
    links = np.where(similar > _ALIKE, similar, 0.0)
    np.fill_diagonal(links, 0.0)
    links /= links.sum(axis=1, keepdims=True) + 1e-9
    rank = np.full(len(links), 1 / len(links))
    for _ in range(_STEPS):
        rank = _DAMPING * links.T @ rank + (1 - _DAMPING) / len(links)
    return np.asarray(rank / rank.max())


def central(vectors: Floats, question: Floats, prior: Floats, most: int) -> list[int]:
    """The sentences, at most so many, that say most of the whole, in their order.

    ``vectors`` has shape (sentences, dimension) and ``question`` (dimension,), both of length
    one; ``prior`` says how much each is worth by its place, and has shape (sentences,).
    """
    similar = vectors @ vectors.T
    asked = vectors @ question
    spread = float(asked.max() - asked.min()) or 1.0
    worth = (centrality(similar) + (asked - asked.min()) / spread) / 2 + prior
    chosen: list[int] = []
    for _ in range(min(most, len(vectors))):
        told = similar[:, chosen].max(axis=1) if chosen else np.zeros(len(vectors))
        left = worth - _REDUNDANCY * told
        left[chosen] = -np.inf
        chosen.append(int(left.argmax()))
    return sorted(chosen)
