"""Passages in Chroma and in a lexical index, kept in step by one ``Store``."""

from geungeo.vectorstore.database import Database, connect, why_not_writable
from geungeo.vectorstore.embedding import BUNDLED, Encoder, Prompts
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.fusion import Fusion
from geungeo.vectorstore.models import ModelError
from geungeo.vectorstore.records import (
    Chunk,
    Document,
    DocumentSummary,
    Filter,
    Hit,
    IndexSettings,
    Passage,
    Query,
    QueryTerm,
)
from geungeo.vectorstore.store import Store, name_of

__all__ = [
    "BUNDLED",
    "Chunk",
    "Database",
    "Document",
    "DocumentSummary",
    "Encoder",
    "Filter",
    "Fusion",
    "Hit",
    "IndexSettings",
    "ModelError",
    "Passage",
    "Prompts",
    "Query",
    "QueryTerm",
    "Store",
    "StoreError",
    "connect",
    "in_one_line",
    "name_of",
    "why_not_writable",
]
