"""The tables of what is kept beside the catalogue, by its kind: in a file of its own each, or all
in the database that several machines share."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table

from geungeo.vectorstore.sql.account_tables import TABLES
from geungeo.vectorstore.sql.backend import Kind
from geungeo.vectorstore.sql.tables import KEY, TEXT

BESIDE: dict[Kind, MetaData] = {
    "conversations": MetaData(), "remarks": MetaData(), "ledger": MetaData(), "accounts": TABLES,
    "runs": MetaData(),
}  # fmt: skip

CONVERSATIONS = Table(
    "conversations",
    BESIDE["conversations"],
    Column("reader", TEXT, primary_key=True),
    Column("id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("words", TEXT, nullable=False),
    Column("turns", TEXT, nullable=False),
)

REMARKS = Table(
    "remarks",
    BESIDE["remarks"],
    Column("id", KEY, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("question", TEXT, nullable=False),
    Column("answer", TEXT, nullable=False),
    Column("language", TEXT, nullable=False),
    Column("citation", Integer, nullable=False),
    Column("is_good", Integer, nullable=False),
    Column("comment", TEXT, nullable=False),
    Column("quotes", TEXT, nullable=False),
)

SEEN_FILES = Table(
    "seen_files",
    BESIDE["ledger"],
    Column("path", TEXT, primary_key=True),
    Column("status", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("size", KEY, nullable=False),
    Column("modified_ns", KEY, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("chunks", Integer, nullable=False),
    Column("characters", KEY, nullable=False),
    Column("recognised", Integer, nullable=False),
    Column("empty", Integer, nullable=False),
    Column("loader", TEXT, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("twin", TEXT, nullable=False),
    Column("notes", TEXT, nullable=False),
    Column("readers", TEXT, nullable=False),
)

SKETCHES = Table(
    "sketches",
    BESIDE["ledger"],
    Column("path", TEXT, primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)

RUNS = Table(
    "runs",
    BESIDE["runs"],
    # The SHA-256 of the run, so that none is kept twice.
    Column("id", TEXT, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("gold", TEXT, nullable=False),
    Column("run", TEXT, nullable=False),
)
