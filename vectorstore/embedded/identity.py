"""Which index a folder holds, and by what it was shaped: its ``index.json``."""

from __future__ import annotations

import hashlib
import json
import uuid
from pathlib import Path

from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.records import IndexSettings

_LAYOUT = "6"


def index_name(settings: IndexSettings) -> str:
    """A name that changes with whatever shapes an index."""
    shape = "\n".join((_LAYOUT, settings.embedding, settings.analyzer, settings.chunker))
    return f"geungeo-{hashlib.sha256(shape.encode()).hexdigest()[:12]}"


def identify(file: Path, settings: IndexSettings) -> str:
    """The store's own name, under which its vectors are kept; a new store gets its file here.

    Stores that share a Chroma server are told apart by it.

    Raises:
        StoreError: the file is damaged, or the index was shaped by other settings.
        OSError: it cannot be read or written.
    """
    name = index_name(settings)
    wanted = {
        "name": name,
        "embedding": settings.embedding,
        "analyzer": settings.analyzer,
        "chunker": settings.chunker,
    }
    if not file.exists():
        made = {**wanted, "id": uuid.uuid4().hex[:12]}
        file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(f"{file}: not JSON; remove the folder and ingest again") from error
    if found.get("name") != name:
        differing = ", ".join(
            f"{part} {found.get(part)!r} there, {value!r} in the settings"
            for part, value in wanted.items()
            if part != "name" and found.get(part) != value
        )
        raise StoreError(
            f"{file.parent}: this index was made with other settings "
            f"({differing or 'an older layout'}). Use the settings that it was made with, "
            f"or ingest into another folder (--store)."
        )
    return f"{name}-{found['id']}"
