"""Passages in Chroma and in a lexical index, kept in step by one ``Store``."""

from vectorstore.analysis import Analyzer
from vectorstore.database import Database, connect, why_not_writable
from vectorstore.embedding import BUNDLED, Encoder, Prompts
from vectorstore.errors import StoreError, in_one_line
from vectorstore.fusion import Fusion
from vectorstore.glossary import GlossaryError, read_groups
from vectorstore.models import ModelError
from vectorstore.name_forms import name_groups
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
from vectorstore.store import Store, name_of

__all__ = [
    "BUNDLED",
    "Analyzer",
    "Chunk",
    "Database",
    "Document",
    "DocumentSummary",
    "Encoder",
    "Filter",
    "Fusion",
    "GlossaryError",
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
    "name_groups",
    "name_of",
    "read_groups",
    "why_not_writable",
]
