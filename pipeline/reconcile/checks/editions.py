"""The same document twice in the archive: copies, of which one is reconciled, and versions that differ."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models import Evidence, Extraction, Figure, Finding, Severity, Verdict
from pipeline.reconcile import wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.editions import COPIES, Edition, Versions
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

VERSIONS = "document.versions"

_MOST_SHOWN = 5


@check("editions")
def editions(context: Context) -> Iterable[Finding]:
    """Tell of the documents that are there more than once."""
    present = {extraction.document: extraction for extraction in context.present}
    for edition in context.editions.copies:
        yield _copies(edition, [present[name] for name in (edition.reconciled, *edition.copies)])
    for versions in context.editions.versions:
        yield _versions(versions, [present[name] for name in versions.documents])


def _copies(edition: Edition, documents: list[Extraction]) -> Finding:
    count, named = len(documents), ", ".join(extraction.document for extraction in documents)
    return write(
        Claim(
            COPIES,
            Verdict.UNKNOWN,
            Severity.NONE,
            Message(
                f"Một văn bản có {count} bản trong kho: {named}; chỉ đối soát {edition.reconciled}, không tính là "
                f"{count} nguồn",
                f"One document is there {count} times: {named}; {edition.reconciled} is reconciled, they are not "
                f"{count} sources",
            ),
            evidence=[_beginning(extraction) for extraction in documents],
            link="chữ và số liệu gần như trùng nhau",
        )
    )


def _versions(versions: Versions, documents: list[Extraction]) -> Finding:
    changed = "; ".join(map(_change, versions.changed[:_MOST_SHOWN]))
    told = f": {changed}" + (" …" if len(versions.changed) > _MOST_SHOWN else "") if changed else ""
    first, second = versions.documents
    figures = [figure for pair in versions.changed for figure in pair]
    return write(
        Claim(
            VERSIONS,
            Verdict.UNKNOWN,
            Severity.MEDIUM,
            Message(
                f"{first} và {second} là hai bản của một văn bản nhưng nội dung khác nhau{told}; bản nào có hiệu lực?",
                f"{first} and {second} are versions of one document with different content{told}; which one holds?",
            ),
            figures=figures,
            evidence=[] if figures else [_beginning(extraction) for extraction in documents],
            link="cùng số, ký hiệu, ngày và cơ quan ban hành, hoặc chữ gần như trùng nhau",
        )
    )


def _change(pair: tuple[Figure, Figure]) -> str:
    return " / ".join(map(wording.with_unit, pair))


def _beginning(extraction: Extraction) -> Evidence:
    sentence = extraction.sentences[0] if extraction.sentences else None
    page, line = (sentence.page, sentence.lines[0]) if sentence else (1, 1)
    return Evidence(document=extraction.document, page=page, line=line, text=sentence.text if sentence else "")
