"""An empty search index once more, for tokens of what figures are exactly; who opens the archive fills it."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty the index."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO passage_index(passage_index) VALUES ('delete-all')")
    else:
        op.execute("TRUNCATE passage_index")
