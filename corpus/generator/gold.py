"""What is true of a document, written beside it: its lines, figures, components, citations, and the findings to make.

The keys are those that `doisoat extract --format jsonl` prints; docs/CORPUS.md describes the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.generator.citation_marks import MarkedCitation
from corpus.generator.figure_marks import MarkedFigure
from corpus.generator.layout import Sheet
from corpus.generator.source import Check, Head, Source, SourceError
from corpus.generator.task_marks import MarkedTask
from pipeline.evaluation.cells import COLUMNS, Place, numeric

PAGE_BREAK = "\f"
FINDINGS_HEAD = "# id\tverdict\tkind\tdocuments\tvalues\tnote"
UNIT_SCALES = {"nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}


def write(folder: Path, source: Source, sheets: Sequence[Sheet]) -> None:
    """The gold of one document into `folder`: text.txt, cells.tsv, components.json, and the other records as JSONL."""
    write_records(folder, source, text(sheets))
    (folder / "cells.tsv").write_text(cells(source.name, sheets), encoding="utf-8")


def write_records(folder: Path, source: Source, printed: str) -> None:
    """The gold of a document but for the cells of its tables; `printed` is its text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(printed, encoding="utf-8")
    _write_lines(folder / "figures.jsonl", figures(source))
    _write_lines(folder / "citations.jsonl", (citation(source.name, c) for c in source.citations))
    _write_lines(folder / "tasks.jsonl", (task(source.name, t) for t in source.tasks))
    (folder / "components.json").write_text(_json(components(source)) + "\n", encoding="utf-8")


def text(sheets: Sequence[Sheet]) -> str:
    """Every printed line on its own line, pages parted by form feeds."""
    return PAGE_BREAK.join("".join(line.text + "\n" for line in sheet.printed()) for sheet in sheets)


def cells(document: str, sheets: Sequence[Sheet]) -> str:
    """Every numeric cell of the document's tables on a line of its own, in the form of `pipeline.evaluation.cells`."""
    lines = ["\t".join(COLUMNS)]
    for page, sheet in enumerate(sheets, 1):
        for table, rows in enumerate(sheet.tables, 1):
            printed = ((Place(row, column), text) for row, said in enumerate(rows) for column, text in enumerate(said))
            for place, numeral in numeric(printed).items():
                lines.append(f"{document}\t{page}\t{table}\t{place.row}\t{place.column}\t{numeral}")
    return "\n".join(lines) + "\n"


def figures(source: Source) -> Iterable[dict[str, Any]]:
    """The document's figures; `table` says whether a figure stands in a table's cell."""
    labelled = source.labelled()
    for figure in source.figures:
        whole = labelled[figure.whole].value if figure.whole else None
        yield {
            "document": source.name,
            "value": figure.value,
            "upper": figure.upper,
            "kind": figure.kind,
            "unit": figure.unit,
            "subject": figure.subject,
            "qualifier": figure.qualifier,
            "cumulative": figure.cumulative,
            "as_of": figure.as_of,
            "period": figure.period,
            "status": figure.status,
            "part_of": whole,
            "indicator": figure.indicator,
            "table": figure.in_table,
            "text": figure.printed,
        }


def components(source: Source) -> dict[str, Any]:
    """The parts of the letter (thể thức văn bản), as printed."""
    head: Head = source.head
    return {
        "document": source.name,
        "type": head.type,
        "number": head.number,
        "symbol": head.symbol,
        "issuer": head.issuer,
        "parent": head.parent or None,
        "place": head.place,
        "date": head.date,
        "subject": head.subject,
        "to": head.items("to"),
        "authority": " ".join(head.items("authority")) or None,
        "signer_title": head.signer_title,
        "signer": head.signer,
        "recipients": head.items("recipients"),
        "urgency": head.urgency or None,
    }


def citation(document: str, mark: MarkedCitation) -> dict[str, Any]:
    """One citation; `title` is what follows the issuer."""
    return {
        "document": document,
        "type": mark.type,
        "number": mark.number,
        "date": mark.date,
        "issuer": mark.issuer,
        "title": mark.title,
    }


def task(document: str, mark: MarkedTask) -> dict[str, Any]:
    """One task; `deadline` is the last day in time."""
    return {
        "document": document,
        "task": mark.task,
        "lead": mark.lead,
        "support": mark.support,
        "deadline": mark.deadline,
        "recurrence": mark.recurrence,
        "target": mark.target,
    }


def write_findings(path: Path, sources: Sequence[Source], across: Iterable[Check]) -> None:
    """All checks of the corpus as one table.

    Verdicts: conflict, consistent, and implied: a conflict that follows from another one and need not be told again.
    """
    rows = [FINDINGS_HEAD]
    known = {source.name: source.labelled() for source in sources}
    for source in sources:
        for number, check in enumerate(source.checks, 1):
            rows.append(_row(f"{source.name}-{number:02}", check, operands(check, known[source.name]), [source.name]))
    for number, check in enumerate(across, 1):
        names = sorted({operand.split("/")[0] for operand in check.operands})
        together = {f"{name}/{label}": figure for name in names for label, figure in known[name].items()}
        rows.append(_row(f"across-{number:02}", check, operands(check, together), names))
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def operands(check: Check, figures: Mapping[str, MarkedFigure]) -> list[MarkedFigure | Decimal]:
    """What a check compares: figures, and amounts that are written in words or counted in a list.

    Raises:
        SourceError: no figure has that label.
    """
    found: list[MarkedFigure | Decimal] = []
    for operand in check.operands:
        if operand.startswith("="):
            found.append(Decimal(operand[1:]))
        elif operand in figures:
            found.append(figures[operand])
        else:
            raise SourceError(f"no figure is labelled {operand!r}")
    return found


def _row(name: str, check: Check, parts: Sequence[MarkedFigure | Decimal], documents: Sequence[str]) -> str:
    values: list[str] = []
    for part in parts:
        if isinstance(part, Decimal):
            values.append(str(part))
        else:
            values += [_vietnamese(Decimal(number)) for number in part.value.split("/")]
    if check.kind == "words" and check.verdict == "conflict":
        # An amount in words has no unit of its own: told in the figure's unit or in đồng, it is the same amount.
        figure = parts[0]
        scale = UNIT_SCALES.get(figure.unit, 1) if isinstance(figure, MarkedFigure) else 1
        values += [str(part * scale) for part in parts if isinstance(part, Decimal) and scale > 1]
    distinct = list(dict.fromkeys(values))
    return "\t".join([name, check.verdict, check.kind, ",".join(documents), "; ".join(distinct), check.note])


def _vietnamese(number: Decimal) -> str:
    return f"{number:,f}".translate(str.maketrans(",.", ".,"))


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(_json(record) + "\n" for record in records), encoding="utf-8")
