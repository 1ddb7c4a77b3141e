"""Passage vectors in Chroma. What a passage says is the catalogue's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from geungeo.vectorstore.embedding import Vectors
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.protocols import IndexRecord

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_ROWS_PER_CALL = 2000


class DenseIndex:
    """A Chroma collection of passage vectors, embedded in a folder or on a server.

    What Chroma cannot do is a ``StoreError``.
    """

    def __init__(self, name: str, folder: Path, url: str = "") -> None:
        self._where = f"GEUNGEO_CHROMA_URL={url}" if url else str(folder)
        # What Chroma holds stands in the catalogue too.
        self._remedy = "" if url else ". If it is damaged, remove the folder: it is made anew"
        try:
            self._collection = _client(folder, url).get_or_create_collection(
                name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        except Exception as error:
            said = f"{self._where}: Chroma cannot be opened: {in_one_line(error)}{self._remedy}"
            raise StoreError(said) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except (ChromaError, OSError) as error:
            raise StoreError(f"{self._where}: {in_one_line(error)}{self._remedy}") from error

    def count(self) -> int:
        with self._told():
            return self._collection.count()

    def add(self, records: Sequence[IndexRecord]) -> None:
        """Write the vectors of passages; replaces same ids."""
        for start in range(0, len(records), _ROWS_PER_CALL):
            rows = records[start : start + _ROWS_PER_CALL]
            with self._told():
                self._collection.upsert(
                    ids=[str(record.passage) for record in rows],
                    embeddings=np.stack([record.vector for record in rows]),
                    metadatas=[{"document": record.document} for record in rows],
                )

    def remove(self, documents: Collection[int]) -> None:
        for document in documents:
            with self._told():
                self._collection.delete(where={"document": document})

    def search(
        self, vector: Vectors, limit: int, documents: Collection[int] | None = None
    ) -> dict[int, float]:
        """The nearest passages of one vector of shape (dimension,): passage id -> cosine.

        ``documents`` narrows the search to some documents' ids.
        """
        narrowed: Any = None if documents is None else {"document": {"$in": [*documents]}}
        with self._told():
            found = self._collection.query(
                query_embeddings=vector[None, :],
                n_results=limit,
                where=narrowed,
                include=["distances"],
            )
        distances = found["distances"]
        if distances is None:
            return {}
        return {int(i): 1.0 - d for i, d in zip(found["ids"][0], distances[0], strict=True)}


def _client(folder: Path, url: str) -> ClientAPI:
    # A second of imports, beside which other things can load.
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if not url:
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    address = urlsplit(url)
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 8000),
        ssl=address.scheme == "https",
        settings=settings,
    )
