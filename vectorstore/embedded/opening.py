"""A folder as a catalogue and an index."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from geungeo.vectorstore.embedded import vocabulary
from geungeo.vectorstore.embedded.backend import SqliteBackend
from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.identity import identify
from geungeo.vectorstore.embedded.index import EmbeddedIndex
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.records import IndexSettings
from geungeo.vectorstore.sql import compiled
from geungeo.vectorstore.sql.catalogue import SqlCatalogue

_REMEDY = (
    "Remove catalogue.sqlite* and the folders lexical and chroma in {} and ingest the documents "
    "again; uploads, conversations and opinions stay"
)


def open_database(folder: Path) -> Database:
    """The SQLite file of a store, which catalogue and vocabulary share.

    Raises:
        StoreError: it is damaged or cannot be opened.
    """
    schema = compiled.read()[compiled.SCHEMA] + vocabulary.SCHEMA
    return Database(folder / "catalogue.sqlite", schema, _REMEDY.format(folder))


def open_folder(
    folder: Path, settings: IndexSettings, chroma_url: str = ""
) -> tuple[SqlCatalogue, EmbeddedIndex]:
    """Open what a folder holds, or begin in one that has nothing.

    Raises:
        StoreError: the folder holds an index that other settings shaped, or it is damaged, or
            it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name = identify(folder / "index.json", settings)
    except OSError as error:
        said = in_one_line(error)
        raise StoreError(f"{folder}: the store cannot be opened: {said}") from error
    with ExitStack() as opened:
        database = open_database(folder)
        opened.callback(database.close)
        index = EmbeddedIndex(folder, database, name, chroma_url)
        parts = SqlCatalogue(SqliteBackend(database)), index
        opened.pop_all()
    return parts
