"""Documents in a catalogue and their passages in an index, kept in step by one ``Store``."""

from geungeo.vectorstore.beside import FILES, copy_tables, open_tables, tables_in_memory
from geungeo.vectorstore.embedding import BUNDLED, Encoder, Prompts
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.fusion import Fusion
from geungeo.vectorstore.milvus.address import MilvusAddress
from geungeo.vectorstore.models import ModelError
from geungeo.vectorstore.opening import (
    begin_beside,
    bring_up_database,
    holds_index,
    open_beside,
)
from geungeo.vectorstore.protocols import Catalogue, Index, Vocabulary
from geungeo.vectorstore.records import (
    Chunk,
    Correction,
    Description,
    Document,
    DocumentSummary,
    Filter,
    Hit,
    IndexSettings,
    Passage,
    Query,
    QueryTerm,
    lies_within,
    name_of,
)
from geungeo.vectorstore.sql.backend import Connection, Kind, Tables
from geungeo.vectorstore.store import Store

__all__ = [
    "BUNDLED",
    "FILES",
    "Catalogue",
    "Chunk",
    "Connection",
    "Correction",
    "Description",
    "Document",
    "DocumentSummary",
    "Encoder",
    "Filter",
    "Fusion",
    "Hit",
    "Index",
    "IndexSettings",
    "Kind",
    "MilvusAddress",
    "ModelError",
    "Passage",
    "Prompts",
    "Query",
    "QueryTerm",
    "Store",
    "StoreError",
    "Tables",
    "Vocabulary",
    "begin_beside",
    "bring_up_database",
    "copy_tables",
    "holds_index",
    "in_one_line",
    "lies_within",
    "name_of",
    "open_beside",
    "open_tables",
    "tables_in_memory",
]
