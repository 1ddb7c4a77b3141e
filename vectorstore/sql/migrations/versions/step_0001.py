"""The catalogue: documents, passages, names, and whose they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
_TEXT = sa.Text(collation="C")


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.BigInteger, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("path", "name", "sha256", "text")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("title", "date", "organisation")),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("type", "language")),
        sa.Column("pages", sa.Integer, nullable=False),
        *(sa.Column(name, _TEXT, nullable=False) for name in ("author", "code", "state")),
        sa.CheckConstraint("state IN ('writing', 'ready', 'removed')", name="known_state"),
    )
    op.create_index("documents_by_path", "documents", ["path", "state"])
    op.create_table(
        "passages",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("document", sa.BigInteger, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("section", _TEXT, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("page", "recognised", "first", "last")
        ),
        *(
            sa.Column(name, _TEXT, nullable=False)
            for name in ("text", "sentences", "kinds", "terms")
        ),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
    )
    op.create_index("passages_by_document", "passages", ["document"])
    op.create_table(
        "glosses",
        sa.Column("document", sa.BigInteger, nullable=False),
        sa.Column("forms", _TEXT, nullable=False),
    )
    op.create_index("glosses_by_document", "glosses", ["document"])
    op.create_table(
        "identity",
        sa.Column("id", _TEXT, primary_key=True),
        *(
            sa.Column(name, _TEXT, nullable=False)
            for name in ("embedding", "analyzer", "chunker", "name")
        ),
        sa.Column("writes", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    for name in ("identity", "glosses", "passages", "documents"):
        op.drop_table(name)
