"""A database as a catalogue."""

from __future__ import annotations

import uuid
from contextlib import ExitStack

from sqlalchemy import Connection, insert, select, text

from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.identity import refuse_others, shape
from geungeo.vectorstore.postgres.backend import PostgresBackend
from geungeo.vectorstore.postgres.server import Server
from geungeo.vectorstore.records import IndexSettings
from geungeo.vectorstore.sql import schema
from geungeo.vectorstore.sql.catalogue import SqlCatalogue
from geungeo.vectorstore.sql.tables import IDENTITY

_IS_ONLY_READ = text(
    "SELECT current_setting('transaction_read_only') = 'on'"
    " OR NOT has_table_privilege('documents', 'INSERT')"
)


def open_database(
    url: str, settings: IndexSettings, why_read_only: str
) -> tuple[SqlCatalogue, str]:
    """The catalogue in a database, which is begun in one that is empty, and the id by which its
    index is told from others. ``why_read_only`` says why the index cannot be written, if so.

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
            _begin(server, settings)
        elif step != schema.HEAD:
            raise StoreError(f"{server.where}: {_differs(step)}")
        with server.reading() as connection:
            found = connection.execute(select(IDENTITY)).mappings().one()
            if not why_read_only and connection.scalar(_IS_ONLY_READ):
                why_read_only = "the database lets its user only read"
        refuse_others(dict(found), settings, server.where)
        catalogue = SqlCatalogue(PostgresBackend(server, why_read_only))
        opened.pop_all()
    return catalogue, str(found["id"])


def bring_up(url: str) -> None:
    """Change tables that an older version made into this version's, while nobody writes.

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
                _change(connection)
    finally:
        server.close()


def _begin(server: Server, settings: IndexSettings) -> None:
    with server.alone() as connection:
        # Another process may have done the same.
        if not schema.revision(connection):
            _change(connection)
            own = {**shape(settings), "id": uuid.uuid4().hex[:12], "writes": 0}
            connection.execute(insert(IDENTITY), own)
        connection.commit()


def _change(connection: Connection) -> None:
    schema.bring_up(connection)
    connection.commit()


def _differs(step: str) -> str:
    if schema.is_known(step):
        return (
            f"its tables are those of an older version (step {step});"
            " stop other servers and run geungeo ingest, which brings them up"
        )
    return f"its tables are those of a newer version (step {step}); install that version"
