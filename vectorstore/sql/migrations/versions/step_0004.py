"""Who may do what: accounts, keys of programs, logins that last, and who did what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("role", "password", "subject")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("reader", "created")),
        sa.Column("disabled", sa.Integer, nullable=False),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("digest", "account", "created")),
    )
    op.create_index("api_keys_by_digest", "api_keys", ["digest"])
    op.create_table(
        "sessions",
        sa.Column("digest", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("account", "until")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("at", "who", "action")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("detail", "address")),
    )


def downgrade() -> None:
    for name in ("audit", "sessions", "api_keys", "accounts"):
        op.drop_table(name)
