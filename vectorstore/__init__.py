"""Passages in Chroma and in a lexical index, kept in step by one ``Store``."""

from vectorstore.analysis import Analyzer
from vectorstore.embedding import BUNDLED, EmbeddingError, Encoder, Prompts
from vectorstore.records import (
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
from vectorstore.store import Store, StoreError

__all__ = [
    "BUNDLED",
    "Analyzer",
    "Chunk",
    "Document",
    "DocumentSummary",
    "EmbeddingError",
    "Encoder",
    "Filter",
    "Hit",
    "IndexSettings",
    "Passage",
    "Prompts",
    "Query",
    "QueryTerm",
    "Store",
    "StoreError",
]
