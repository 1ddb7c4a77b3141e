"""Two processes over one file: each knows what the other has learned and forgotten."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.vocabulary import SCHEMA, Vocabulary
from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.packing import pack, unpack

_MOST, _LEAST = 6, 0.3


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Vocabulary, Vocabulary]]:
    one, other = (Database(tmp_path / "words.sqlite", SCHEMA, "") for _ in range(2))
    yield Vocabulary(one), Vocabulary(other)
    one.close()
    other.close()


def test_each_finds_the_words_that_there_are(both: tuple[Vocabulary, Vocabulary]) -> None:
    drawn = np.random.default_rng(0).standard_normal((1500, 64)) / (1 + np.arange(64) / 8)
    rows = np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)
    vectors = {f"word{n}": row for n, row in enumerate(rows)}
    chosen = random.Random(0)
    there: set[str] = set()
    for _ in range(60):
        writer, reader = chosen.sample(both, 2)
        if chosen.random() < 0.7:
            new = chosen.sample(list(vectors), 50)
            writer.learn(new, np.stack([vectors[word] for word in new]))
            there.update(new)
        else:
            gone = chosen.sample(sorted(there), len(there) // 4)
            writer.forget(gone)
            there.difference_update(gone)
        reader.reload()
        for one in both:
            assert set(one.words()) == there
            asked = vectors[chosen.choice(list(vectors))]
            (found,) = one.near(asked[None], _MOST, _LEAST)
            assert found == pytest.approx(nearest(asked, {w: vectors[w] for w in there}), abs=1e-5)


def nearest(asked: Vectors, vectors: dict[str, Vectors]) -> dict[str, float]:
    """By comparing with every word, as it is kept."""
    cosines = {word: float(unpack(pack(row), len(row))[0] @ asked) for word, row in vectors.items()}
    best = sorted(cosines, key=lambda word: -cosines[word])[:_MOST]
    return {word: cosines[word] for word in best if cosines[word] >= _LEAST}
