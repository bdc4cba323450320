"""`doisoat eval`: every stage against the gold of a rendered pile."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli.command import command
from pipeline.cli.reporting import Reporting
from pipeline.evaluation.evaluation import SetScore, run_set, score_set
from pipeline.evaluation.pile import open_pile
from pipeline.evaluation.report import as_jsonl, as_table
from pipeline.settings import Settings


class Forms(StrEnum):
    """Which sets of the pile are measured."""

    DEMO = "demo"
    DIGITAL = "digital"
    ALL = "all"


class Format(StrEnum):
    """How the scores are printed."""

    TABLE = "table"
    JSONL = "jsonl"


@command
def evaluate(
    reporting: Reporting,
    corpus: Annotated[
        Path, typer.Argument(help="Thư mục tập văn bản mẫu đã tạo / folder of the rendered corpus.")
    ] = Path("corpus/rendered"),
    forms: Annotated[Forms, typer.Option(help="Dạng văn bản được đo / which forms are measured.")] = Forms.DEMO,
    format: Annotated[Format, typer.Option(help="Dạng kết quả / form of the result.")] = Format.TABLE,
    jobs: Annotated[
        int | None, typer.Option(help="Số văn bản xử lý cùng lúc / documents worked on at once.", min=1)
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="Nêu từng phát hiện bị sót, báo nhầm / name what was missed or false.")
    ] = False,
) -> None:
    """Đo chất lượng từng công đoạn trên tập văn bản mẫu / Measure every stage on the corpus."""
    # What is measured is measured whole, the seconds too.
    settings = Settings(jobs=jobs, page_cache="off") if jobs else Settings(page_cache="off")
    pile = open_pile(corpus)
    names = pile.sets() if forms is Forms.ALL else [forms.value]
    scores = [score_set(pile, name, run_set(pile, name, settings, _progress)) for name in names]
    for score in scores:
        for outcome in score.failed:
            reporting.note(f"{score.name}: {outcome.problem}")
        if misses:
            _name_misses(score, reporting)
    if format is Format.JSONL:
        for line in as_jsonl(scores):
            typer.echo(line)
    else:
        Console(width=None if sys.stdout.isatty() else 60 + 14 * len(scores)).print(as_table(scores))


def _progress(number: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == total else ""
        print(f"\r\x1b[K{number}/{total} {name}", end=end, file=sys.stderr, flush=True)  # noqa: T201


def _name_misses(score: SetScore, reporting: Reporting) -> None:
    for row in score.findings.missed:
        reporting.note(f"{score.name}: missed {row.verdict} {row.id} ({row.kind}): {row.note}")
    for finding in score.findings.false_alarms:
        reporting.note(f"{score.name}: false conflict in {', '.join(finding.documents)}: {finding.message}")
