"""Findings as an officer reads them: what contradicts what, where, why perhaps, and how much was checked and holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.models import Evidence, Finding, Severity, Verdict

_SEVERITIES = {
    Severity.HIGH: Text("cao", style="bold red"),
    Severity.MEDIUM: Text("vừa", style="yellow"),
    Severity.LOW: Text("thấp"),
    Severity.NONE: Text(""),
}
_TITLES = {Verdict.CONFLICT: "MÂU THUẪN / CONFLICTS", Verdict.UNKNOWN: "CẦN XEM LẠI / TO BE LOOKED AT"}


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
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_lines=True)
    table.add_column("Mức", no_wrap=True)
    table.add_column("Nội dung")
    table.add_column("Nơi ghi", max_width=32, overflow="fold")
    for finding in findings:
        table.add_row(_SEVERITIES[finding.severity], _story(finding), _places(finding.evidence))
    return table


def _story(finding: Finding) -> Text:
    story = Text(finding.message)
    for label, content in (("Nguyên nhân có thể", finding.cause), ("Đề xuất", finding.proposal)):
        if content:
            story.append(f"\n{label}: ", style="bold")
            story.append(content)
    story.append(f"\n{finding.code}", style="dim")
    return story


def _places(evidence: Iterable[Evidence]) -> Text:
    places = dict.fromkeys(f"{place.document}, tr. {place.page}, dòng {place.line}" for place in evidence)
    return Text("\n".join(places))
