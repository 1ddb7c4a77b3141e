"""The bundled sample collection."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geungeo.rag.settings import Settings


def with_sample(settings: Settings, is_store_given: bool) -> Settings:
    """Settings with a store that holds the sample: the one that was given, else one of its own in
    the cache, so that it never comes between a reader's own documents; its name changes with
    whatever shapes an index, so that a newer program makes a new one."""
    from geungeo.ingest import CHUNKER
    from geungeo.rag.assembly import index_settings
    from geungeo.shortcuts import ingest_files, open_store
    from geungeo.ui.cli.console import progress
    from geungeo.vectorstore.identity import index_name

    own = settings.cache.expanduser() / "sample" / index_name(index_settings(settings, CHUNKER))
    store = settings.store if is_store_given else own
    chosen = settings.model_copy(update={"store": store})
    with (
        as_file(files("geungeo.sample").joinpath("documents")) as folder,
        open_store(chosen) as opened,
        progress("sample"),
    ):
        ingest_files([folder], opened)
    return chosen
