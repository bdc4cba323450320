"""Columns and indexes by which long lists are sorted and filtered: worst grades, last days, words without marks."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from pipeline.archive import terms
from pipeline.archive.schema import Text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000  # rows
_FILL = (
    "UPDATE documents SET worst = (SELECT max(CASE grade WHEN 'excellent' THEN 0 WHEN 'good' THEN 1 WHEN 'fair' THEN 2 "
    "WHEN 'poor' THEN 3 END) FROM pages WHERE pages.document_id = documents.id)",
    # A period is "2025-01-01/2025-09-30".
    "UPDATE figures SET last_day = coalesce(substr(period, 12), as_of, "
    "(SELECT date FROM components WHERE components.document_id = figures.document_id))",
)


def upgrade() -> None:
    """Add the columns, fill them, and make the indexes."""
    op.add_column("documents", sa.Column("worst", sa.Integer(), nullable=True))
    op.add_column("figures", sa.Column("last_day", Text(), nullable=True))
    op.add_column("citations", sa.Column("sought", Text(), nullable=True))
    op.add_column("tasks", sa.Column("sought", Text(), nullable=True))
    for statement in _FILL:
        op.execute(statement)
    _fill_sought("citations", _told_of_citation)
    _fill_sought("tasks", _told_of_task)
    op.create_index(op.f("ix_components_number"), "components", ["number"], unique=False)
    op.create_index(op.f("ix_documents_worst"), "documents", ["worst"], unique=False)
    op.create_index("ix_figures_indicator_last_day", "figures", ["indicator", "last_day"], unique=False)
    op.drop_index("ix_citations_number", table_name="citations")
    op.create_index("ix_citations_number_date_document", "citations", ["number", "date", "document_id"], unique=False)
    op.create_index("ix_citations_type_number", "citations", ["type", "number"], unique=False)
    op.drop_index("ix_tasks_deadline", table_name="tasks")
    op.create_index("ix_tasks_deadline_recurrence", "tasks", ["deadline", "recurrence"], unique=False)


def _fill_sought(name: str, told: Any) -> None:
    rows = sa.table(name, sa.column("id", sa.Integer), sa.column("record", Text), sa.column("sought", Text))
    connection = op.get_bind()
    last = 0
    while some := connection.execute(
        sa.select(rows.c.id, rows.c.record).where(rows.c.id > last).order_by(rows.c.id).limit(_AT_ONCE)
    ).all():
        filled = [{"row": number, "text": terms.folded(told(json.loads(record)))} for number, record in some]
        update = sa.update(rows).where(rows.c.id == sa.bindparam("row")).values(sought=sa.bindparam("text"))
        connection.execute(update, filled)
        last = some[-1].id


def _told_of_citation(record: dict[str, Any]) -> str:
    return "/".join(record.get(key) or "" for key in ("type", "number", "date", "issuer", "title"))


def _told_of_task(record: dict[str, Any]) -> str:
    parts = [record["task"], *record.get("lead", ()), *record.get("support", ())]
    parts += [record.get("deadline_text") or "", record.get("target") or "", record["evidence"]["document"]]
    return "/".join(parts)
