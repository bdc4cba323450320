"""`doisoat export`: everything in the archive as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.export.fileformat import FileFormat
from pipeline.export.folder import files
from pipeline.extract.catalogue import catalogue
from pipeline.extract.indicators import linked


@command
def export(
    reporting: Reporting,
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", show_default=False, help="Thư mục nhận tệp. / The folder for the files."),
    ],
    forms: Annotated[
        list[FileFormat] | None,
        typer.Option(
            "--format",
            metavar="jsonl|csv|xlsx",
            help="Định dạng, lặp lại được; mặc định là tất cả. / A format; repeat it for more; all by default.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Xuất số liệu, phát hiện, thể thức, viện dẫn và từ còn nghi ngờ của cả kho ra CSV, XLSX, JSONL.

    Export figures, findings, components, citations and doubtful words of the whole archive as CSV, XLSX and JSONL.
    """
    known = settings(archive)
    indicators = catalogue(known.indicators)
    with Archive.open(known.archive) as store:
        extractions = [linked(extraction, indicators) for extraction in store.extractions()]
        findings, doubtful = store.findings(), store.doubtful_words()
    for name, content in files(extractions, findings, doubtful, forms or list(FileFormat)):
        deliver(content, folder / name)
        reporting.note(str(folder / name))
