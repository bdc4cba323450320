"""A search index of tokens instead of four texts; who opens the archive fills it (pipeline.archive.indexed)."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Nothing is folded by FTS5: its own folding leaves đ alone. The index keeps no copy of what it indexes (content = '')
# and no places of tokens (detail = none): all of it can be made from `passages` again.
_SQLITE = (
    "DROP TABLE passage_index",
    "CREATE VIRTUAL TABLE passage_index USING "
    "fts5(tokens, content = '', detail = none, tokenize = \"ascii tokenchars '_=#@.'\")",
)
_POSTGRESQL = (
    "DROP TABLE passage_index",
    "DROP FUNCTION stands_near",
    "CREATE TABLE passage_index (passage bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX ix_passage_index_tokens ON passage_index USING gin (tokens)",
)


def upgrade() -> None:
    """Drop the index and make an empty one."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
