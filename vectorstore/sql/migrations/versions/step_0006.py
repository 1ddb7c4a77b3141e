"""The runs of the evals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("at", "gold", "run")),
    )


def downgrade() -> None:
    op.drop_table("runs")
