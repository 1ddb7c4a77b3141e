"""Where the words of a question stand in a passage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geungeo.vectorstore import Hit, Query

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Candidate:
    """A hit with where the question's words stand in it.

    ``held``, of shape (1 + sentences, words), has the weight with which each word of the
    question stands in the headings (first row) and in each sentence, ``neighbours`` how many
    neighbouring words of the question are neighbours here, and ``new`` how many different
    terms each sentence has beside them.
    """

    hit: Hit
    held: Floats
    neighbours: int
    new: tuple[int, ...]

    @property
    def whole(self) -> Floats:
        """The weights in the whole passage with its headings, of shape (words,)."""
        return np.asarray(self.held.max(axis=0))


def match(query: Query, hit: Hit) -> Candidate:
    """Find the words of a question in a hit."""
    places = query.places
    held, new = [], []
    neighbours: set[int] = set()
    for own in hit.terms:
        row = [0.0] * len(query.terms)
        strange = set()
        before: list[tuple[int, float]] = []
        for term in own:
            found = places.get(term, [])
            if not found:
                strange.add(term)
            else:
                for word, weight in found:
                    row[word] = max(row[word], weight)
                if before:
                    words = {word for word, _ in found}
                    neighbours.update(word for word, _ in before if word + 1 in words)
            before = found
        held.append(row)
        new.append(len(strange))
    return Candidate(
        hit,
        np.array(held).reshape(len(held), len(query.terms)),
        len(neighbours),
        tuple(new[1:]),
    )


def coverage(query: Query, held: Floats) -> Floats:
    """The share of a question's words, weighted by rarity, for each row of weights of shape
    (rows, words); has shape (rows,)."""
    shares: Floats = held @ query.idf / (query.rarity or 1.0)
    return shares
