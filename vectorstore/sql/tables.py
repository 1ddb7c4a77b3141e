"""The catalogue's tables.

Texts are compared by their bytes in both databases, whatever the server's language is.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

METADATA = MetaData()
SHARED = MetaData()
"""What only a database has that several machines share: a file has it beside it."""

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
KEY = Integer().with_variant(BigInteger(), "postgresql")

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("path", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("date", TEXT, nullable=False),
    Column("organisation", TEXT, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("author", TEXT, nullable=False),
    Column("code", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    # Last: SQLite reads a row from its front, and each question asks for what stands before.
    Column("text", TEXT, nullable=False),
    CheckConstraint("state IN ('writing', 'ready', 'removed')", name="known_state"),
    Index("documents_by_path", "path", "state"),
    sqlite_autoincrement=True,
)

PASSAGES = Table(
    "passages",
    METADATA,
    Column("id", KEY, primary_key=True),
    Column("document", KEY, ForeignKey("documents.id"), nullable=False),
    Column("section", TEXT, nullable=False),
    Column("page", Integer, nullable=False),
    Column("recognised", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("sentences", TEXT, nullable=False),
    Column("kinds", TEXT, nullable=False),
    Column("terms", TEXT, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
    Index("passages_by_document", "document"),
    sqlite_autoincrement=True,
)

GLOSSES = Table(
    "glosses",
    METADATA,
    Column("document", KEY, nullable=False),
    Column("forms", TEXT, nullable=False),
    Index("glosses_by_document", "document"),
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    # A document of this path is shown so, whatever is read of it; what is NULL is as it was read.
    Column("path", TEXT, primary_key=True),
    Column("title", TEXT),
    Column("date", TEXT),
    Column("organisation", TEXT),
    Column("type", TEXT),
    # The SHA-256 of the document that was withdrawn there; empty while there is one.
    Column("withdrawn", TEXT, nullable=False),
)

IDENTITY = Table(
    "identity",
    SHARED,
    Column("id", TEXT, primary_key=True),
    Column("embedding", TEXT, nullable=False),
    Column("analyzer", TEXT, nullable=False),
    Column("chunker", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("writes", BigInteger, nullable=False),
)
