"""A big archive of synthetic reports: sentences drawn from the shipped language model, loaded in bulk.

Sentences are drawn once and stand in many documents, each time with a number of their own, so that frequent and rare
words are as frequent and rare as in official Vietnamese, and every document has words that no other one has.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from pipeline import __version__
from pipeline.archive import amounts, attributes, terms, tokens
from pipeline.archive.connection import Database, backend
from pipeline.archive.matching import Entry
from pipeline.archive.passage_index import index_of
from pipeline.archive.schema import (
    Base,
    CitationRow,
    ComponentsRow,
    DocumentRow,
    FigureRow,
    FindingDocumentRow,
    FindingRow,
    LineRow,
    NameRow,
    PageRow,
    PassageRow,
    TaskRow,
)
from pipeline.archive.tokens import Spelling
from pipeline.archive.tsvector import vector
from pipeline.language.ngrams import NgramModel
from pipeline.models import (
    Citation,
    Components,
    Evidence,
    Figure,
    Finding,
    Interval,
    Kind,
    Place,
    Severity,
    Task,
    Verdict,
)

PAGES_OF_A_DOCUMENT = 20
PASSAGES_OF_A_PAGE = 8
FIGURES_OF_A_PAGE = 2
_SENTENCES = 60_000
_WORDS = 24
_DOCUMENTS_AT_ONCE = 100
_FINDINGS = 5_000
# What is loaded in bulk is indexed afterwards (https://www.postgresql.org/docs/current/populate.html).
_INDEXING = (
    "SET LOCAL maintenance_work_mem = '4GB'",
    "CREATE INDEX ix_passage_index_tokens ON passage_index USING gin (tokens)",
)
_TYPES = ("Báo cáo", "Kế hoạch", "Quyết định", "Công văn", "Tờ trình", "Thông báo")
_SYMBOLS = ("BC-UBND", "KH-UBND", "QĐ-UBND", "UBND-VP", "TTr-SNV", "TB-VPUBND")
_INDICATORS = ("tthc.ho-so-tiep-nhan", "chu-ky-so.da-cap", "vien-thong.tram-bts-5g", "dns.tai-khoan", "y-te.giuong")


@dataclass(frozen=True)
class Drawn:
    """A sentence, its words in the spellings in which it is searched, and their tokens in the index."""

    text: str
    words: Mapping[Spelling, Sequence[str]]
    tokens: Sequence[str]


def sentences(dice: random.Random, number: int = _SENTENCES) -> list[Drawn]:
    """Draw sentences from the trigrams of the language model."""
    folder = resources.files("pipeline.language") / "data" / "official"
    with resources.as_file(folder) as path:
        model = NgramModel.load(path)
    return [_drawn(" ".join(_words(model, dice))) for _ in range(number)]


def _drawn(text: str) -> Drawn:
    words = {Spelling.EXACT: terms.words(terms.exact(text)), Spelling.FOLDED: terms.words(terms.folded(text))}
    return Drawn(text, words, [token for spelling in Spelling for token in tokens.of_words(words[spelling], spelling)])


def _words(model: NgramModel, dice: random.Random) -> Iterator[str]:
    written = 0
    start = np.flatnonzero(np.diff(model.unigram_child) > 50)
    word = int(dice.choice(start))
    while written < _WORDS:
        first, end = int(model.unigram_child[word]), int(model.unigram_child[word + 1])
        if first == end:
            word = int(dice.choice(start))
            continue
        bigram = first + _one(dice, model.bigram[first:end])
        second = int(model.bigram_word[bigram])
        yield from (model.words[word], model.words[second])
        written += 2
        first, end = int(model.bigram_child[bigram]), int(model.bigram_child[bigram + 1])
        word = int(model.trigram_word[first + _one(dice, model.trigram[first:end])]) if end > first else second


def _one(dice: random.Random, steps: Any) -> int:
    weights = np.cumsum(np.exp(-0.07 * steps.astype(np.float64)))
    return int(np.searchsorted(weights, dice.random() * weights[-1]))


@dataclass
class Rows:
    """Rows of all tables that wait to be written."""

    tables: dict[Table, list[dict[str, Any]]]
    entries: list[Entry]


@dataclass(frozen=True)
class _Source:
    """What documents are made of: sentences, chance, and ids of passages."""

    drawn: Sequence[Drawn]
    dice: random.Random
    passages: Iterator[int]


Progress = Callable[[int], None]


def fill(folder: Path, database: str | None, pages: int, drawn: Sequence[Drawn], done: Progress) -> None:
    """Fill an empty archive.

    Args:
        folder: Where it stands.
        database: The URL of its PostgreSQL database, None for SQLite.
        pages: How many pages.
        drawn: The sentences of which they are made.
        done: Is called with the number of pages that have been written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    opened = Database(backend(folder, database))
    if database is not None:
        _execute(opened, "DROP INDEX ix_passage_index_tokens")
    source = _Source(drawn, random.Random(20261127), count(1))
    documents = pages // PAGES_OF_A_DOCUMENT
    for first in range(1, documents + 1, _DOCUMENTS_AT_ONCE):
        rows = Rows({table: [] for table in Base.metadata.sorted_tables}, [])
        for number in range(first, min(first + _DOCUMENTS_AT_ONCE, documents + 1)):
            _document(rows, number, source)
        with opened.writing() as session:
            _write(session, rows)
        done(min(first + _DOCUMENTS_AT_ONCE - 1, documents) * PAGES_OF_A_DOCUMENT)
    with opened.writing() as session:
        rows = Rows({table: [] for table in Base.metadata.sorted_tables}, [])
        _findings(rows, documents, source.dice)
        _write(session, rows)
        _count_on(session)
    if database is not None:
        _execute(opened, *_INDEXING)
    opened.close()


def _execute(opened: Database, *statements: str) -> None:
    with opened.writing() as session:
        for statement in statements:
            session.connection().exec_driver_sql(statement)


def _document(rows: Rows, number: int, source: _Source) -> None:
    drawn, dice = source.drawn, source.dice
    name, kind = f"bao-cao-{number:06}.pdf", dice.randrange(len(_TYPES))
    day = dt.date(2020, 1, 1) + dt.timedelta(days=dice.randrange(2500))
    issuer = f"Ủy ban nhân dân xã {dice.choice(drawn).text.split()[0].capitalize()} {number % 900}"
    _add(
        rows,
        DocumentRow,
        id=number,
        digest=hashlib.sha256(name.encode()).hexdigest(),
        file=name,
        name=name,
        media_type="application/pdf",
        size=1_000_000,
        ingested_at="2026-11-27T08:00:00+00:00",
        version=__version__,
        ocr_seconds=0.0,
        normalize_seconds=0.0,
        extract_seconds=0.0,
        repaired_words=dice.randrange(400),
        doubtful_words=dice.randrange(40),
        worst=1,
    )
    _add(rows, NameRow, document_id=number, name=name, first_seen_at="2026-11-27T08:00:00+00:00")
    components = Components(
        document=name,
        type=_TYPES[kind],
        number=str(dice.randrange(1, 900)),
        symbol=_SYMBOLS[kind],
        issuer=issuer,
        place="tỉnh",
        date=day,
        subject=dice.choice(drawn).text,
    )
    kept = components.model_dump(include={"type", "number", "symbol", "issuer", "subject"})
    sought = terms.folded("/".join([name, *(str(value) for value in kept.values())]))
    record = components.model_dump_json()
    parts = {"date": day.isoformat(), "record": record, "sought": sought, **kept}
    _add(rows, ComponentsRow, document_id=number, **parts)
    of_document = list(attributes.of_document(ComponentsRow(**parts)))
    for page in range(1, PAGES_OF_A_DOCUMENT + 1):
        _page(rows, (number, page, name), of_document, source)
    evidence = Evidence(document=name, page=1, line=1, text="Giao Sở Xây dựng.")
    due = day + dt.timedelta(days=90)
    task = Task(task=dice.choice(drawn).text, lead=("Sở Xây dựng",), deadline=due, evidence=evidence)
    told = terms.folded("/".join([task.task, *task.lead, name]))
    record = task.model_dump_json()
    _add(rows, TaskRow, document_id=number, deadline=due.isoformat(), page=1, line=1, sought=told, record=record)
    cited = Citation(type="Kế hoạch", number=f"{dice.randrange(1, 400)}/KH-UBND", date=day, evidence=evidence)
    _add(
        rows,
        CitationRow,
        document_id=number,
        type=cited.type,
        number=cited.number,
        date=day.isoformat(),
        sought=terms.folded(f"{cited.type}/{cited.number}/{day.isoformat()}"),
        record=cited.model_dump_json(),
    )


def _page(
    rows: Rows,
    place: tuple[int, int, str],
    of_document: Sequence[str],
    source: _Source,
) -> None:
    document, number, name = place
    dice = source.dice
    page = (document - 1) * PAGES_OF_A_DOCUMENT + number
    _add(
        rows, PageRow, id=page, document_id=document, number=number, width=595.0, height=842.0, source="layer",
        grade="good",
    )  # fmt: skip
    for line in range(1, PASSAGES_OF_A_PAGE + 1):
        sentence, value = dice.choice(source.drawn), dice.randrange(1_000, 9_999_999)
        numeral = f"{value:,}".replace(",", ".")
        text = f"{sentence.text} {numeral} hồ sơ"
        in_document = (number - 1) * PASSAGES_OF_A_PAGE + line
        _add(rows, LineRow, page_id=page, number=in_document, raw=text, text=text, role="body")
        passage = next(source.passages)
        _add(rows, PassageRow, id=passage, document_id=document, page=number, lines=f"[{in_document}]", text=text)
        known = [*sentence.tokens, *_at_the_end(sentence, numeral), *of_document]
        if line <= FIGURES_OF_A_PAGE:
            known += (*amounts.of_value(Decimal(value)), *amounts.of_counted("hồ sơ hồ sơ"))
            _figure(rows, document, Evidence(document=name, page=number, line=in_document, text=text), value, dice)
        rows.entries.append(Entry(passage, tuple(dict.fromkeys(known))))


def _at_the_end(sentence: Drawn, numeral: str) -> Iterator[str]:
    for spelling, unit in ((Spelling.EXACT, ("hồ", "sơ")), (Spelling.FOLDED, ("ho", "so"))):
        yield from tokens.of_words([sentence.words[spelling][-1], *numeral.split("."), *unit], spelling)


def _figure(rows: Rows, document: int, evidence: Evidence, value: int, dice: random.Random) -> None:
    figure = Figure(
        id=f"{evidence.document}#p{evidence.page}.{evidence.line}",
        value=Decimal(value),
        kind=Kind.COUNT,
        unit="hồ sơ",
        interval=Interval(low=Decimal(value), high=Decimal(value)),
        subject="hồ sơ",
        indicator=dice.choice(_INDICATORS) if dice.random() < 0.1 else None,
        as_of=dt.date(2020, 1, 1) + dt.timedelta(days=dice.randrange(2500)),
        place=Place(sentence=evidence.line, start=0, end=5),
        evidence=evidence,
    )
    _add(
        rows,
        FigureRow,
        document_id=document,
        figure=figure.id,
        value=str(value),
        kind=figure.kind.value,
        unit=figure.unit,
        subject=figure.subject,
        indicator=figure.indicator,
        as_of=str(figure.as_of),
        last_day=str(figure.as_of),
        page=evidence.page,
        line=evidence.line,
        record=figure.model_dump_json(),
    )


def _findings(rows: Rows, documents: int, dice: random.Random) -> None:
    for number in range(1, _FINDINGS + 1):
        name = f"bao-cao-{dice.randrange(1, documents + 1):06}.pdf"
        verdict = Verdict.CONFLICT if number % 3 else Verdict.CONSISTENT
        finding = Finding(
            id=f"{number:08x}",
            code="sum.text",
            verdict=verdict,
            severity=Severity.HIGH,
            documents=(name,),
            figures=(f"{name}#p1.1",),
            values=("1",),
            message="Tổng không khớp.",
            message_en="The sum does not hold.",
        )
        _add(
            rows,
            FindingRow,
            id=number,
            finding=finding.id,
            code=finding.code,
            verdict=verdict.value,
            severity=finding.severity.value,
            record=finding.model_dump_json(),
        )
        _add(rows, FindingDocumentRow, finding_id=number, document=name)


def _add(rows: Rows, model: type[Base], /, **values: Any) -> None:
    rows.tables[model.__table__].append(values)  # type: ignore[index]


def _write(session: Session, rows: Rows) -> None:
    copying = session.get_bind().dialect.name == "postgresql"
    for table, waiting in rows.tables.items():
        if waiting and copying:
            _copy(session, table.name, waiting)
        elif waiting:
            session.execute(insert(table), waiting)
    if copying and rows.entries:
        _copy(session, "passage_index", [_vectors(entry) for entry in rows.entries])
    elif rows.entries:
        index_of(session).enter(session, rows.entries)


def _vectors(entry: Entry) -> Mapping[str, Any]:
    return {"passage": entry.passage, "tokens": vector(entry)}


def _copy(session: Session, table: str, waiting: Sequence[Mapping[str, Any]]) -> None:
    """Write rows by PostgreSQL's COPY, as CSV: it is what bulk loading means there."""
    columns = list(waiting[0])
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL)
    writer.writerows([[row[column] for column in columns] for row in waiting])
    names = ", ".join(f'"{column}"' for column in columns)
    cursor: Any = session.connection().connection.cursor()
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT csv)") as stream:
        stream.write(written.getvalue())


def _count_on(session: Session) -> None:
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.c and (last := session.scalars(select(func.max(table.c.id))).one()):
            session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
