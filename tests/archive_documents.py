"""Small documents for the tests of the archive: their own words, as the stages would hand them on."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from pipeline import __version__
from pipeline.archive.store import Archive
from pipeline.models import (
    Abbreviation,
    Box,
    Citation,
    Components,
    DataCell,
    DataRow,
    DataTable,
    Doubt,
    Evidence,
    Extraction,
    Figure,
    Finding,
    Interval,
    Kind,
    Line,
    Page,
    Place,
    ProcessedDocument,
    Reading,
    Region,
    RegionKind,
    Sentence,
    Severity,
    StageSeconds,
    Task,
    TextSource,
    Trust,
    TrustDecision,
    Verdict,
    Word,
)
from pipeline.normalize.doubtful import DOUBTFUL_BELOW


@contextmanager
def session_of(archive: Archive) -> Iterator[Session]:
    """Give the tables of an archive, for what nobody may do from outside."""
    with archive._database.writing() as session:
        yield session


CELLS = (DataCell(column=0, text="A"), DataCell(column=1, text="1.250", figure="f1"))
BOX = Box(x0=72.5, y0=100, x1=300.25, y1=112)


def written(folder: Path, name: str, lines: Sequence[str]) -> Path:
    """Write a text file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def processed(path: Path, lines: Sequence[str], *, sentences: Sequence[Sequence[int]] = ()) -> ProcessedDocument:
    """Make a document of one page whose sentences run over the given line numbers, with one figure and one citation."""
    content = path.read_bytes()
    evidence = Evidence(document=path.name, page=1, line=1, box=BOX, raw=lines[0], text=lines[0])
    reading = Reading(
        document=path.name,
        digest=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        size=len(content),
        pages=(
            Page(
                number=1,
                width=595,
                height=842,
                source=TextSource.RECOGNISED,
                decision=TrustDecision(trust=Trust.GARBLED, score=0.125, reasons=("ít âm tiết đúng",)),
                lines=tuple(
                    Line(
                        number=number,
                        raw=line,
                        text=line,
                        box=BOX,
                        words=tuple(Word(text=word, box=BOX, confidence=0.9) for word in line.split()),
                    )
                    for number, line in enumerate(lines, start=1)
                ),
                regions=(Region(kind=RegionKind.STAMP, box=BOX, text="HỎA TỐC"), Region(kind=RegionKind.SEAL, box=BOX)),
            ),
        ),
    )
    extraction = Extraction(
        document=path.name,
        components=Components(document=path.name, type="Báo cáo", number="15", symbol="BC-UBND"),
        sentences=tuple(
            Sentence(number=number, text=" ".join(lines[n - 1] for n in span), page=1, lines=tuple(span))
            for number, span in enumerate(sentences)
        ),
        figures=(figure(evidence),),
        citations=(Citation(type="Nghị quyết", number="88-NQ/TU", date=dt.date(2025, 2, 3), evidence=evidence),),
        tasks=(Task(task="Trồng cây", lead=("Sở Xây dựng",), deadline=dt.date(2025, 11, 30), evidence=evidence),),
        tables=(DataTable(number=1, columns=("Xã", "Số cây"), rows=(DataRow(head="A", page=1, line=1, cells=CELLS),)),),
        abbreviations=(Abbreviation(short="BCĐ", full="Ban Chỉ đạo", evidence=evidence),),
    )
    seconds = StageSeconds(ocr=0.5, normalize=0.25, extract=0.125)
    return ProcessedDocument(reading=reading, extraction=extraction, seconds=seconds, version=__version__)


def figure(evidence: Evidence) -> Figure:
    """Make a figure."""
    return Figure(
        id=f"{evidence.document}#f1",
        value=Decimal("12.50"),
        kind=Kind.PERCENT,
        unit="%",
        qualifier="hơn",
        interval=Interval(low=Decimal("12.50"), high=None),
        subject="tỷ lệ hồ sơ trực tuyến",
        as_of=dt.date(2025, 9, 30),
        place=Place(sentence=0, start=0, end=5),
        evidence=evidence,
    )


def finding(name: str, verdict: Verdict = Verdict.CONFLICT) -> Finding:
    """Make a finding about one document."""
    return Finding(
        id=f"{name}-{verdict}",
        code="sum.text",
        verdict=verdict,
        severity=Severity.HIGH if verdict is Verdict.CONFLICT else Severity.NONE,
        documents=(name,),
        figures=(f"{name}#f1",),
        values=("12.50",),
        difference=Decimal("0.50"),
        message="Tổng không khớp.",
        message_en="The sum does not hold.",
    )


def with_doubts(document: ProcessedDocument, others: Mapping[str, Sequence[str]]) -> ProcessedDocument:
    """Make every word of `others` a doubtful one wherever it stands, as a repair and then the extraction would."""
    pages = tuple(
        page.model_copy(update={"lines": tuple(_doubted(line, others) for line in page.lines)})
        for page in document.reading.pages
    )
    sentences = tuple(
        sentence.model_copy(update={"doubts": _weighed(sentence.text, others)[1]})
        for sentence in document.extraction.sentences
    )
    return document.model_copy(
        update={
            "reading": document.reading.model_copy(update={"pages": pages}),
            "extraction": document.extraction.model_copy(update={"sentences": sentences}),
        }
    )


def _doubted(line: Line, others: Mapping[str, Sequence[str]]) -> Line:
    confidences, found = _weighed(line.text, others)
    return line.model_copy(update={"confidences": confidences, "doubts": found})


def _weighed(text: str, others: Mapping[str, Sequence[str]]) -> tuple[tuple[float, ...], tuple[Doubt, ...]]:
    words = text.split()
    confidences = tuple(0.55 if word in others else 0.97 for word in words)
    return confidences, doubts(text, confidences, [others.get(word, ()) for word in words])


def doubts(text: str, confidences: Sequence[float], others: Sequence[Sequence[str]]) -> tuple[Doubt, ...]:
    """The doubtful words of a line, given how sure each word of `text.split()` is and what else it may be."""
    return tuple(
        Doubt(start=word.start(), end=word.end(), confidence=confidence, others=tuple(readings))
        for word, confidence, readings in zip(re.finditer(r"\S+", text), confidences, others, strict=True)
        if confidence < DOUBTFUL_BELOW
    )
