"""The index of an indicator's figures in the order in which they are listed, in PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NAME = "ix_figures_indicator_last_day"


def upgrade() -> None:
    """Make the index anew; SQLite reads its own from either end."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.drop_index(_NAME, "figures")
    op.create_index(_NAME, "figures", ["indicator", "last_day"], postgresql_ops={"last_day": "DESC NULLS LAST"})
