"""The statements for SQLite, as ``compiling.py`` has written them out."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("statements.sql")
SCHEMA = "schema"
MARK = "-- name: "


def read() -> dict[str, str]:
    """The statements by name; ``SCHEMA`` makes the tables where they are not there yet."""
    parts = FILE.read_text(encoding="utf-8").split(MARK)[1:]
    return {name.strip(): text.strip() for name, text in (part.split("\n", 1) for part in parts)}
