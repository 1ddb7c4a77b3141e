"""Which index a folder holds, and by what it was shaped: its ``index.json``."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from pathlib import Path

from geungeo.vectorstore.errors import StoreError
from geungeo.vectorstore.records import IndexSettings

_LAYOUT = "6"
_DATABASE = "database"


def index_name(settings: IndexSettings) -> str:
    """A name that changes with whatever shapes an index."""
    shape = "\n".join((_LAYOUT, settings.embedding, settings.analyzer, settings.chunker))
    return f"geungeo-{hashlib.sha256(shape.encode()).hexdigest()[:12]}"


def shape(settings: IndexSettings) -> dict[str, str]:
    """What is remembered of the settings that shaped an index, with its name."""
    return {
        "name": index_name(settings),
        "embedding": settings.embedding,
        "analyzer": settings.analyzer,
        "chunker": settings.chunker,
    }


def identify(file: Path, settings: IndexSettings, database_id: str = "") -> str:
    """The store's own name, under which its vectors are kept; a new store gets its file here.

    Stores that share a Chroma server are told apart by it. ``database_id`` is that of the
    catalogue, where it lies in a database.

    Raises:
        StoreError: the file is damaged, or the index was shaped by other settings or belongs to
            another catalogue.
        OSError: it cannot be read or written.
    """
    if not file.exists():
        made = {**shape(settings), "id": database_id or uuid.uuid4().hex[:12]}
        if database_id:
            made["catalogue"] = _DATABASE
        file.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StoreError(f"{file}: not JSON; remove the folder and ingest again") from error
    refuse_others(found, settings, str(file.parent))
    if database_id and found["id"] != database_id:
        raise StoreError(
            f"{file.parent}: this index belongs to another catalogue than that of "
            "GEUNGEO_DATABASE_URL. Use another folder (--store)."
        )
    if not database_id and found.get("catalogue") == _DATABASE:
        raise StoreError(
            f"{file.parent}: the catalogue of this index lies in a database. Set "
            "GEUNGEO_DATABASE_URL, or use another folder (--store)."
        )
    return f"{found['name']}-{found['id']}"


def refuse_others(found: Mapping[str, str], settings: IndexSettings, where: str) -> None:
    """Raises ``StoreError`` where other settings than these shaped what was found somewhere."""
    wanted = shape(settings)
    if found.get("name") == wanted["name"]:
        return
    differing = ", ".join(
        f"{part} {found.get(part)!r} there, {value!r} in the settings"
        for part, value in wanted.items()
        if part != "name" and found.get(part) != value
    )
    raise StoreError(
        f"{where}: this index was made with other settings "
        f"({differing or 'an older layout'}). Use the settings that it was made with, "
        f"or ingest into another folder (--store)."
    )
