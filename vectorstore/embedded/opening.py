"""A folder as a catalogue and an index."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from geungeo.vectorstore.embedded import catalogue, vocabulary
from geungeo.vectorstore.embedded.catalogue import SqliteCatalogue
from geungeo.vectorstore.embedded.database import Database
from geungeo.vectorstore.embedded.identity import identify
from geungeo.vectorstore.embedded.index import EmbeddedIndex
from geungeo.vectorstore.errors import StoreError, in_one_line
from geungeo.vectorstore.records import IndexSettings

_REMEDY = (
    "Remove catalogue.sqlite* and the folders lexical and chroma in {} and ingest the documents "
    "again; uploads, conversations and opinions stay"
)


def open_database(folder: Path) -> Database:
    """The SQLite file of a store, which catalogue and vocabulary share.

    Raises:
        StoreError: it is damaged or cannot be opened.
    """
    schema = catalogue.SCHEMA + vocabulary.SCHEMA
    return Database(folder / "catalogue.sqlite", schema, _REMEDY.format(folder))


def open_folder(
    folder: Path, settings: IndexSettings, chroma_url: str = ""
) -> tuple[SqliteCatalogue, EmbeddedIndex]:
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
        parts = SqliteCatalogue(database), EmbeddedIndex(folder, database, name, chroma_url)
        opened.pop_all()
    return parts
