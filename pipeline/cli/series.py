"""`doisoat series`: an indicator's values over time and documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, OutputOption, require_output, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver, show
from pipeline.errors import BadArgumentsError
from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.plot import Picture, label, plot
from pipeline.export.sdmx import sdmx_csv
from pipeline.export.writing import write
from pipeline.extract.catalogue import catalogue
from pipeline.extract.indicators import linked
from pipeline.language.unicode import fold
from pipeline.reconcile import wording
from pipeline.reconcile.timeseries import Observation, Series, timeseries
from pipeline.settings import Settings


class Form(StrEnum):
    """How series are written; a table is for people."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SDMX = "sdmx-csv"


@command
def series(
    reporting: Reporting,
    indicator: Annotated[
        str | None,
        typer.Argument(
            metavar="INDICATOR",
            show_default=False,
            help="Mã chỉ tiêu, phần đầu của mã, hoặc từ trong tên; bỏ trống là tất cả. / "
            "Id of an indicator, its beginning, or words of its name; none means all.",
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", metavar="table|jsonl|csv|xlsx|parquet|sdmx-csv", help="Định dạng. / Format.")
    ] = Form.TABLE,
    output: OutputOption = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar="FILE",
            show_default=False,
            help="Vẽ đồ thị một chỉ tiêu ra tệp .svg hoặc .png. / Draw one indicator to an .svg or .png file.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Theo dõi từng chỉ tiêu qua thời gian và văn bản, có dẫn nguồn; chỗ mâu thuẫn được đánh dấu.

    Follow each indicator over time and documents, with sources; what is contradicted is marked.
    """
    if form not in (Form.TABLE, Form.SDMX):
        require_output(FileFormat(form.value), output)
    known = settings(archive)
    found = _chosen(_of_archive(known), indicator)
    if picture is not None:
        deliver(plot(_of_one(found), _picture(picture)), picture)
        reporting.note(str(picture))
    elif form is Form.TABLE:
        show(*(_values(found) if indicator else [_overview(found)]))
    elif form is Form.SDMX:
        deliver(sdmx_csv(found), output)
    else:
        deliver(write(sheets.series(found), FileFormat(form.value)), output)


def _of_archive(known: Settings) -> list[Series]:
    entries = catalogue(known.indicators)
    with Archive.open(known.archive, known.database) as store:
        entries = entries.with_merged(store.merged_indicators())
        extractions = [linked(extraction, entries) for extraction in store.extractions()]
        return timeseries(extractions, store.findings(), entries)


def _chosen(found: Sequence[Series], wanted: str | None) -> Sequence[Series]:
    """Return the series of one indicator by its id; else of those whose ids begin so, or whose names have the words."""
    if not wanted:
        return found
    words = fold(wanted).split()
    for chosen in (
        [item for item in found if item.indicator.id == wanted],
        [item for item in found if item.indicator.id.startswith(wanted)],
        [item for item in found if all(word in fold(" ".join(item.indicator.names)).split() for word in words)],
    ):
        if chosen:
            return chosen
    raise BadArgumentsError(
        f"{wanted}: kho không có số liệu của chỉ tiêu này. / The archive states no such indicator.",
        "Xem chỉ tiêu có số liệu / See which are stated: doisoat indicators",
    )


def _of_one(found: Sequence[Series]) -> Sequence[Series]:
    named = dict.fromkeys(item.indicator.id for item in found)
    if len(named) != 1:
        raise BadArgumentsError(
            f"Đồ thị vẽ một chỉ tiêu, đây có {len(named)}. / A picture shows one indicator, these are {len(named)}.",
            f"doisoat series {next(iter(named), 'MA')} --plot chuoi.svg",
        )
    if not any(observed.time for item in found for observed in item.observations):
        raise BadArgumentsError(
            "Không số liệu nào của chỉ tiêu này có thời gian. / No value of this indicator has a time.",
            "Xem dạng bảng, không có --plot. / See the table, without --plot.",
        )
    return found


def _picture(path: Path) -> Picture:
    try:
        return Picture(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise BadArgumentsError(
            f"{path}: đồ thị là tệp .svg hoặc .png. / A picture is an .svg or .png file.", "--plot chuoi.svg"
        ) from error


def _overview(found: Sequence[Series]) -> Table:
    """One line for each series; those with the most values tell most."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 1, 0))
    table.add_column("Chuỗi / Series", ratio=1, overflow="fold")
    table.add_column("Số trị", justify="right", max_width=6)
    table.add_column("Từ – đến", max_width=16)
    table.add_column("Mới nhất / Latest", justify="right", max_width=18)
    table.add_column("Mâu thuẫn", justify="right", max_width=9)
    for item in sorted(found, key=lambda item: -len(item.observations)):
        dated = [observed for observed in item.observations if observed.time] or item.observations[-1:]
        contradicted = sum(observed.in_conflict for observed in item.observations)
        table.add_row(
            Text.assemble(item.indicator.name, f"\n{label(item)}", (f"\n[{item.indicator.id}]", "dim")),
            str(len(item.observations)),
            Text(" – ".join(dict.fromkeys(_time(observed) for observed in (dated[0], dated[-1])))),
            Text(_value(item, dated[-1])),
            Text(str(contradicted), style="bold red") if contradicted else "",
        )
    return table


def _values(found: Sequence[Series]) -> Iterator[RenderableType]:
    for item in found:
        title = Text.assemble((item.indicator.name, "bold"), f" · {label(item)} [{item.indicator.id}]")
        table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, expand=True)
        table.add_column("Thời gian / Time", min_width=16)
        table.add_column("Giá trị / Value", justify="right", no_wrap=True)
        table.add_column("Nguồn / Source", ratio=1)
        for observed in item.observations:
            mark = Text("mâu thuẫn / contradicted: ", style="bold red") if observed.in_conflict else Text("")
            source = wording.places([observed.figure.evidence]).vi
            told = "".join(f" [{identity}]" for identity in observed.findings)
            table.add_row(
                Text(_time(observed)), Text(_value(item, observed)), mark.append(source, style="").append(told, "dim")
            )
        yield table


def _time(observed: Observation) -> str:
    """Write when a value holds; the date of its document in brackets where it says nothing itself."""
    if observed.time is None:
        return "không rõ / unknown"
    return observed.time.vietnamese if observed.dated else f"({observed.time.vietnamese})"


def _value(item: Series, observed: Observation) -> str:
    qualifier = f"{observed.figure.qualifier} " if observed.figure.qualifier else ""
    machine = "*" if observed.figure.correction else ""
    return f"{qualifier}{wording.number(observed.value)}{machine} {item.unit}"
