"""Access tokens with which programs may change something; those that there are may only read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("access_tokens", sa.Column("writes", sa.Boolean(), nullable=False, server_default=sa.false()))
