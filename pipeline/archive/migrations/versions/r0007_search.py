"""Abbreviations that documents define, by the words of both forms; types, issuers and a page's figures by an index."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from pipeline.archive import terms
from pipeline.archive.schema import Text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_DOCUMENTS = sa.table("documents", sa.column("id", sa.Integer), sa.column("abbreviations", Text))


def upgrade() -> None:
    """Make the table, fill it from what the documents define, and make the indexes."""
    table = op.create_table(
        "abbreviations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("short", Text(), nullable=False),
        sa.Column("full", Text(), nullable=False),
        sa.Column("folded_short", Text(), nullable=False),
        sa.Column("folded_full", Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("document_id", "folded_short", "folded_full"):
        op.create_index(op.f(f"ix_abbreviations_{column}"), "abbreviations", [column], unique=False)
    for column in ("type", "issuer"):
        op.create_index(op.f(f"ix_components_{column}"), "components", [column], unique=False)
    op.create_index("ix_figures_document_page", "figures", ["document_id", "page"], unique=False)
    defining = sa.select(_DOCUMENTS).where(_DOCUMENTS.c.abbreviations.is_not(None)).order_by(_DOCUMENTS.c.id)
    for document, defined in op.get_bind().execute(defining).all():
        rows = [
            {
                "document_id": document,
                "short": one["short"],
                "full": one["full"],
                "folded_short": terms.key(one["short"]),
                "folded_full": terms.key(one["full"]),
            }
            for one in json.loads(defined)
        ]
        op.get_bind().execute(sa.insert(table), rows)
