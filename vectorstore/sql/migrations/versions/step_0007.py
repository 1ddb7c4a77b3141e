"""When logins began; who was logged in until now logs in once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(sa.text("DELETE FROM sessions"))
    op.add_column("sessions", sa.Column("began", sa.Text(collation="C"), nullable=False))


def downgrade() -> None:
    op.drop_column("sessions", "began")
