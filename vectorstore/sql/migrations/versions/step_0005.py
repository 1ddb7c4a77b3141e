"""Folders with their own readers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("folder", _TEXT, primary_key=True),
        sa.Column("since", _TEXT, nullable=False),
    )
    op.create_table(
        "grants",
        *(sa.Column(name, _TEXT, primary_key=True) for name in ("folder", "account")),
        sa.Column("since", _TEXT, nullable=False),
    )


def downgrade() -> None:
    for name in ("grants", "collections"):
        op.drop_table(name)
