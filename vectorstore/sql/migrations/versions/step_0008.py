"""Folders that are granted to groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    for table, key in (
        ("members", ("group_name", "account")), ("group_grants", ("folder", "group_name"))
    ):  # fmt: skip
        op.create_table(
            table,
            *(sa.Column(name, _TEXT, primary_key=True) for name in key),
            sa.Column("since", _TEXT, nullable=False),
        )


def downgrade() -> None:
    for name in ("group_grants", "members"):
        op.drop_table(name)
