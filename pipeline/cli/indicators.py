"""`doisoat indicators`: which indicators of the catalogue the archive states, and what it counts without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
import yaml
from rich.table import Table

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver, show
from pipeline.extract import unnamed as unnamed_figures
from pipeline.extract.catalogue import Catalogue, catalogue
from pipeline.extract.indicators import linked
from pipeline.extract.unnamed import UnnamedGroup
from pipeline.models import Figure

_LEAST = 2  # what is counted once needs no name
_TITLE = "Chỉ tiêu riêng / Indicators of our own"


@command
def indicators(
    reporting: Reporting,
    unnamed: Annotated[
        bool,
        typer.Option(
            "--unnamed",
            help="Nhóm số liệu chưa có chỉ tiêu, dạng YAML. / Figures without an indicator, as YAML entries.",
        ),
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """Đếm số liệu trong kho theo chỉ tiêu của danh mục; --unnamed cho mẫu để khai báo chỉ tiêu mới.

    Count the archive's figures by the indicators of the catalogue; --unnamed gives entries for new ones.
    """
    known = settings(archive)
    entries = catalogue(known.indicators)
    with Archive.open(known.archive, known.database) as store:
        entries = entries.with_merged(store.merged_indicators())
        figures = [figure for extraction in store.extractions() for figure in linked(extraction, entries).figures]
    if unnamed:
        groups = [g for g in unnamed_figures.groups(figures, entries.abbreviations) if len(g.figures) >= _LEAST]
        deliver("".join(_skeleton(groups)).encode(), None)
        reporting.note(f"{len(groups)} nhóm chưa có chỉ tiêu. / {len(groups)} groups without an indicator.")
        return
    show(_counted(figures, entries))
    named = sum(figure.indicator is not None for figure in figures)
    reporting.note(f"{named} trong {len(figures)} số liệu có chỉ tiêu. / {named} of {len(figures)} figures have one.")


def _counted(figures: Sequence[Figure], entries: Catalogue) -> Table:
    named = [(figure.indicator, figure.evidence.document) for figure in figures if figure.indicator]
    documents = Counter(indicator for indicator, _ in set(named))
    table = Table()
    table.add_column("Mã / Id", no_wrap=True)
    table.add_column("Chỉ tiêu / Indicator")
    table.add_column("Số liệu / Figures", justify="right", max_width=8)
    table.add_column("Văn bản / Documents", justify="right", max_width=9)
    for indicator, times in Counter(indicator for indicator, _ in named).most_common():
        table.add_row(indicator, entries.indicators[indicator].name, str(times), str(documents[indicator]))
    return table


def _skeleton(groups: Sequence[UnnamedGroup]) -> Iterator[str]:
    yield f"title: {_TITLE}\nindicators:\n" if groups else ""
    for group in groups:
        example = group.figures[0].evidence
        yield f"  # {len(group.figures)} số liệu, {group.documents} văn bản; {example.document}, dòng {example.line}\n"
        listed = yaml.safe_dump([unnamed_figures.entry(group)], allow_unicode=True, sort_keys=False, width=1000)
        yield "".join(f"  {line}\n" for line in listed.splitlines())
