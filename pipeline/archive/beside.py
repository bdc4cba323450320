"""What older documents hold that may be of one thing with what new ones state: found by keys, loaded in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from pipeline.archive import rows
from pipeline.archive.batches import in_batches
from pipeline.archive.schema import CitationRow, ComponentsRow, DocumentRow, FigureRow, SentenceRow
from pipeline.language.unicode import fold
from pipeline.models import Citation, Components, Extraction, Figure, Kind, Sentence
from pipeline.reconcile.context import without_rank
from pipeline.reconcile.linking import name_of, partners
from pipeline.reconcile.timelines import LOOK_BACK


class _Stated(NamedTuple):
    """What is known of a figure without its record; `date` is its document's."""

    id: int
    document_id: int
    kind: str
    unit: str
    subject: str
    indicator: str | None
    as_of: str | None
    period: str | None
    date: str | None


def beside(session: Session, names: Collection[str]) -> list[Extraction]:
    """Return of all documents but those with these names what may be compared with them.

    These are figures of the same indicators (of each the statements next in time), figures whose names share a rare
    word with theirs, the wholes of both (of documents of the same place, or of none), and citations of the same
    numbers. A document without date or place is loaded whole, for its text says when and where it is from; so is one
    with the same number and symbol, which may be the same document. The names of the place's figures are looked
    through, by their words alone; nothing else grows with the archive.
    """
    new = set(session.scalars(select(DocumentRow.id).where(DocumentRow.name.in_(names))))
    figures, cited, same = _figures(session, new), _citations(session, new), _of_same_number(session, new)
    return [
        rows.extraction_of(row) if row.id in same else _part(session, row, figures[row.id], cited[row.id])
        for some in in_batches(figures.keys() | cited.keys() | same)
        for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(some)).order_by(DocumentRow.id))
    ]


def _figures(session: Session, new: Collection[int]) -> dict[int, list[Figure]]:
    """Return by document the figures that may be compared with those of new documents, and their wholes."""
    stated = _stated(session, new)
    named = {row.id: (Kind(row.kind), name_of(Kind(row.kind), row.subject, row.unit)) for row in stated}
    own = {row.id for row in stated if row.document_id in new}
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    for some in in_batches((partners(named, own) | _next_in_time(stated, own)) - own):
        for row in session.scalars(select(FigureRow).where(FigureRow.id.in_(some))):
            found[row.document_id][row.figure] = Figure.model_validate_json(row.record)
    for document, figures in found.items():
        for wholes in in_batches({figure.whole for figure in figures.values() if figure.whole} - figures.keys()):
            in_document = (FigureRow.document_id == document) & FigureRow.figure.in_(wholes)
            for row in session.scalars(select(FigureRow).where(in_document)):
                figures[row.figure] = Figure.model_validate_json(row.record)
    return defaultdict(list, {document: list(figures.values()) for document, figures in found.items()})


def _stated(session: Session, new: Collection[int]) -> list[_Stated]:
    """Return what is looked through: the figures of the new documents' places, and of documents of no known place."""
    columns = (
        FigureRow.id, FigureRow.document_id, FigureRow.kind, FigureRow.unit, FigureRow.subject,
        FigureRow.indicator, FigureRow.as_of, FigureRow.period, ComponentsRow.date,
    )  # fmt: skip
    query = select(*columns).join(ComponentsRow, ComponentsRow.document_id == FigureRow.document_id)
    return [
        _Stated(*row)
        for some in in_batches(_near(session, new))
        for row in session.execute(query.where(FigureRow.document_id.in_(some)))
    ]


def _near(session: Session, new: Collection[int]) -> set[int]:
    """Return the documents of places of which a new one is, and of no place: no figure is compared over a border."""
    place = func.json_extract(ComponentsRow.record, "$.place")
    places = {
        document: fold(without_rank(name or ""))
        for document, name in session.execute(select(ComponentsRow.document_id, place))
    }
    own = {places[document] for document in new}
    return {document for document, name in places.items() if "" in own or not name or name in own}


def _next_in_time(stated: Sequence[_Stated], own: Collection[int]) -> set[int]:
    """Return, of each indicator of own figures, the figures that are next to these in the order of their days."""
    followed = {row.indicator for row in stated if row.id in own}
    lines: dict[str, list[_Stated]] = defaultdict(list)
    for row in stated:
        if row.indicator and row.indicator in followed:
            lines[row.indicator].append(row)
    found: set[int] = set()
    for line in lines.values():
        line.sort(key=lambda row: (_moment(row), row.id))
        found.update(row.id for row in line if not _moment(row))
        for place in (place for place, row in enumerate(line) if row.id in own):
            found.update(row.id for row in line[max(0, place - LOOK_BACK) : place + LOOK_BACK + 1])
    return found


def _moment(row: _Stated) -> str:
    """Return the last day that a figure counts, ISO 8601, or nothing where neither it nor its document has a date."""
    return (row.period or "").rpartition("/")[2] or row.as_of or row.date or ""


def _of_same_number(session: Session, new: Collection[int]) -> set[int]:
    """Return the documents that bear number and symbol of a new one: they may be the same document."""
    columns = (ComponentsRow.number, ComponentsRow.symbol)
    named = session.execute(select(*columns).where(ComponentsRow.document_id.in_(new)))
    found: set[int] = set()
    for number, symbol in named:
        if number and symbol:
            same = (ComponentsRow.number == number) & (ComponentsRow.symbol == symbol)
            found.update(session.scalars(select(ComponentsRow.document_id).where(same)))
    return found - set(new)


def _citations(session: Session, new: Collection[int]) -> dict[int, list[Citation]]:
    numbers = session.scalars(select(CitationRow.number).where(CitationRow.document_id.in_(new)))
    found: dict[int, list[Citation]] = defaultdict(list)
    for some in in_batches({number for number in numbers if number}):
        for row in session.scalars(select(CitationRow).where(CitationRow.number.in_(some)).order_by(CitationRow.id)):
            if row.document_id not in new:
                found[row.document_id].append(Citation.model_validate_json(row.record))
    return found


def _part(session: Session, row: DocumentRow, figures: Sequence[Figure], cited: Sequence[Citation]) -> Extraction:
    record = session.scalars(select(ComponentsRow.record).where(ComponentsRow.document_id == row.id)).one()
    components = Components.model_validate_json(record)
    if components.date is None or not components.place:
        return rows.extraction_of(row)
    number = cast(func.json_extract(SentenceRow.record, "$.number"), Integer)
    in_document = SentenceRow.document_id == row.id
    sentences = [
        Sentence.model_validate_json(sentence)
        for some in in_batches({figure.place.sentence for figure in figures})
        for sentence in session.scalars(select(SentenceRow.record).where(in_document, number.in_(some)))
    ]
    return Extraction(
        document=row.name,
        components=components,
        sentences=tuple(sorted(sentences, key=lambda sentence: sentence.number)),
        figures=tuple(figures),
        citations=tuple(cited),
    )
