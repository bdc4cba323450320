"""Findings as an officer reads them: what contradicts what, the words of the documents, and how much holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.archive.terms import Span
from pipeline.cli.snippet import snippet
from pipeline.models import Finding, Review, ReviewStatus, Severity, Verdict

_SEVERITIES = {
    Severity.HIGH: Text("cao", style="bold red"),
    Severity.MEDIUM: Text("vừa", style="yellow"),
    Severity.LOW: Text("thấp"),
    Severity.NONE: Text(""),
}
_REVIEWS = {
    ReviewStatus.ACCEPTED: "Đã xác nhận / Accepted",
    ReviewStatus.DISMISSED: "Đã bác bỏ / Dismissed",
}
_TITLES = {Verdict.CONFLICT: "MÂU THUẪN / CONFLICTS", Verdict.UNKNOWN: "CẦN XEM LẠI / TO BE LOOKED AT"}
_MOST_QUOTES = 4  # a sum of twenty parts is not quoted twenty times


def finding_table(findings: Sequence[Finding]) -> Iterable[RenderableType]:
    """Yield the tables of conflicts and open questions, and a line on the checks that hold."""
    for verdict, title in _TITLES.items():
        chosen = [finding for finding in findings if finding.verdict is verdict]
        if chosen:
            yield _table(f"{title}: {len(chosen)}", chosen)
    if not any(finding.verdict is Verdict.CONFLICT for finding in findings):
        yield Text("Không thấy mâu thuẫn nào. / No conflict was found.")
    consistent = sum(finding.verdict is Verdict.CONSISTENT for finding in findings)
    yield Text(f"{consistent} phép kiểm tra khớp. / {consistent} checks hold.")


def _table(title: str, findings: Sequence[Finding]) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 1, 0), expand=True
    )
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Mức", no_wrap=True)
    table.add_column("Nội dung", ratio=1)
    for number, finding in enumerate(findings, start=1):
        table.add_row(str(number), _SEVERITIES[finding.severity], _story(finding))
    return table


def _story(finding: Finding) -> Group:
    lines = [Text(finding.message)]
    lines += [
        Text.assemble((f"{label}: ", "bold"), content)
        for label, content in (("Nguyên nhân có thể", finding.cause), ("Đề xuất", finding.proposal))
        if content
    ]
    lines += _reviewed(finding.review)
    return Group(*lines, *_quotes(finding), Text(f"[{finding.code} {finding.id}]{_ids(finding)}", style="dim"))


def _ids(finding: Finding) -> str:
    """Name the figures that can be corrected, as many as are quoted."""
    more = " …" if len(finding.figures) > _MOST_QUOTES else ""
    named = " ".join(finding.figures[:_MOST_QUOTES])
    return f" số liệu / figures: {named}{more}" if named else ""


def _reviewed(review: Review) -> list[Text]:
    label = _REVIEWS.get(review.status)
    if label is None or review.at is None:
        return []
    reason = f": {review.reason}" if review.reason else ""
    return [Text(f"{label} ({review.by}, {review.at:%d/%m/%Y}){reason}", style="green")]


def _quotes(finding: Finding) -> Iterable[RenderableType]:
    """Quote each sentence that takes part once, with its figures shown."""
    by_sentence: dict[str, list[str]] = {}
    for place in finding.evidence:
        by_sentence.setdefault(place.text, []).append(place.raw)
    printed = [_as_printed(value) for value in finding.values]
    for text, raws in list(by_sentence.items())[:_MOST_QUOTES]:
        # What was read wrongly and repaired stands in the sentence otherwise than it was read.
        spans = _spans(text, raws) or _spans(text, printed)
        yield Padding(Text.assemble("“", snippet(text, spans), "”", style="italic"), (0, 0, 0, 2))


def _spans(text: str, sought: Iterable[str]) -> list[Span]:
    starts = {(text.find(part), len(part)) for part in sought if part}
    return [Span(start=start, end=start + length) for start, length in sorted(starts) if start >= 0]


def _as_printed(value: str) -> str:
    """Write a decimal string as Vietnamese documents do: "706104" as "706.104", "86.01" as "86,01"."""
    whole, _, decimals = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole.isdecimal() else whole
    return f"{grouped},{decimals}" if decimals else grouped
