"""Where the originals are kept, unless they stand in the archive's folder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.archive.schema import Text

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "originals_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
