"""Which revision the tables of a database have, and how they are brought to the latest: Alembic's, without its cost.

Alembic is imported only when tables must be made or changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"

_TABLE = "alembic_version"
_VERSION = table(_TABLE, column("version_num"))


def current(connection: Connection) -> str | None:
    """Return the revision of a database's tables; None where no revision made them."""
    if not inspect(connection).has_table(_TABLE):
        return None
    revision: str | None = connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()
    return revision


def is_known(revision: str) -> bool:
    """Say whether this version of the software knows a revision."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection) -> None:
    """Bring the tables to the latest revision, inside the transaction of the connection."""
    from alembic import command  # noqa: PLC0415

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def stamp(connection: Connection, revision: str) -> None:
    """Say of tables that are as a revision makes them that they have it."""
    from alembic import command  # noqa: PLC0415

    config = _config()
    config.attributes["connection"] = connection
    command.stamp(config, revision)


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
