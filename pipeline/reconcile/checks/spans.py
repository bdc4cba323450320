"""Spans of time that cannot be: a period that ends before it begins ("30/4/2075 – 30/4/2025")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from pipeline.models import Evidence, Finding, Sentence, Severity, Verdict
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.slips import WRONG_YEAR
from pipeline.reconcile.wording import Message

SPAN = "date.span"

_DATE = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_SPAN = re.compile(rf"(?<![\d/]){_DATE}\s*(?:[-–—]|đến(?: hết)?(?: ngày)?)\s*{_DATE}(?![\d/])")
_YEARS = re.compile(r"\bgiai đoạn\s+((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b", re.IGNORECASE)


@check("spans")
def spans(context: Context) -> Iterable[Finding]:
    """Report spans of dates or years that run backwards."""
    for extraction in context.extractions:
        for sentence in extraction.sentences:
            yield from _of_dates(extraction.document, sentence)
            for match in _YEARS.finditer(sentence.text):
                if int(match[1]) > int(match[2]):
                    yield _backwards(extraction.document, sentence, match[0], WRONG_YEAR)


def _of_dates(document: str, sentence: Sentence) -> Iterator[Finding]:
    for match in _SPAN.finditer(sentence.text):
        day, month, year, end_day, end_month, end_year = map(int, match.groups())
        try:
            begins, ends = dt.date(year, month, day), dt.date(end_year, end_month, end_day)
        except ValueError:
            continue  # 31/6: the reading of the date is in doubt, not the span
        if begins > ends:
            in_order = (month, day) <= (end_month, end_day)
            yield _backwards(document, sentence, match[0], WRONG_YEAR if in_order else None)


def _backwards(document: str, sentence: Sentence, span: str, cause: str | None) -> Finding:
    line = sentence.lines[0] if sentence.lines else 0
    evidence = Evidence(document=document, page=sentence.page, line=line, raw=span, text=sentence.text)
    return write(
        Claim(
            SPAN,
            Verdict.CONFLICT,
            Severity.LOW,
            Message(f"Khoảng thời gian kết thúc trước khi bắt đầu: {span}", f"A span ends before it begins: {span}"),
            evidence=(evidence,),
            extra=(span,),
            cause=cause,
        )
    )
