"""The version of the readers that read a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column(
        "seen_files",
        sa.Column("readers", sa.Text(collation="C"), nullable=False, server_default=""),
    )


def downgrade() -> None:
    op.drop_column("seen_files", "readers")
