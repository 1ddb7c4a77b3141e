"""Rows in place of others."""

from __future__ import annotations

from sqlalchemy import Insert, Table, bindparam
from sqlalchemy.dialects.postgresql import insert as upsert


def put(table: Table, *kept: str) -> Insert:
    """A row in place of the one with its key, of which the columns ``kept`` stay. Both databases
    say so alike."""
    keys = [column.name for column in table.primary_key]
    row = upsert(table).values({column.name: bindparam(column.name) for column in table.c})
    changed = [column.name for column in table.c if column.name not in {*keys, *kept}]
    return row.on_conflict_do_update(
        index_elements=keys, set_={name: row.excluded[name] for name in changed}
    )
