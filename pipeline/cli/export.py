"""`doisoat export`: everything in the archive as files for other programs."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.export.fileformat import SDMX_CSV, ArchiveFormat, FileFormat, LayoutFormat
from pipeline.export.folder import Contents, files, usual_formats
from pipeline.export.layout import layout_files
from pipeline.export.sdmx import sdmx_csv
from pipeline.extract.catalogue import catalogue
from pipeline.extract.indicators import linked
from pipeline.reconcile.timeseries import timeseries

_SDMX = "series.sdmx.csv"


@command
def export(
    reporting: Reporting,
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", show_default=False, help="Thư mục nhận tệp. / The folder for the files."),
    ],
    forms: Annotated[
        list[ArchiveFormat] | None,
        typer.Option(
            "--format",
            metavar="jsonl|csv|xlsx|parquet|sdmx-csv|hocr|alto",
            help="Định dạng, lặp lại được; mặc định là jsonl, csv, xlsx, parquet. "
            "sdmx-csv: chuỗi số liệu. hocr, alto: từng tài liệu, có vị trí từng từ. / "
            "A format; repeat it for more; jsonl, csv, xlsx, parquet by default. "
            "sdmx-csv: the series. hocr, alto: each document, with its words at their places.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Xuất mọi bản ghi của kho: số liệu, phát hiện, chuỗi, thể thức, viện dẫn, nhiệm vụ, bảng; tài liệu ra hOCR, ALTO.

    Export figures, findings, series, components, citations, tasks, tables, abbreviations and doubtful words of the
    whole archive; documents as hOCR and ALTO. With JSONL comes the metadata of each document in the shape of edXML.
    """
    chosen = {form.value for form in forms or usual_formats()}
    known = settings(archive)
    indicators = catalogue(known.indicators)
    with Archive.open(known.archive, known.database) as store:
        indicators = indicators.with_merged(store.merged_indicators())
        extractions = [linked(extraction, indicators) for extraction in store.extractions()]
        findings = store.findings()
        series = timeseries(extractions, findings, indicators)
        contents = Contents(extractions, findings, series, store.doubtful_words())
        records = files(contents, [form for form in FileFormat if form.value in chosen])
        statistics = [(_SDMX, sdmx_csv(series))] if SDMX_CSV in chosen else []
        readings = (reading for document in store.documents() if (reading := store.reading(document.name)))
        layouts = layout_files(readings, [form for form in LayoutFormat if form.value in chosen])
        for name, content in chain(records, statistics, layouts):
            deliver(content, folder / name)
            reporting.note(str(folder / name))
