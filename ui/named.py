"""Documents and folders by what readers call them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from geungeo.ingest import WITHIN
from geungeo.vectorstore import DocumentSummary, Filter, Store, lies_within, name_of


def paths_named(store: Store, document: str) -> list[str]:
    """The path of a document by itself, else the paths of those whose file has that name."""
    likely = store.documents(Filter(documents=(name_of(document),)))
    found = [one.path for one in likely if one.path == document]
    return found or [one.path for one in likely if one.name == document]


def has_words(one: DocumentSummary, words: str) -> bool:
    """Whether each of some words stands in what is shown of a document in a row: its title, the
    name of its file, its date, who made it."""
    row = _folded(" ".join((one.title, one.name, one.date, one.organisation)))
    return all(word in row for word in _folded(words).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def folders_named(folder: str, documents: Iterable[str]) -> list[str]:
    """The names under which documents, by their paths, lie in a folder: its own, and those by
    which it was come to through links and parents. None where none lies there."""
    paths = [*documents]
    found = {folder} if any(lies_within(path, [folder]) for path in paths) else set()
    if "://" in folder:
        return [*found]
    real = os.path.realpath(folder)
    parents = {Path(path.split(WITHIN)[0]).parent for path in paths if "://" not in path}
    for parent in parents:
        above = [one for one in (parent, *parent.parents) if _is_in(one, real)]
        if above and not lies_within(str(parent), found):
            found.add(str(above[-1]))
    return sorted(found)


def _is_in(path: Path, folder: str) -> bool:
    return lies_within(os.path.realpath(path), [folder])
