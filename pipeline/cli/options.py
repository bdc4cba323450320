"""Arguments and options that several commands share, and the settings they make."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from pipeline.errors import BadArgumentsError, ConfigurationError
from pipeline.export.fileformat import FileFormat
from pipeline.settings import Settings, is_database

ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        metavar="DIR|URL",
        show_default=False,
        help="Thư mục kho lưu trữ (mặc định ./doisoat-archive hoặc DOISOAT_ARCHIVE), hoặc postgresql://… / "
        "Folder of the archive, or its PostgreSQL database.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        show_default=False,
        help="Số tài liệu xử lý cùng lúc (mặc định: số nhân CPU). / Documents worked on at once (default: CPU cores).",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help="Ghi ra tệp này thay vì stdout. / Write to this file, not to stdout.",
    ),
]
RecordFormat = Annotated[
    FileFormat, typer.Option("--format", metavar="jsonl|csv|xlsx|parquet", help="Định dạng. / Format.")
]


def settings(
    archive: str | None = None, jobs: int | None = None, host: str | None = None, port: int | None = None
) -> Settings:
    """Read the settings; what was given on the command line wins.

    Raises:
        ConfigurationError: A value in the environment or in doisoat.toml cannot be used.
    """
    place = "database" if archive is not None and is_database(archive) else "archive"
    flags = {place: archive, "jobs": jobs, "host": host, "port": port}
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except (ValidationError, ValueError) as error:
        raise ConfigurationError(
            f"Cấu hình sai: {error}. / A setting cannot be used.",
            "Hãy sửa doisoat.toml hoặc biến môi trường DOISOAT_*. / Mend doisoat.toml or the environment.",
        ) from error


def require_output(form: FileFormat, output: Path | None) -> None:
    """Refuse to pour a workbook over a terminal or into a pipe that expects text.

    Raises:
        BadArgumentsError: The format is no text and no file was named.
    """
    if output is None and not form.is_text:
        raise BadArgumentsError(
            f"Định dạng {form.value} cần --output TỆP. / The format {form.value} needs --output FILE.",
            f"Ví dụ / For example: --output ket-qua.{form.value}",
        )
