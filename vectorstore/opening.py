"""A folder as a catalogue and an index."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from geungeo.vectorstore.beside import FILES, open_tables
from geungeo.vectorstore.embedded import vocabulary
from geungeo.vectorstore.embedded.backend import SqliteBackend
from geungeo.vectorstore.embedded.connection import why_not_writable
from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.index import EmbeddedIndex
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.identity import identify
from geungeo.vectorstore.milvus.address import MilvusAddress
from geungeo.vectorstore.milvus.opening import open_milvus
from geungeo.vectorstore.protocols import Index
from geungeo.vectorstore.records import IndexSettings
from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.backend import Kind, Tables
from geungeo.vectorstore.sql.catalogue import SqlCatalogue

_IDENTITY, _CATALOGUE = "index.json", "catalogue.sqlite"
_REMEDY = (
    "Remove catalogue.sqlite* and the folders lexical and chroma in {} and ingest the documents "
    "again; uploads, conversations and opinions stay, corrections are lost"
)


def holds_index(folder: Path) -> bool:
    """Whether a folder has an index, whole or damaged."""
    return any((folder / name).exists() for name in (_IDENTITY, _CATALOGUE))


def open_database(folder: Path) -> Database:
    """The SQLite file of a store, which catalogue and vocabulary share.

    Raises:
        StoreError: it is damaged or cannot be opened.
    """
    schema = compiled.read()[compiled.SCHEMA] + vocabulary.SCHEMA
    database = Database(folder / _CATALOGUE, schema, _REMEDY.format(folder))
    if database.why_read_only:
        _complete(database)
    return database


def _complete(database: Database) -> None:
    """Give a file of an older version that cannot be changed the table that it lacks, empty and
    for this connection alone."""
    with database.reading() as connection:
        if not connection.execute("PRAGMA table_info(corrections)").fetchall():
            connection.execute(
                "CREATE TEMP TABLE corrections (path, title, date, organisation, type, withdrawn)"
            )


def open_words(folder: Path) -> Database:
    """The SQLite file of the vocabulary, where the catalogue lies elsewhere.

    Raises:
        StoreError: it is damaged or cannot be opened.
    """
    remedy = f"Remove vocabulary.sqlite* in {folder}: it is made anew"
    return Database(folder / "vocabulary.sqlite", vocabulary.SCHEMA, remedy)


def open_folder(
    folder: Path,
    settings: IndexSettings,
    chroma_url: str = "",
    database_url: str = "",
    milvus: MilvusAddress | None = None,
) -> tuple[SqlCatalogue, Index]:
    """Open what a folder holds, or begin in one that has nothing; with ``database_url`` the
    catalogue lies on a PostgreSQL server, with ``milvus`` the index on a Milvus server.

    Raises:
        StoreError: the folder or a server holds an index that other settings shaped, or it is
            damaged, or it cannot be reached or made.
    """
    with ExitStack() as opened:
        catalogue, database_id = None, ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if database_url:
                catalogue, database_id = _on_server(folder, settings, database_url)
                opened.callback(catalogue.close)
            name = identify(folder / _IDENTITY, settings, database_id)
        except OSError as error:
            said = in_one_line(error)
            raise StoreError(f"{folder}: the store cannot be opened: {said}") from error
        database = open_words(folder) if catalogue else open_database(folder)
        opened.callback(database.close)
        index: Index = (
            open_milvus(milvus, name)
            if milvus
            else EmbeddedIndex(folder, database, name, chroma_url)
        )
        opened.pop_all()
    return catalogue or SqlCatalogue(SqliteBackend(database)), index


def begin_beside(folder: Path, kind: Kind) -> None:
    """Make an empty file for what a store in a folder keeps of a kind, for the eyes of its owner
    alone; one that is there stays.

    Raises:
        StoreError: it cannot be made.
    """
    file = folder / FILES[kind]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{file}: {in_one_line(error)}") from error


def open_beside(folder: Path, kind: Kind, database_url: str = "") -> Tables | None:
    """The tables of a kind where a store in a folder keeps them, without the store: in a file or
    in a database; None where there is none yet. To be closed.

    Raises:
        StoreError: they are damaged or cannot be opened, or another version made them.
    """
    if database_url:
        from geungeo.vectorstore.postgres import opening

        return opening.open_beside(database_url)
    file = folder / FILES[kind]
    return open_tables(file, kind) if file.exists() else None


def bring_up_database(url: str, folder: Path) -> None:
    """Change tables in a database that an older version made into this version's, with what it
    kept in the folder of the store.

    Raises:
        StoreError: the server cannot be reached or refuses, or a newer version made the tables.
    """
    from geungeo.vectorstore.postgres import opening

    opening.bring_up(url, folder)


def _on_server(folder: Path, settings: IndexSettings, url: str) -> tuple[SqlCatalogue, str]:
    from geungeo.vectorstore.postgres import opening

    return opening.open_database(url, settings, why_not_writable(folder), folder)
