"""A database as a catalogue."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from geungeo.vectorstore.beside import take_over
from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.identity import refuse_others, shape
from geungeo.vectorstore.postgres.backend import PostgresBackend
from geungeo.vectorstore.postgres.server import Server
from geungeo.vectorstore.postgres.tables import OwnTables, PostgresConnection, PostgresTables
from geungeo.vectorstore.records import IndexSettings
from geungeo.vectorstore.sql import schema
from geungeo.vectorstore.sql.catalogue import SqlCatalogue
from geungeo.vectorstore.sql.tables import IDENTITY

_IS_ONLY_READ = text(
    "SELECT current_setting('transaction_read_only') = 'on'"
    " OR NOT has_table_privilege(:table, 'INSERT')"
)
_ONLY_READ = "the database lets its user only read"
# The step before what is kept beside the catalogue came into the database.
_CATALOGUE_ALONE = "0001"


def open_database(
    url: str, settings: IndexSettings, why_read_only: str, folder: Path | None = None
) -> tuple[SqlCatalogue, str]:
    """The catalogue in a database, which is begun in one that is empty, and the id by which its
    index is told from others. ``why_read_only`` says why the index cannot be written, if so. A
    database that is begun takes over what is kept beside a catalogue in a folder.

    Raises:
        StoreError: the server cannot be reached or refuses, or the catalogue was made by
            another version or with other settings.
    """
    server = Server(url)
    with ExitStack() as opened:
        opened.callback(server.close)
        with server.reading() as connection:
            step = schema.revision(connection)
        if not step:
            _begin(server, settings, folder)
        elif step != schema.HEAD:
            raise StoreError(f"{server.where}: {_differs(step)}")
        with server.reading() as connection:
            found = connection.execute(select(IDENTITY)).mappings().one()
            may_not_add = {
                table: _ONLY_READ if connection.scalar(_IS_ONLY_READ, {"table": table}) else ""
                for table in ("documents", "conversations")
            }
        refuse_others(dict(found), settings, server.where)
        shared = PostgresTables(server, may_not_add["conversations"])
        why_read_only = why_read_only or may_not_add["documents"]
        catalogue = SqlCatalogue(PostgresBackend(server, why_read_only, shared))
        opened.pop_all()
    return catalogue, str(found["id"])


def open_beside(url: str) -> OwnTables | None:
    """What is kept beside the catalogue in a database, without the catalogue; to be closed. None
    where nothing has been begun there.

    Raises:
        StoreError: the server cannot be reached or refuses, or another version made the tables.
    """
    server = Server(url)
    with ExitStack() as opened:
        opened.callback(server.close)
        with server.reading() as connection:
            step = schema.revision(connection)
            if step not in ("", schema.HEAD):
                raise StoreError(f"{server.where}: {_differs(step)}")
            if not step:
                return None
            is_only_read = connection.scalar(_IS_ONLY_READ, {"table": "accounts"})
        opened.pop_all()
    return OwnTables(server, _ONLY_READ if is_only_read else "")


def bring_up(url: str, folder: Path | None = None) -> None:
    """Change tables that an older version made into this version's, while nobody writes. What it
    kept in a folder and not in the database is taken over.

    Raises:
        StoreError: the server cannot be reached or refuses, or a newer version made the tables.
    """
    server = Server(url)
    try:
        with server.reading() as connection:
            step = schema.revision(connection)
        if step not in ("", schema.HEAD):
            if not schema.is_known(step):
                raise StoreError(f"{server.where}: {_differs(step)}")
            with server.alone() as connection:
                _change(connection, folder)
                connection.commit()
    finally:
        server.close()


def _begin(server: Server, settings: IndexSettings, folder: Path | None) -> None:
    with server.alone() as connection:
        # Another process may have done the same.
        if not schema.revision(connection):
            _change(connection, folder)
            own = {**shape(settings), "id": uuid.uuid4().hex[:12], "writes": 0}
            connection.execute(insert(IDENTITY), own)
        connection.commit()


def _change(connection: Connection, folder: Path | None) -> None:
    """To be committed."""
    step = schema.revision(connection)
    schema.bring_up(connection)
    if folder and step <= _CATALOGUE_ALONE:
        take_over(folder, PostgresConnection(connection))


def _differs(step: str) -> str:
    if schema.is_known(step):
        return (
            f"its tables are those of an older version (step {step});"
            " stop other servers and run geungeo ingest, which brings them up"
        )
    return f"its tables are those of a newer version (step {step}); install that version"
