"""The SQLite archives of versions before there were revisions: brought to the first one, 0006; what is stored stays."""

from __future__ import annotations

from sqlalchemy import Connection

from pipeline.archive import revisions
from pipeline.archive.migrations.sqlite_0006 import APPEND_ONLY
from pipeline.errors import ConfigurationError

_LAST = 5  # the last version of the tables that stood in SQLite's `user_version`
_SINCE_REVISIONS = 6  # what stands there now, so that those versions of the software leave the archive alone

_DESK = (
    "CREATE TABLE accounts (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, role VARCHAR NOT NULL, "
    "password VARCHAR NOT NULL, active BOOLEAN NOT NULL, created_at VARCHAR NOT NULL)",
    "CREATE TABLE sign_ins (token VARCHAR NOT NULL PRIMARY KEY, "
    "account_id INTEGER NOT NULL REFERENCES accounts (id), begun_at INTEGER NOT NULL, seen_at INTEGER NOT NULL)",
    "CREATE INDEX ix_sign_ins_account_id ON sign_ins (account_id)",
    "CREATE TABLE access_tokens (id INTEGER NOT NULL PRIMARY KEY, token VARCHAR NOT NULL UNIQUE, "
    "account_id INTEGER NOT NULL REFERENCES accounts (id), name VARCHAR NOT NULL, created_at VARCHAR NOT NULL)",
    "CREATE INDEX ix_access_tokens_account_id ON access_tokens (account_id)",
    "CREATE TABLE uploads (id INTEGER NOT NULL PRIMARY KEY, token VARCHAR NOT NULL UNIQUE, name VARCHAR NOT NULL, "
    "size INTEGER NOT NULL, account VARCHAR NOT NULL, uploaded_at VARCHAR NOT NULL, state VARCHAR NOT NULL, "
    "attempts INTEGER NOT NULL, pages INTEGER NOT NULL, read INTEGER NOT NULL, documents VARCHAR NOT NULL, "
    "message VARCHAR NOT NULL, remedy VARCHAR NOT NULL)",
    "CREATE INDEX ix_uploads_state ON uploads (state)",
    "CREATE TABLE finding_documents (finding_id INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE, "
    "document VARCHAR NOT NULL, PRIMARY KEY (finding_id, document))",
    "CREATE INDEX ix_finding_documents_document ON finding_documents (document)",
    "INSERT INTO finding_documents SELECT DISTINCT findings.id, named.value "
    "FROM findings, json_each(findings.record, '$.documents') AS named",
    "ALTER TABLE pages ADD COLUMN tables VARCHAR",
    "ALTER TABLE components ADD COLUMN sought VARCHAR",
    "UPDATE components SET sought = folded((SELECT name FROM documents WHERE id = document_id) || '/' || "
    "coalesce(type, '') || '/' || coalesce(number, '') || '/' || coalesce(symbol, '') || '/' || "
    "coalesce(issuer, '') || '/' || coalesce(subject, ''))",
    "DROP INDEX ix_figures_indicator",
    "CREATE INDEX ix_figures_indicator_document ON figures (indicator, document_id)",
)
"""What the desk needs: who may sign in, what came in, and what its lists are filtered and counted by."""

_CHANGES = {
    2: (
        "ALTER TABLE documents ADD COLUMN signatures VARCHAR",
        "ALTER TABLE pages ADD COLUMN grade VARCHAR",
        "ALTER TABLE pages ADD COLUMN grading VARCHAR",
        "CREATE INDEX ix_pages_grade ON pages (grade)",
    ),
    # SQLite cannot take the constraint from a column that said that a file is one document: the table is made anew.
    3: (
        "PRAGMA defer_foreign_keys = ON",
        "CREATE TEMP TABLE former AS SELECT * FROM documents",
        "DROP TABLE documents",
        "CREATE TABLE documents (id INTEGER NOT NULL, digest VARCHAR NOT NULL, file VARCHAR NOT NULL, "
        "first_page INTEGER, last_page INTEGER, name VARCHAR NOT NULL, media_type VARCHAR NOT NULL, "
        "size INTEGER NOT NULL, ingested_at VARCHAR NOT NULL, version VARCHAR NOT NULL, ocr_seconds DOUBLE NOT NULL, "
        "normalize_seconds DOUBLE NOT NULL, extract_seconds DOUBLE NOT NULL, repaired_words INTEGER NOT NULL, "
        "doubtful_words INTEGER NOT NULL, signatures VARCHAR, PRIMARY KEY (id), UNIQUE (name))",
        "CREATE INDEX ix_documents_digest ON documents (digest)",
        "INSERT INTO documents (id, digest, file, name, media_type, size, ingested_at, version, ocr_seconds, "
        "normalize_seconds, extract_seconds, repaired_words, doubtful_words, signatures) SELECT id, digest, name, "
        "name, media_type, size, ingested_at, version, ocr_seconds, normalize_seconds, extract_seconds, "
        "repaired_words, doubtful_words, signatures FROM former",
        "DROP TABLE former",
        "CREATE TABLE tasks (id INTEGER NOT NULL PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents (id), "
        "deadline VARCHAR, recurrence VARCHAR, page INTEGER NOT NULL, line INTEGER NOT NULL, record VARCHAR NOT NULL)",
        "CREATE INDEX ix_tasks_document_id ON tasks (document_id)",
        "CREATE INDEX ix_tasks_deadline ON tasks (deadline)",
        "ALTER TABLE pages ADD COLUMN regions VARCHAR",
    ),
    4: (
        "CREATE TABLE decisions (id INTEGER NOT NULL PRIMARY KEY, decision VARCHAR NOT NULL UNIQUE, "
        "kind VARCHAR NOT NULL, target VARCHAR NOT NULL, by VARCHAR NOT NULL, at VARCHAR NOT NULL, "
        "record VARCHAR NOT NULL)",
        "CREATE INDEX ix_decisions_target ON decisions (target)",
        *APPEND_ONLY,
        "ALTER TABLE documents ADD COLUMN abbreviations VARCHAR",
        "ALTER TABLE documents ADD COLUMN tables BLOB",
        *_DESK,
    ),
}
"""What brings the tables of each older version to the next one."""


def adopt(connection: Connection, name: str) -> None:
    """Bring the tables of an archive that older versions made to revision 0006; an empty database stays empty.

    Raises:
        ConfigurationError: The tables are older than those that can be brought up, or no version made them.
    """
    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != 0 and version not in range(min(_CHANGES), _LAST + 1):
        raise ConfigurationError(
            f"{name}: kho do phiên bản khác tạo ra (bảng {version}). / Another version made this archive "
            f"(tables {version}).",
            "Hãy dùng đúng phiên bản doisoat đã tạo kho. / Use the version of doisoat that made it.",
        )
    if version != 0:
        for number in range(version, _LAST):
            for change in _CHANGES[number]:
                connection.exec_driver_sql(change)
        revisions.stamp(connection, "0006")
    connection.exec_driver_sql(f"PRAGMA user_version = {_SINCE_REVISIONS}")
