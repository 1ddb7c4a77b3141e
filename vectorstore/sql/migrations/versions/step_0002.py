"""What is kept beside the catalogue: conversations, remarks, and what became of files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "conversations",
        *(sa.Column(name, _TEXT, primary_key=True) for name in ("reader", "id")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("name", "at", "words", "turns")),
    )
    op.create_table(
        "remarks",
        sa.Column("id", sa.BigInteger, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("at", "question", "answer")),
        sa.Column("language", _TEXT, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("citation", "is_good")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("comment", "quotes")),
    )
    op.create_table(
        "seen_files",
        sa.Column("path", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("status", "reason", "sha256")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("size", "modified_ns")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("pages", "chunks")),
        sa.Column("characters", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("recognised", "empty")),
        sa.Column("loader", _TEXT, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("twin", "notes")),
    )
    op.create_table(
        "sketches",
        sa.Column("path", _TEXT, primary_key=True),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for name in ("sketches", "seen_files", "remarks", "conversations"):
        op.drop_table(name)
