"""A Milvus server as an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.milvus.address import MilvusAddress

if TYPE_CHECKING:
    from geungeo.vectorstore.milvus.index import MilvusIndex


def open_milvus(address: MilvusAddress, name: str) -> MilvusIndex:
    """Open what a server holds under a store's name, or begin there.

    Raises:
        StoreError: no server is named or reached, it does not let us in, or Milvus's package is
            not installed.
    """
    if not address.uri:
        raise StoreError(
            "GEUNGEO_INDEX=milvus needs GEUNGEO_MILVUS_URI, such as http://localhost:19530"
        )
    try:
        from geungeo.vectorstore.milvus.index import MilvusIndex
        from geungeo.vectorstore.milvus.server import Server
    except ModuleNotFoundError as error:
        raise StoreError(
            f"GEUNGEO_INDEX=milvus needs {error.name}: pip install 'geungeo[milvus]'"
        ) from error
    return MilvusIndex(Server(address), name)
