"""The rows nearest to a vector are those that comparing with every row finds."""

from __future__ import annotations

import numpy as np
import pytest

from geungeo.vectorstore.embedded.neighbours import Neighbours
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.packing import pack, unpack


def drawn(rows: int, dimension: int, seed: int) -> Vectors:
    """Unit rows in clusters, whose numbers fall as those of an encoder's."""
    random = np.random.default_rng(seed)
    fall = 1 / (1 + np.arange(dimension) / 30)
    centres = random.standard_normal((40, dimension))[random.integers(40, size=rows)]
    found = (centres + 0.7 * random.standard_normal((rows, dimension))) * fall
    # In no order that could be told beforehand.
    found = found[:, np.random.default_rng(9).permutation(dimension)]
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize(("rows", "dimension"), [(1, 512), (300, 512), (2600, 512), (2600, 64)])
@pytest.mark.parametrize(("most", "least"), [(6, 0.5), (40, 0.2), (1, 0.99)])
def test_as_comparing_with_every_row(rows: int, dimension: int, most: int, least: float) -> None:
    own, asked = drawn(rows, dimension, 0), drawn(30, dimension, 1)
    packed = pack(own)
    some = len(packed) // dimension // 10 * dimension
    whole = Neighbours.of(packed, dimension)
    # In two pieces, and in one that is outgrown by the other.
    halves = Neighbours.of(packed[: -some or None], dimension).with_more(
        packed[-some:] * bool(some)
    )
    outgrown = Neighbours.of(packed[:dimension], dimension).with_more(packed[dimension:])
    cosines = asked @ unpack(packed, dimension).T
    for made in (whole, halves, outgrown):
        for row, found in zip(cosines, made.nearest(asked, most, least), strict=True):
            near = [place for place in np.argsort(-row) if row[place] >= least][:most]
            assert [place for place, _ in found] == near
            assert np.allclose([cosine for _, cosine in found], row[near], atol=1e-5)
