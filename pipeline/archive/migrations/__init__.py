"""The tables of the archive, revision by revision (Alembic)."""
