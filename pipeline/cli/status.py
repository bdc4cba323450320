"""`doisoat status`: what the archive holds, how its pages were read, and what could not be."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.archive.store import Archive
from pipeline.archive.summaries import Failure, PageProblem, Summary
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import show
from pipeline.models import TextSource, Verdict

_SOURCES = {
    TextSource.LAYER: "lớp chữ sẵn có, tin được / own text, trusted",
    TextSource.RECOGNISED: "nhận dạng lại từ ảnh / recognised from the picture",
    TextSource.REPAIRED_LAYER: "lớp chữ sai, đã sửa / own text, repaired",
    TextSource.PLAIN: "tệp văn bản / plain text",
    TextSource.NONE: "không đọc được / could not be read",
}


@command
def status(reporting: Reporting, archive: ArchiveOption = None) -> None:
    """Cho biết kho có gì: tài liệu, trang được đọc thế nào, tệp nào lỗi và vì sao.

    Say what the archive holds: documents, how pages were read, which files failed and why.
    """
    folder = settings(archive).archive
    with Archive.open(folder) as store:
        summary, failures = store.summary(), store.failures()
    show(Text(f"Kho / Archive: {folder}", style="bold"), _numbers(summary))
    show(*_problems(summary.problems), *_failures(failures))


def _numbers(summary: Summary) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_row("Tài liệu / Documents", str(summary.documents))
    table.add_row("Trang / Pages", str(sum(summary.pages.values())))
    for source, label in _SOURCES.items():
        if source in summary.pages:
            table.add_row(f"  {label}", str(summary.pages[source]))
    table.add_row("Số liệu / Figures", str(summary.figures))
    table.add_row("Viện dẫn / Citations", str(summary.citations))
    table.add_row("Mâu thuẫn / Conflicts", str(summary.findings.get(Verdict.CONFLICT, 0)))
    table.add_row("Phép kiểm tra khớp / Checks that hold", str(summary.findings.get(Verdict.CONSISTENT, 0)))
    table.add_row("Tệp lỗi / Failed files", str(summary.failures))
    return table


def _problems(problems: Iterable[PageProblem]) -> Iterable[RenderableType]:
    for problem in problems:
        yield Text(f"! {problem.document}, trang {problem.page}: {problem.problem}")


def _failures(failures: Iterable[Failure]) -> Iterable[RenderableType]:
    for failure in failures:
        yield Text(f"✗ {failure.message}")
        yield Text(f"  → {failure.remedy}")
