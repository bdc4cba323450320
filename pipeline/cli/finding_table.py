"""Findings as an officer reads them: what contradicts what, the words of the documents, and how much holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.archive.search import Span
from pipeline.cli.snippet import snippet
from pipeline.models import Evidence, Finding, Severity, Verdict

_SEVERITIES = {
    Severity.HIGH: Text("cao", style="bold red"),
    Severity.MEDIUM: Text("vừa", style="yellow"),
    Severity.LOW: Text("thấp"),
    Severity.NONE: Text(""),
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
    return Group(*lines, *_quotes(finding.evidence), Text(f"[{finding.code}]", style="dim"))


def _quotes(evidence: Sequence[Evidence]) -> Iterable[RenderableType]:
    """Quote each sentence that takes part once, with its figures shown."""
    by_sentence: dict[str, list[Evidence]] = {}
    for place in evidence:
        by_sentence.setdefault(place.text, []).append(place)
    for text, places in list(by_sentence.items())[:_MOST_QUOTES]:
        spans = [_span(text, place.raw) for place in places]
        shown = sorted((span for span in spans if span is not None), key=lambda span: span.start)
        yield Padding(Text.assemble("“", snippet(text, shown), "”", style="italic"), (0, 0, 0, 2))


def _span(text: str, raw: str) -> Span | None:
    start = text.find(raw) if raw else -1
    return None if start < 0 else Span(start=start, end=start + len(raw))
