"""Citations: one document number with two dates, a date that contradicts the number's own year, a date to come."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.unicode import fold
from pipeline.models import Citation, Finding, Severity, Verdict
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.gathered import CITATION_DATES
from pipeline.reconcile.registry import check
from pipeline.reconcile.slips import WRONG_YEAR
from pipeline.reconcile.wording import Message

DATES = CITATION_DATES
YEAR = "citation.year"
FUTURE = "citation.future"

_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)/")
# Bodies of which there is one in the country; their numbers mean the same document whoever cites them.
_CENTRAL = re.compile(r"\b(?:TW|TTg|CP|QH\d+|UBTVQH\d+|VPCP|TTCP|BCĐTW|CTN|HĐBT)$")


@dataclass(frozen=True)
class Dated:
    """A citation that gives number and date."""

    number: str
    date: dt.date
    citation: Citation


@check("citations")
def citations(context: Context) -> Iterable[Finding]:
    """Check the dates of cited documents."""
    grouped: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for extraction in context.extractions:
        for citation in extraction.citations:
            if citation.number and citation.date:
                dated = Dated(citation.number, citation.date, citation)
                grouped[_key(context, dated)].append(dated)
                yield from _alone(context, dated)
    for group in grouped.values():
        yield from _together(group)


def _key(context: Context, dated: Dated) -> tuple[str, str]:
    """Return what makes two citations one document: the number, the type, and for local numbers whose it is."""
    number = re.sub(r"\s", "", dated.number).upper()
    if _YEAR_IN_NUMBER.search(number) and _CENTRAL.search(dated.number):
        return number, ""
    # Local bodies number alike: "45/KH-UBND" of one province is not that of another. Numbering restarts each year.
    issuer = "" if _CENTRAL.search(dated.number) else fold(dated.citation.issuer or dated.citation.evidence.document)
    return number, f"{fold(dated.citation.type or '')}|{dated.date.year}|{issuer}"


def _together(group: Sequence[Dated]) -> Iterator[Finding]:
    by_date: dict[dt.date, Dated] = {}
    for dated in group:
        by_date.setdefault(dated.date, dated)
    first = group[0]
    name = f"{first.citation.type or 'Văn bản'} {first.number}"
    if len(by_date) > 1:
        shown = ", ".join(f"{date:%d/%m/%Y}" for date in sorted(by_date))
        yield write(
            Claim(
                DATES,
                Verdict.CONFLICT,
                Severity.LOW,
                Message(
                    f"Một văn bản được dẫn với nhiều ngày khác nhau: {name}: {shown}",
                    f"One document is cited with different dates: {name}: {shown}",
                ),
                evidence=[by_date[date].citation.evidence for date in sorted(by_date)],
                link=f"cùng số, ký hiệu {first.number}",
                extra=(first.number, shown),
            )
        )
    elif len(group) > 1:
        yield write(
            Claim(
                DATES,
                Verdict.CONSISTENT,
                Severity.NONE,
                Message(
                    f"Ngày của văn bản được dẫn {len(group)} lần đều khớp: {name}, {first.date:%d/%m/%Y}",
                    f"All {len(group)} citations give the same date: {name}, {first.date:%d/%m/%Y}",
                ),
                evidence=[dated.citation.evidence for dated in group],
                link=f"cùng số, ký hiệu {first.number}",
                extra=(first.number,),
            )
        )


def _alone(context: Context, dated: Dated) -> Iterator[Finding]:
    year = _YEAR_IN_NUMBER.search(dated.number)
    if year and int(year[1]) != dated.date.year:
        yield _impossible(
            YEAR,
            dated,
            Message(
                f"Ngày {dated.date:%d/%m/%Y} không khớp năm {year[1]} trong số, ký hiệu {dated.number}",
                f"The date {dated.date:%d/%m/%Y} is not of the year {year[1]} in the number {dated.number}",
            ),
            proposal=f"kiểm tra lại năm: ngày {dated.date:%d/%m}/{year[1]} hoặc số, ký hiệu của năm {dated.date.year}",
        )
    issued = context.issued(dated.citation.evidence.document)
    if issued and dated.date > issued:
        yield _impossible(
            FUTURE,
            dated,
            Message(
                f"Văn bản {dated.number} được dẫn với ngày {dated.date:%d/%m/%Y}, sau ngày ký {issued:%d/%m/%Y}",
                f"{dated.number} is cited with {dated.date:%d/%m/%Y}, later than the citing document, "
                f"{issued:%d/%m/%Y}",
            ),
        )


def _impossible(code: str, dated: Dated, message: Message, proposal: str | None = None) -> Finding:
    return write(
        Claim(
            code,
            Verdict.CONFLICT,
            Severity.MEDIUM,
            message,
            evidence=(dated.citation.evidence,),
            extra=(dated.number, dated.date.isoformat()),
            cause=WRONG_YEAR if proposal else None,
            proposal=proposal,
        )
    )
