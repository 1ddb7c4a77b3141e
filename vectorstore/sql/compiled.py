"""The statements for SQLite, as ``compiling.py`` has written them out."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("statements.sql")
SCHEMA = "schema"
BESIDE = "schema of {}"
MARK = "-- name: "


def read() -> dict[str, str]:
    """The statements by name; ``SCHEMA`` makes the catalogue's tables where they are not there
    yet, and ``BESIDE`` those of a kind that is kept beside it."""
    parts = FILE.read_text(encoding="utf-8").split(MARK)[1:]
    return {name.strip(): text.strip() for name, text in (part.split("\n", 1) for part in parts)}
