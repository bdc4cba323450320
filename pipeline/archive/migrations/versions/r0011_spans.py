"""An empty search index, for it holds other tokens; who opens the archive fills it (pipeline.archive.indexed)."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO passage_index(passage_index) VALUES ('delete-all')")
    else:
        op.execute("TRUNCATE passage_index")
