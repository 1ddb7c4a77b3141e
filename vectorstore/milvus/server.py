"""A Milvus server and its collections, in the few words that an index needs.

What the server cannot do is a ``StoreError`` that names the setting. A collection that is not
there yet has no rows.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import grpc
from pymilvus import DataType, MilvusClient
from pymilvus.exceptions import MilvusException

from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.milvus.address import MilvusAddress

Fields = Mapping[str, Any]

LONGEST_TEXT = 65_535
"""Bytes of a text field, at most."""
MOST_FOUND = 16_384
"""What one search gives, at most."""
_REFUSED = re.compile("unauthenticated|auth check|authoriz", re.I)
_PATIENCE = 60.0  # seconds
# A server reads all of a collection before it can be searched, once after its own start.
_LOADING = 1800.0
_SELDOM = 3_600_000  # milliseconds
_VALUES_PER_CALL = 1000
_ROWS_PER_CALL = 500
# For vectors, of which the server reads a graph once there are many; few are all looked at.
_HNSW: Fields = {"M": 16, "efConstruction": 200}
_LEAST_LOOKED_AT = 128


@dataclass(frozen=True)
class Field:
    """``index`` is the kind of its index, none where it is empty, and ``metric`` how its vectors
    are compared; ``dimension`` is 0 where the first row decides it."""

    name: str
    kind: DataType
    index: str = ""
    metric: str = ""
    dimension: int = 0

    def shape(self) -> Fields:
        """What else is said of its index."""
        compared = {"metric_type": self.metric} if self.metric else {}
        return {**compared, "params": dict(_HNSW)} if self.index == "HNSW" else compared


class Server:
    """A connection to a server, which several threads may use."""

    def __init__(self, address: MilvusAddress) -> None:
        """Raises ``StoreError`` where the server is not reached or does not let us in."""
        self._where = f"GEUNGEO_MILVUS_URI={address.shown}"
        self._is_file = address.uri.endswith(".db")
        # What they log is raised too.
        for name in ("pymilvus", "pymilvus.milvus_client", "milvus_lite", "grpc"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        # milvus-lite closes a connection that asks often whether it is still there.
        options = {"grpc.keepalive_time_ms": _SELDOM} if self._is_file else {}
        with self.told():
            self.client = MilvusClient(
                address.uri, token=address.token, timeout=_PATIENCE, grpc_options=options
            )

    @contextmanager
    def told(self) -> Iterator[None]:
        try:
            yield
        except (MilvusException, grpc.RpcError, OSError) as error:
            raise StoreError(self._say(error)) from error

    def _say(self, error: Exception) -> str:
        said = in_one_line(error)
        if isinstance(error, MilvusException):
            said = " ".join(str(error.message).split()) or said
        if _REFUSED.search(said):
            return f"{self._where}: Milvus does not let us in: {said}. Check GEUNGEO_MILVUS_TOKEN"
        if self._is_file:
            said += ". A file is opened by one process at a time, and its folder has to be there"
        return f"{self._where}: Milvus: {said}"

    def close(self) -> None:
        self.client.close()


class Table:
    """A collection. Its first field is its key; what is written is found at once."""

    def __init__(self, server: Server, name: str, fields: Sequence[Field]) -> None:
        self._server = server
        self._name = name
        self._fields = fields
        self._is_there = False

    def is_there(self) -> bool:
        if not self._is_there:
            with self._server.told():
                if self._server.client.has_collection(self._name, timeout=_PATIENCE):
                    self._server.client.load_collection(self._name, timeout=_LOADING)
                    self._is_there = True
        return self._is_there

    def make(self, dimension: int = 0) -> None:
        """Make it, with vectors of some dimension, where it is not there."""
        if self.is_there():
            return
        client = self._server.client
        with self._server.told():
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            indexes = client.prepare_index_params()
            for number, field in enumerate(self._fields):
                more: dict[str, Any] = {}
                if field.kind == DataType.VARCHAR:
                    more["max_length"] = LONGEST_TEXT
                if field.kind == DataType.FLOAT_VECTOR:
                    more["dim"] = field.dimension or dimension
                schema.add_field(field.name, field.kind, is_primary=number == 0, **more)
                if field.index:
                    indexes.add_index(field.name, index_type=field.index, **field.shape())
            client.create_collection(
                self._name,
                schema=schema,
                consistency_level="Strong",
                timeout=_PATIENCE,
            )
            # It is empty, so that there is nothing to wait for.
            client.create_index(self._name, indexes, sync=False, timeout=_PATIENCE)
        self._is_there = False
        self.is_there()

    def insert(self, rows: Sequence[Fields]) -> None:
        """Write rows whose keys are new."""
        for some in _parts(rows, _ROWS_PER_CALL):
            with self._server.told():
                self._server.client.insert(self._name, list(map(dict, some)), timeout=_PATIENCE)

    def upsert(self, rows: Sequence[Fields]) -> None:
        """Write rows, each in place of the one of its key."""
        for some in _parts(rows, _ROWS_PER_CALL):
            with self._server.told():
                self._server.client.upsert(self._name, list(map(dict, some)), timeout=_PATIENCE)

    def delete(self, field: str, values: Collection[int] | Collection[str]) -> None:
        """Take out the rows that have one of some values."""
        if not self.is_there():
            return
        for some in _parts([*values], _VALUES_PER_CALL):
            with self._server.told():
                self._server.client.delete(
                    self._name, filter=one_of(field, some), timeout=_PATIENCE
                )

    def having(
        self, field: str, values: Collection[int] | Collection[str], wanted: Sequence[str]
    ) -> Iterator[Fields]:
        """The rows that have one of some values, of each the wanted fields; the field has a
        value once."""
        if not self.is_there():
            return
        for some in _parts([*values], _VALUES_PER_CALL):
            with self._server.told():
                yield from self._server.client.query(
                    self._name,
                    filter=one_of(field, some),
                    output_fields=[*wanted],
                    timeout=_PATIENCE,
                )

    def numbered(self, field: str, end: int, wanted: Sequence[str]) -> Iterator[Fields]:
        """All rows by a field of numbers in [0, end) that has each once, by turns of them."""
        for start in range(0, end, MOST_FOUND):
            yield from self._where(f"{field} >= {start} and {field} < {start + MOST_FOUND}", wanted)

    def _where(self, condition: str, wanted: Sequence[str]) -> list[Fields]:
        if not self.is_there():
            return []
        with self._server.told():
            return list(
                self._server.client.query(
                    self._name, filter=condition, output_fields=[*wanted], timeout=_PATIENCE
                )
            )

    def all(self, wanted: Sequence[str], condition: str = "") -> Iterator[Fields]:
        """The rows that a condition lets through, for a key that is a number."""
        if not self.is_there():
            return
        with self._server.told():
            pages = self._server.client.query_iterator(
                self._name,
                batch_size=_ROWS_PER_CALL,
                filter=condition,
                output_fields=[*wanted],
                timeout=_PATIENCE,
            )
            try:
                while rows := pages.next():
                    yield from rows
            finally:
                pages.close()

    def count(self) -> int:
        if not self.is_there():
            return 0
        (row,) = self._where("", ["count(*)"])
        return int(row["count(*)"])

    def search(
        self,
        field: str,
        asked: Sequence[Any],
        most: int,
        wanted: Sequence[str],
        condition: str = "",
    ) -> list[list[tuple[float, Fields]]]:
        """For each vector the nearest rows with their scores, best first."""
        if not self.is_there() or not len(asked):
            return [[] for _ in asked]
        with self._server.told():
            found = self._server.client.search(
                self._name,
                data=list(asked),
                anns_field=field,
                limit=most,
                filter=condition,
                output_fields=[*wanted],
                search_params={"params": self._looking(field, most)},
                timeout=_PATIENCE,
            )
            key = self._fields[0].name
            return [
                [(float(hit["distance"]), {**hit["entity"], key: hit[key]}) for hit in hits]
                for hits in found
            ]

    def _looking(self, name: str, most: int) -> dict[str, int]:
        (index,) = (field.index for field in self._fields if field.name == name)
        return {"ef": max(_LEAST_LOOKED_AT, 2 * most)} if index == "HNSW" else {}


def one_of(field: str, values: Collection[int] | Collection[str]) -> str:
    """The condition that a field has one of some values."""
    return f"{field} in {json.dumps([*values], ensure_ascii=False)}"


def _parts(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
