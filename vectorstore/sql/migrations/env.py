"""Run by Alembic for each command, over the connection that ``schema.py`` gives it."""

from __future__ import annotations

from alembic import context

from geungeo.vectorstore.sql.beside_tables import BESIDE
from geungeo.vectorstore.sql.tables import METADATA, SHARED

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[METADATA, SHARED, *BESIDE.values()],
)
with context.begin_transaction():
    context.run_migrations()
