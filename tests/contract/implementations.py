"""The implementations of the stores' protocols, and of what is kept beside a catalogue: each is one
line here, and inherits the tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Self, TypeVar

import pytest

from geungeo.vectorstore import Catalogue, Index, IndexSettings, MilvusAddress, Tables
from geungeo.vectorstore.milvus.opening import open_milvus
from geungeo.vectorstore.opening import open_folder
from geungeo.vectorstore.postgres.opening import open_database
from tests.postgres import address_of

Part = TypeVar("Part")


@dataclass(frozen=True)
class Implementation(Generic[Part]):
    """``open`` opens what belongs to a folder, once more where it is called again, or begins it;
    ``in_folder`` tells whether all of it lies there, ``needs`` names the fixture that runs it."""

    open: Callable[[Path], AbstractContextManager[Part]]
    in_folder: bool
    needs: str = ""

    def ready(self, request: pytest.FixtureRequest) -> Self:
        """Itself, once what it needs runs."""
        if self.needs:
            request.getfixturevalue(self.needs)
        return self


@contextmanager
def _embedded_index(folder: Path) -> Iterator[Index]:
    catalogue, index = open_folder(folder, IndexSettings("encoder", "analyzer", "chunker"))
    try:
        yield index
    finally:
        index.close()
        catalogue.close()


@contextmanager
def _milvus_lite(folder: Path) -> Iterator[Index]:
    folder.mkdir(exist_ok=True)
    index = open_milvus(MilvusAddress(str(folder / "milvus.db")), "store")
    try:
        yield index
    finally:
        index.close()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Catalogue]:
    catalogue, index = open_folder(folder, IndexSettings("encoder", "analyzer", "chunker"))
    index.close()
    try:
        yield catalogue
    finally:
        catalogue.close()


@contextmanager
def _postgres(folder: Path) -> Iterator[Catalogue]:
    url = address_of(hashlib.sha256(str(folder).encode()).hexdigest()[:12])
    settings = IndexSettings("encoder", "analyzer", "chunker")
    catalogue, _ = open_database(url, settings, "")
    try:
        yield catalogue
    finally:
        catalogue.close()


@contextmanager
def _in_files(folder: Path) -> Iterator[Tables | None]:
    yield None


@contextmanager
def _in_postgres(folder: Path) -> Iterator[Tables | None]:
    with _postgres(folder) as catalogue:
        yield catalogue.shared


INDEXES: dict[str, Implementation[Index]] = {
    "chroma and tantivy": Implementation(_embedded_index, in_folder=True),
    "milvus-lite": Implementation(_milvus_lite, in_folder=False),
}
CATALOGUES: dict[str, Implementation[Catalogue]] = {
    "sqlite": Implementation(_sqlite, in_folder=True),
    "postgresql": Implementation(_postgres, in_folder=False, needs="postgres"),
}
BESIDE: dict[str, Implementation[Tables | None]] = {
    "sqlite": Implementation(_in_files, in_folder=True),
    "postgresql": Implementation(_in_postgres, in_folder=False, needs="postgres"),
}
