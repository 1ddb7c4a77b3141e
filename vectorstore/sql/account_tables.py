"""The tables of who may do what: accounts, keys of programs, logins that last, folders with their
own readers, who did what.

What a browser or a program shows is kept as a digest alone.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, Table

from geungeo.vectorstore.sql.tables import KEY, TEXT

TABLES = MetaData()

ACCOUNTS = Table(
    "accounts",
    TABLES,
    Column("name", TEXT, primary_key=True),
    Column("role", TEXT, nullable=False),
    # Empty for an account that logs in elsewhere, which ``subject`` names.
    Column("password", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
    # By what its conversations are found.
    Column("reader", TEXT, nullable=False),
    Column("created", TEXT, nullable=False),
    Column("disabled", Integer, nullable=False),
)

API_KEYS = Table(
    "api_keys",
    TABLES,
    Column("id", TEXT, primary_key=True),
    Column("digest", TEXT, nullable=False),
    Column("account", TEXT, nullable=False),
    Column("created", TEXT, nullable=False),
    Index("api_keys_by_digest", "digest"),
)

SESSIONS = Table(
    "sessions",
    TABLES,
    Column("digest", TEXT, primary_key=True),
    Column("account", TEXT, nullable=False),
    Column("until", TEXT, nullable=False),
    # When one logged in; empty where an older version did not say.
    Column("began", TEXT, nullable=False),
)

COLLECTIONS = Table(
    "collections",
    TABLES,
    Column("folder", TEXT, primary_key=True),
    Column("since", TEXT, nullable=False),
)

GRANTS = Table(
    "grants",
    TABLES,
    Column("folder", TEXT, primary_key=True),
    Column("account", TEXT, primary_key=True),
    Column("since", TEXT, nullable=False),
)

# The groups of an OpenID provider that an account was in when it last logged in there.
MEMBERS = Table(
    "members",
    TABLES,
    Column("group_name", TEXT, primary_key=True),
    Column("account", TEXT, primary_key=True),
    Column("since", TEXT, nullable=False),
)

GROUP_GRANTS = Table(
    "group_grants",
    TABLES,
    Column("folder", TEXT, primary_key=True),
    Column("group_name", TEXT, primary_key=True),
    Column("since", TEXT, nullable=False),
)

AUDIT = Table(
    "audit",
    TABLES,
    Column("id", KEY, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("who", TEXT, nullable=False),
    Column("action", TEXT, nullable=False),
    Column("detail", TEXT, nullable=False),
    Column("address", TEXT, nullable=False),
)
