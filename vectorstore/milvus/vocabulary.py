"""The words of an index with their vectors, in a collection of Milvus."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from pymilvus import DataType

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.milvus.server import Field, Server, Table
from geungeo.vectorstore.milvus.terms import State, Terms
from geungeo.vectorstore.packing import pack, unpack


class Vocabulary:
    """Every question is asked of the server, so that what others write is seen."""

    def __init__(self, server: Server, name: str, terms: Terms) -> None:
        """``terms`` keeps how many places have been given."""
        self._terms = terms
        self._table = Table(
            server,
            name,
            (
                Field("word", DataType.VARCHAR),
                # The order in which they were learned.
                Field("place", DataType.INT64, "INVERTED"),
                Field("vector", DataType.FLOAT_VECTOR, "HNSW", "COSINE"),
            ),
        )

    def is_there(self) -> bool:
        return self._table.is_there()

    def make(self, dimension: int) -> None:
        self._table.make(dimension)

    def words(self) -> list[str]:
        state, _ = self._terms.look_up(())
        end = state.next_place if state else 0
        rows = sorted(
            (row["place"], row["word"])
            for row in self._table.numbered("place", end, ("word", "place"))
        )
        return [word for _, word in rows]

    def unlearned(self, words: Collection[str]) -> set[str]:
        return set(words) - {row["word"] for row in self._table.having("word", words, ("word",))}

    def learn(self, words: Sequence[str], vectors: Vectors) -> None:
        new = self.unlearned(words)
        first = {word: number for number, word in reversed([*enumerate(words)]) if word in new}
        if not first:
            return
        self._terms.make()
        self._table.make(vectors.shape[1])
        state = self._terms.look_up(())[0] or State()
        self._terms.save_state(replace(state, next_place=state.next_place + len(first)))
        numbers = sorted(first.values())
        self._table.upsert(
            [
                {"word": words[number], "place": place, "vector": _rounded(vectors[number])}
                for place, number in enumerate(numbers, state.next_place)
            ]
        )

    def forget(self, words: Collection[str]) -> None:
        self._table.delete("word", words)

    def near(self, vectors: Vectors, most: int, least: float) -> list[dict[str, float]]:
        """The nearest words of each row with their cosines, as ``Words.near_words`` says."""
        found = self._table.search("vector", [*vectors], most, ("word",))
        return [
            {row["word"]: cosine for cosine, row in nearest if cosine >= least} for nearest in found
        ]


def _rounded(vector: Vectors) -> Vectors:
    """A vector as the embedded vocabulary keeps it, so that a question means the same to both."""
    return np.asarray(unpack(pack(vector), len(vector))[0])
