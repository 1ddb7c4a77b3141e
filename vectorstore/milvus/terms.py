"""The terms of an index on Milvus: which dimension of the passages' rows is whose, and how many
passages have it; beside them, in the row of no term, what holds for the whole index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass

from pymilvus import DataType

from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.milvus.server import Field, Fields, Server, Table

# No term has a blank.
_NO_TERM = " "
_WANTED = ("term", "dimension", "frequency")


@dataclass(frozen=True)
class Term:
    """``dimension`` is never given again; ``frequency`` is how many passages have the term."""

    dimension: int
    frequency: int


@dataclass(frozen=True)
class State:
    """``length`` is that of all passages together, in terms. ``whole`` is false while something
    is written: a writer that finds it so counts anew what a killed one has left."""

    passages: int = 0
    length: int = 0
    next_dimension: int = 1
    next_place: int = 0
    whole: bool = True

    @property
    def mean(self) -> float:
        """The mean length of a passage; never 0."""
        return max(self.length, 1) / max(self.passages, 1)


class Terms:
    """See the module."""

    def __init__(self, server: Server, name: str) -> None:
        self._table = Table(
            server,
            name,
            (
                Field("term", DataType.VARCHAR),
                Field("dimension", DataType.INT64, "INVERTED"),
                Field("frequency", DataType.INT64),
                Field("state", DataType.JSON),
                # A collection has to have a vector.
                Field("nothing", DataType.FLOAT_VECTOR, "FLAT", "L2", dimension=2),
            ),
        )

    def make(self) -> None:
        self._table.make()

    def look_up(self, terms: Collection[str]) -> tuple[State | None, dict[str, Term]]:
        """The state, none where there is none, and those of some terms that there are."""
        rows = self._table.having("term", [_NO_TERM, *terms], (*_WANTED, "state"))
        found = {row["term"]: row for row in rows}
        kept = found.pop(_NO_TERM, None)
        state = None if kept is None else State(**kept["state"])
        return state, {term: _term(row) for term, row in found.items()}

    def named(self, dimensions: Collection[int]) -> dict[int, tuple[str, Term]]:
        """By their dimensions those of some terms that there are."""
        rows = self._table.having("dimension", dimensions, _WANTED)
        return {row["dimension"]: (row["term"], _term(row)) for row in rows}

    def all(self, end: int) -> dict[int, tuple[str, Term]]:
        """All terms by their dimensions, which are below ``end``.

        Raises:
            StoreError: two have the same, as where two wrote at once.
        """
        found: dict[int, tuple[str, Term]] = {}
        for row in self._table.numbered("dimension", end, _WANTED):
            if row["term"] == _NO_TERM:
                continue
            term, dimension = row["term"], row["dimension"]
            if dimension in found:
                raise StoreError(
                    f"Milvus: the terms {found[dimension][0]!r} and {term!r} have the same "
                    f"dimension {dimension}: two have written at once. Drop the collections of "
                    "this store; they are made anew"
                )
            found[dimension] = term, _term(row)
        return found

    def save(self, terms: Mapping[str, Term]) -> None:
        """Write terms; those that no passage has are forgotten."""
        kept = {term: one for term, one in terms.items() if one.frequency > 0}
        self._table.upsert([_row(term, one, {}) for term, one in kept.items()])
        self._table.delete("term", [term for term in terms if term not in kept])

    def save_state(self, state: State) -> None:
        self._table.upsert([_row(_NO_TERM, Term(0, 0), asdict(state))])


def changed(terms: Iterable[tuple[str, Term, int]]) -> dict[str, Term]:
    """Terms whose frequencies have changed by so much."""
    return {term: Term(one.dimension, one.frequency + by) for term, one, by in terms}


def _row(term: str, one: Term, state: Fields) -> Fields:
    return {
        "term": term,
        "dimension": one.dimension,
        "frequency": one.frequency,
        "state": dict(state),
        "nothing": [0.0, 0.0],
    }


def _term(row: Fields) -> Term:
    return Term(row["dimension"], row["frequency"])
