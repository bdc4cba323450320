"""What Alembic runs around revisions: they share the transaction of the connection that it is given."""

from __future__ import annotations

from alembic import context

from pipeline.archive.schema import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
