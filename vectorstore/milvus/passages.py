"""The passages of an index on Milvus: their vectors, and their terms as sparse rows.

Only a writer changes what stands here, one at a time. What it does is said first, in the state
of the terms, and taken back last, so that the next writer counts anew what a killed one left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pymilvus import DataType

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.milvus.bm25 import Asked, Row, row_of
from geungeo.vectorstore.milvus.server import (
    LONGEST_TEXT,
    MOST_FOUND,
    Field,
    Fields,
    Server,
    Table,
    one_of,
)
from geungeo.vectorstore.milvus.terms import State, Term, Terms, changed
from geungeo.vectorstore.protocols import IndexRecord

# No term's: a row has to hold something.
_NOTHING = 0
_ROW = ("passage", "weights", "length", "mean")
# How far the mean length may move before rows that were written with another are written anew.
_DRIFT = 1.05
_ROWS_AT_ONCE = 500
_ROUNDING = 1e-6


class Passages:
    """See the module."""

    def __init__(self, server: Server, name: str, terms: Terms) -> None:
        self._terms = terms
        self._table = Table(
            server,
            name,
            (
                Field("passage", DataType.INT64),
                Field("document", DataType.INT64, "INVERTED"),
                Field("length", DataType.INT64),
                Field("mean", DataType.DOUBLE, "INVERTED"),
                Field("vector", DataType.FLOAT_VECTOR, "HNSW", "COSINE"),
                Field("weights", DataType.SPARSE_FLOAT_VECTOR, "SPARSE_INVERTED_INDEX", "IP"),
            ),
        )

    # Writing

    def add(self, records: Sequence[IndexRecord]) -> None:
        """Write passages that are new."""
        self._terms.make()
        self._table.make(len(records[0].vector))
        counts = [_counted(record.terms) for record in records]
        frequency = Counter(term for own in counts for term in own)
        state = self._begin()
        _, known = self._terms.look_up(frequency)
        new = sorted(frequency.keys() - known.keys())
        state = replace(state, next_dimension=state.next_dimension + len(new))
        # Dimensions are gone before they are given: none is ever given twice.
        self._terms.save_state(replace(state, whole=False))
        first = state.next_dimension - len(new)
        known |= {term: Term(number, 0) for number, term in enumerate(new, first)}
        self._terms.save(changed((term, known[term], by) for term, by in frequency.items()))
        state = replace(
            state,
            passages=state.passages + len(records),
            length=state.length + sum(own.total() for own in counts),
        )
        self._table.insert(
            [
                _written(record, own, known, state.mean)
                for record, own in zip(records, counts, strict=True)
            ]
        )
        self._end(state)

    def remove(self, documents: Collection[int]) -> None:
        """Forget the passages of documents."""
        state = self._begin()
        gone = list(self._table.all(_ROW, one_of("document", documents)))
        if not gone:
            return
        self._terms.make()
        self._terms.save_state(replace(state, whole=False))
        self._table.delete("document", documents)
        frequency = Counter(key for row in gone for key in row["weights"] if key != _NOTHING)
        named = self._terms.named(frequency)
        self._terms.save(changed((*named[key], -by) for key, by in frequency.items()))
        self._end(
            replace(
                state,
                passages=state.passages - len(gone),
                length=state.length - sum(row["length"] for row in gone),
            )
        )

    def _begin(self) -> State:
        state, _ = self._terms.look_up(())
        return state if state and state.whole else self._counted_anew(state or State())

    def _end(self, state: State) -> None:
        self._renew(state.mean)
        self._terms.save_state(replace(state, whole=True))

    def _renew(self, mean: float) -> None:
        """Write anew the rows that were written when the mean length was much another."""
        afar = f"mean < {mean / _DRIFT} or mean > {mean * _DRIFT}"
        old = (row["passage"] for row in list(self._table.all(("passage",), afar)))
        while some := list(islice(old, _ROWS_AT_ONCE)):
            rows = self._table.having("passage", some, (*_ROW, "document", "vector"))
            self._table.upsert([{**row, **_fields(_read(row).renewed(mean))} for row in rows])

    def _counted_anew(self, state: State) -> State:
        """The state as the passages say. Those whose terms were lost are taken out, and are
        lacking from then on."""
        named = self._terms.all(state.next_dimension)
        frequency: Counter[int] = Counter()
        passages = length = 0
        lost = []
        for row in self._table.all(_ROW):
            own = row["weights"].keys() - {_NOTHING}
            if own <= named.keys():
                frequency.update(own)
                passages, length = passages + 1, length + row["length"]
            else:
                lost.append(row["passage"])
        self._table.delete("passage", lost)
        self._terms.save(
            {
                term: Term(key, frequency[key])
                for key, (term, one) in named.items()
                if one.frequency != frequency[key]
            }
        )
        return replace(state, passages=passages, length=length)

    # Reading

    def count(self) -> int:
        """How many passages are found by vectors and by words."""
        state, _ = self._terms.look_up(())
        return min(self._table.count(), state.passages) if state else 0

    def nearest(
        self, vector: Vectors, most: int, documents: Collection[int] | None
    ) -> dict[int, float]:
        (found,) = self._table.search("vector", [vector], most, ("passage",), _within(documents))
        return {row["passage"]: cosine for cosine, row in found}

    def best(self, asked: Asked, most: int, documents: Collection[int] | None) -> dict[int, float]:
        """The passages that score best, exactly.

        A passage's inner product is never less than its score, but for the mean length, so that
        the search goes on until what it has not seen can be no better than what it has, or the
        server gives no more.
        """
        row, within = asked.row(), _within(documents)
        if not row:
            return {}
        wanted = 2 * most
        while True:
            wanted = min(wanted, MOST_FOUND)
            (found,) = self._table.search("weights", [row], wanted, _ROW, within)
            best = dict(islice(_by_score(asked, (one for _, one in found)), most))
            if len(found) < wanted or wanted == MOST_FOUND:
                return best
            unseen = _DRIFT * found[-1][0] / asked.greatest
            if len(best) == most and min(best.values()) >= unseen - _ROUNDING:
                return best
            wanted *= 4

    def scores(self, asked: Asked, passages: Collection[int]) -> dict[int, float]:
        """The scores of given passages; those without any term are left out."""
        if not asked.groups:
            return {}
        return dict(_by_score(asked, self._table.having("passage", passages, _ROW)))


def _counted(terms: Sequence[str]) -> Counter[str]:
    """Terms with their repetitions, but for those that no field can hold."""
    return Counter(term for term in terms if len(term.encode()) <= LONGEST_TEXT)


def _written(
    record: IndexRecord, counts: Counter[str], known: Mapping[str, Term], mean: float
) -> Fields:
    row = row_of({known[t].dimension: n for t, n in counts.items()}, counts.total(), mean)
    return {
        "passage": record.passage,
        "document": record.document,
        "vector": record.vector,
        **_fields(row),
    }


def _fields(row: Row) -> Fields:
    return {
        "weights": dict(row.weights) or {_NOTHING: 1.0},
        "length": row.length,
        "mean": row.mean,
    }


def _read(row: Fields) -> Row:
    return Row(row["weights"], row["length"], row["mean"])


def _by_score(asked: Asked, rows: Iterable[Fields]) -> Iterator[tuple[int, float]]:
    scored = ((row["passage"], asked.score(_read(row))) for row in rows)
    best = sorted(scored, key=lambda one: (-one[1], one[0]))
    return (one for one in best if one[1] > 0)


def _within(documents: Collection[int] | None) -> str:
    return "" if documents is None else one_of("document", documents)
