"""Documents by what readers call them."""

from __future__ import annotations

from geungeo.vectorstore import Filter, Store, name_of


def paths_named(store: Store, document: str) -> list[str]:
    """The path of a document by itself, else the paths of those whose file has that name."""
    likely = store.documents(Filter(documents=(name_of(document),)))
    found = [one.path for one in likely if one.path == document]
    return found or [one.path for one in likely if one.name == document]
