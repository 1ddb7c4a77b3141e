"""What is kept beside the catalogue: in a SQLite file for each kind, or where a database is shared,
there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.tables import SqliteTables
from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.backend import Connection, Kind

FILES: Mapping[Kind, str] = {
    "conversations": "conversations.sqlite",
    "remarks": "feedback.sqlite",
    "ledger": "ledger.sqlite",
    "accounts": "accounts.sqlite",
    "runs": "runs.sqlite",
}
"""The files in the folder of a store."""

_REMEDIES: Mapping[Kind, str] = {
    "conversations": "Remove {}* in {}: what was asked before is lost",
    "remarks": "Remove {}* in {}: the opinions in it are lost",
    "ledger": "Remove {}* in {} and ingest the documents again",
    "accounts": "Remove {}* in {} and make the accounts again",
    "runs": "Remove {}* in {}: the runs of the evals in it are lost",
}
# For each table what tells all of its rows, and what keeps one.
_COPIED: Mapping[Kind, Mapping[str, str]] = {
    "conversations": {"every_conversation": "keep_conversation"},
    "remarks": {"every_remark": "add_remark"},
    "ledger": {"every_file": "write_file", "every_sketch": "keep_sketch"},
    "accounts": {
        "every_account": "put_account", "every_key": "put_key", "every_session": "put_session",
        "every_collection": "put_collection", "every_grant": "put_grant",
        "every_member": "put_member", "every_group_grant": "put_group_grant",
        "every_audit": "add_audit",
    },
    "runs": {"every_run": "keep_run"},
}  # fmt: skip
# What the files of older versions lack: of a table columns, and what stands in each.
_LATER: Mapping[Kind, tuple[str, Mapping[str, str]]] = {
    "ledger": ("seen_files", {"notes": "'[]'", "readers": "''"}),
    "accounts": ("sessions", {"began": "''"}),
}


def open_tables(file: Path, kind: Kind) -> SqliteTables:
    """The tables of a kind in a file, which is made where it is not there, and given what it
    lacks where an older version made it.

    Raises:
        StoreError: it is damaged or cannot be opened.
    """
    remedy = _REMEDIES[kind].format(file.name, file.parent)
    database = Database(file, _schema(kind), remedy)
    try:
        if kind in _LATER:
            _bring_up(database, *_LATER[kind])
    except StoreError:
        database.close()
        raise
    return SqliteTables(database)


def tables_in_memory(kind: Kind) -> SqliteTables:
    """Empty tables of a kind, which last until they are closed."""
    return SqliteTables(Database(None, _schema(kind), ""))


def copy_tables(kind: Kind, source: Connection, target: Connection) -> None:
    """Add all rows of a kind's tables to other tables of it; in place of those with their keys."""
    for every, put in _COPIED[kind].items():
        target.add(put, source.every(every))


def take_over(folder: Path, target: Connection) -> None:
    """Add what lies in the files of a folder.

    Raises:
        StoreError: one of them is damaged or cannot be opened.
    """
    for kind, name in FILES.items():
        if (folder / name).exists():
            tables = open_tables(folder / name, kind)
            try:
                with tables.reading() as source:
                    copy_tables(kind, source, target)
            finally:
                tables.close()


def _schema(kind: Kind) -> str:
    return compiled.read()[compiled.BESIDE.format(kind)]


def _bring_up(database: Database, table: str, later: Mapping[str, str]) -> None:
    with database.reading() as connection:
        lacking = _lacking(connection, table, later)
        if not lacking:
            return
        if database.why_read_only:
            # It hides the table from whoever reads over this connection.
            added = ", ".join(f"{value} AS {column}" for column, value in lacking.items())
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {added} FROM main.{table}")
            return
    with database.changing() as connection:
        # Another process may be doing the same.
        connection.execute("BEGIN IMMEDIATE")
        for column, value in _lacking(connection, table, later).items():
            connection.execute(
                f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT {value}"
            )


def _lacking(
    connection: sqlite3.Connection, table: str, later: Mapping[str, str]
) -> dict[str, str]:
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    return {column: value for column, value in later.items() if column not in there}
