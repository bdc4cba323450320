"""The tables that the revisions make are those that the models describe."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from archive_documents import session_of

from pipeline.archive import revisions, schema
from pipeline.archive.store import Archive

pytestmark = pytest.mark.usefixtures("either_database")

INDEX = "passage_index"  # it and FTS5's own tables below it are no models
SORTED = "ix_figures_indicator_last_day"  # Alembic cannot compare in which order an index sorts


def _is_modelled(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    return not (kind == "table" and str(name).startswith(INDEX)) and name != SORTED


def test_the_revisions_make_what_the_models_describe(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "kho") as archive, session_of(archive) as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "include_object": _is_modelled}
        )
        assert compare_metadata(context, schema.Base.metadata) == []


def test_the_latest_revision_is_the_one_that_the_models_name() -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.REVISION]
    assert revisions.is_known(schema.REVISION)
    assert not revisions.is_known("9999")
