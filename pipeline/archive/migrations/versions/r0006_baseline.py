"""The tables of an archive as they were when revisions began."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.archive.migrations import postgresql_0006, sqlite_0006
from pipeline.archive.schema import Big, Text

revision = "0006"
down_revision = None
branch_labels = None
depends_on = None

_BESIDE_TABLES = {"sqlite": sqlite_0006.CREATE, "postgresql": postgresql_0006.CREATE}


def upgrade() -> None:
    """Make all tables, the search index and the rules that the database keeps."""
    _create_tables()
    for statement in _BESIDE_TABLES[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def _create_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("role", Text(), nullable=False),
        sa.Column("password", Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision", Text(), nullable=False),
        sa.Column("kind", Text(), nullable=False),
        sa.Column("target", Text(), nullable=False),
        sa.Column("by", Text(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.Column("record", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("decision"),
    )
    op.create_index(op.f("ix_decisions_target"), "decisions", ["target"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", Text(), nullable=False),
        sa.Column("file", Text(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("last_page", sa.Integer(), nullable=True),
        sa.Column("name", Text(), nullable=False),
        sa.Column("media_type", Text(), nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("ingested_at", Text(), nullable=False),
        sa.Column("version", Text(), nullable=False),
        sa.Column("ocr_seconds", sa.Double(), nullable=False),
        sa.Column("normalize_seconds", sa.Double(), nullable=False),
        sa.Column("extract_seconds", sa.Double(), nullable=False),
        sa.Column("repaired_words", sa.Integer(), nullable=False),
        sa.Column("doubtful_words", sa.Integer(), nullable=False),
        sa.Column("signatures", Text(), nullable=True),
        sa.Column("abbreviations", Text(), nullable=True),
        sa.Column("tables", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index(op.f("ix_documents_digest"), "documents", ["digest"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Text(), nullable=False),
        sa.Column("kind", Text(), nullable=False),
        sa.Column("subject", Text(), nullable=False),
        sa.Column("detail", Text(), nullable=False),
        sa.Column("version", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("digest", Text(), nullable=True),
        sa.Column("error", Text(), nullable=False),
        sa.Column("message", Text(), nullable=False),
        sa.Column("remedy", Text(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=False),
        sa.Column("failed_at", Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_index(op.f("ix_failures_digest"), "failures", ["digest"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding", Text(), nullable=False),
        sa.Column("code", Text(), nullable=False),
        sa.Column("verdict", Text(), nullable=False),
        sa.Column("severity", Text(), nullable=False),
        sa.Column("record", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("finding"),
    )
    op.create_index(op.f("ix_findings_code"), "findings", ["code"], unique=False)
    op.create_index(op.f("ix_findings_verdict"), "findings", ["verdict"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", Text(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("size", Big, nullable=False),
        sa.Column("account", Text(), nullable=False),
        sa.Column("uploaded_at", Text(), nullable=False),
        sa.Column("state", Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("documents", Text(), nullable=False),
        sa.Column("message", Text(), nullable=False),
        sa.Column("remedy", Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index(op.f("ix_uploads_state"), "uploads", ["state"], unique=False)
    op.create_table(
        "access_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("created_at", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index(op.f("ix_access_tokens_account_id"), "access_tokens", ["account_id"], unique=False)
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("type", Text(), nullable=True),
        sa.Column("number", Text(), nullable=True),
        sa.Column("date", Text(), nullable=True),
        sa.Column("record", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_citations_document_id"), "citations", ["document_id"], unique=False)
    op.create_index(op.f("ix_citations_number"), "citations", ["number"], unique=False)
    op.create_table(
        "components",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("type", Text(), nullable=True),
        sa.Column("number", Text(), nullable=True),
        sa.Column("symbol", Text(), nullable=True),
        sa.Column("issuer", Text(), nullable=True),
        sa.Column("date", Text(), nullable=True),
        sa.Column("subject", Text(), nullable=True),
        sa.Column("record", Text(), nullable=False),
        sa.Column("sought", Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index(op.f("ix_components_date"), "components", ["date"], unique=False)
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("figure", Text(), nullable=False),
        sa.Column("value", Text(), nullable=False),
        sa.Column("upper", Text(), nullable=True),
        sa.Column("kind", Text(), nullable=False),
        sa.Column("unit", Text(), nullable=False),
        sa.Column("subject", Text(), nullable=False),
        sa.Column("indicator", Text(), nullable=True),
        sa.Column("as_of", Text(), nullable=True),
        sa.Column("period", Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("record", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "figure"),
    )
    op.create_index("ix_figures_indicator_document", "figures", ["indicator", "document_id"], unique=False)
    op.create_table(
        "finding_documents",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("document", Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding_id", "document"),
    )
    op.create_index(op.f("ix_finding_documents_document"), "finding_documents", ["document"], unique=False)
    op.create_table(
        "names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", Text(), nullable=False),
        sa.Column("first_seen_at", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "name"),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("height", sa.Double(), nullable=False),
        sa.Column("source", Text(), nullable=False),
        sa.Column("decision", Text(), nullable=True),
        sa.Column("problem", Text(), nullable=True),
        sa.Column("grade", Text(), nullable=True),
        sa.Column("grading", Text(), nullable=True),
        sa.Column("regions", Text(), nullable=True),
        sa.Column("tables", Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "number"),
    )
    op.create_index(op.f("ix_pages_grade"), "pages", ["grade"], unique=False)
    op.create_index(op.f("ix_pages_source"), "pages", ["source"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("lines", Text(), nullable=False),
        sa.Column("text", Text(), nullable=False),
        sa.Column("doubts", Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_passages_document_id"), "passages", ["document_id"], unique=False)
    op.create_table(
        "sentences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("record", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_sentences_document_id"), "sentences", ["document_id"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("token", Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", Big, nullable=False),
        sa.Column("seen_at", Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
        ),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_index(op.f("ix_sign_ins_account_id"), "sign_ins", ["account_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("deadline", Text(), nullable=True),
        sa.Column("recurrence", Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("record", Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tasks_deadline"), "tasks", ["deadline"], unique=False)
    op.create_index(op.f("ix_tasks_document_id"), "tasks", ["document_id"], unique=False)
    op.create_table(
        "lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raw", Text(), nullable=False),
        sa.Column("text", Text(), nullable=False),
        sa.Column("box", Text(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("role", Text(), nullable=False),
        sa.Column("note", sa.Integer(), nullable=True),
        sa.Column("confidences", sa.LargeBinary(), nullable=True),
        sa.Column("doubts", Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lines_page_id"), "lines", ["page_id"], unique=False)
