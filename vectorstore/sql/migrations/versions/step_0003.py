"""What curators correct of documents, apart from what was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("path", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT) for name in ("title", "date", "organisation", "type")),
        sa.Column("withdrawn", _TEXT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("corrections")
