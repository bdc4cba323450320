"""`doisoat status`: what the archive holds, how its pages were read, and what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.archive.store import Archive
from pipeline.archive.summaries import ArchivedDocument, Failure, PageProblem, PageToLookAt, SignedFile, Summary
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import show
from pipeline.models import Components, DigitalSignature, Grade, TextSource, Verdict

_SOURCES = {
    TextSource.LAYER: "lớp chữ sẵn có, tin được / own text, trusted",
    TextSource.RECOGNISED: "nhận dạng lại từ ảnh / recognised from the picture",
    TextSource.REPAIRED_LAYER: "lớp chữ sai, đã sửa / own text, repaired",
    TextSource.PLAIN: "tệp văn bản / plain text",
    TextSource.NONE: "không đọc được / could not be read",
}

_GRADES = {
    Grade.EXCELLENT: "rất tốt / excellent",
    Grade.GOOD: "tốt / good",
    Grade.FAIR: "tạm được / fair",
    Grade.POOR: "kém / poor",
}
_MOST_SHOWN = 20


@command
def status(
    reporting: Reporting,
    listed: Annotated[
        bool, typer.Option("--list", help="Liệt kê từng tài liệu. / List the documents.", show_default=False)
    ] = False,
    archive: ArchiveOption = None,
) -> None:
    """Cho biết kho có gì: tài liệu, trang được đọc thế nào, tệp nào lỗi và vì sao.

    Say what the archive holds: documents, how pages were read, which files failed and why.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database) as store:
        summary, failures = store.summary(), store.failures()
        documents = zip(store.documents(), store.components(), strict=True) if listed else ()
    show(Text(f"Kho / Archive: {store.place}", style="bold"), _numbers(summary))
    if listed:
        show(_documents(documents))
    show(*_signed(summary.signed), *_to_look_at(summary.to_look_at))
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
    if summary.grades:
        table.add_row("Chất lượng trang / Grades of pages", "")
        for grade, label in _GRADES.items():
            table.add_row(f"  {label}", str(summary.grades.get(grade, 0)))
    table.add_row("Từ đã sửa / Repaired words", str(summary.repaired))
    table.add_row("Từ còn nghi ngờ / Doubtful words", str(summary.doubtful))
    table.add_row("Số liệu / Figures", str(summary.figures))
    table.add_row("Viện dẫn / Citations", str(summary.citations))
    table.add_row("Nhiệm vụ / Tasks", str(summary.tasks))
    table.add_row("Mâu thuẫn / Conflicts", str(summary.findings.get(Verdict.CONFLICT, 0)))
    table.add_row("Phép kiểm tra khớp / Checks that hold", str(summary.findings.get(Verdict.CONSISTENT, 0)))
    table.add_row("Tệp lỗi / Failed files", str(summary.failures))
    return table


def _documents(documents: Iterable[tuple[ArchivedDocument, Components]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    table.add_column("Tài liệu", min_width=24, overflow="fold")
    table.add_column("Trang", justify="right")
    table.add_column("Sửa", justify="right")
    table.add_column("Ngờ", justify="right")
    table.add_column("Số, ký hiệu", overflow="fold")
    table.add_column("Ngày", no_wrap=True)
    table.add_column("Loại, trích yếu", ratio=1, no_wrap=True, overflow="ellipsis")
    for document, components in documents:
        table.add_row(
            document.name,
            str(document.pages),
            str(document.repaired or ""),
            str(document.doubtful or ""),
            "/".join(part for part in (components.number, components.symbol) if part),
            f"{components.date:%d/%m/%Y}" if components.date else "",
            ": ".join(part for part in (components.type, components.subject) if part),
        )
    return table


def _signed(files: Iterable[SignedFile]) -> Iterable[RenderableType]:
    for file in files:
        for signature in file.signatures:
            yield Text(f"✎ {file.file}: {_told(signature)}")


def _told(signature: DigitalSignature) -> str:
    """Say of a digital signature what is known; one whose issuer is unknown is never called valid."""
    if signature.problem:
        return f"chữ ký số không kiểm tra được / signature cannot be checked ({signature.problem})"
    when = f", {signature.signed_at:%d/%m/%Y %H:%M}" if signature.signed_at else ""
    if not signature.intact:
        state = "nội dung đã bị sửa sau khi ký / changed after signing"
    elif not signature.covers_all:
        state = "phần đã ký nguyên vẹn, tệp có phần thêm sau / intact, the file was added to later"
    else:
        state = "nguyên vẹn từ khi ký / unchanged since"
    issuer = signature.issuer or "?"
    trust = (
        f"nơi cấp tin cậy / trusted issuer ({issuer})"
        if signature.trusted
        else f"chưa biết nơi cấp / unknown issuer ({issuer})"
    )
    return f"{signature.signer}{when}; {state}; {trust}"


def _to_look_at(pages: Sequence[PageToLookAt]) -> Iterable[RenderableType]:
    if pages:
        yield Text("Trang cần xem lại / Pages to look at:", style="bold")
    for page in pages[:_MOST_SHOWN]:
        grade = _GRADES[page.grading.grade]
        yield Text(f"? {page.document}, trang {page.page}: {grade}; {'; '.join(page.grading.reasons)}")
    if len(pages) > _MOST_SHOWN:
        yield Text(f"  … và {len(pages) - _MOST_SHOWN} trang nữa / more")


def _problems(problems: Iterable[PageProblem]) -> Iterable[RenderableType]:
    for problem in problems:
        yield Text(f"! {problem.document}, trang {problem.page}: {problem.problem}")


def _failures(failures: Iterable[Failure]) -> Iterable[RenderableType]:
    for failure in failures:
        yield Text(f"✗ {failure.message}")
        yield Text(f"  → {failure.remedy}")
