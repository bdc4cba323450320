"""What older documents hold that may be of one thing with what new ones state: found by keys, loaded in part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from pipeline.archive import rows
from pipeline.archive.schema import CitationRow, ComponentsRow, DocumentRow, FigureRow, SentenceRow
from pipeline.language.unicode import fold
from pipeline.models import Citation, Components, Extraction, Figure, Kind, Sentence
from pipeline.reconcile.context import without_rank
from pipeline.reconcile.linking import name_of, partners

_Key = TypeVar("_Key", int, str)
_AT_ONCE = 500  # values of one SQL "IN"


def beside(session: Session, names: Collection[str]) -> list[Extraction]:
    """Return of all documents but those with these names what may be compared with them.

    These are figures of the same indicators, figures whose names share a rare word with theirs, the wholes of both (of
    documents of the same place, or of none), and citations of the same numbers. A document without date or place is
    loaded whole, for its text says when and where it is from. Names are looked for in all documents of the place, by
    their words alone; nothing else grows with the archive.
    """
    new = set(session.scalars(select(DocumentRow.id).where(DocumentRow.name.in_(names))))
    figures, cited = _figures(session, new), _citations(session, new)
    return [
        _part(session, row, figures[row.id], cited[row.id])
        for some in _batches(figures.keys() | cited.keys())
        for row in session.scalars(select(DocumentRow).where(DocumentRow.id.in_(some)).order_by(DocumentRow.id))
    ]


def _figures(session: Session, new: Collection[int]) -> dict[int, list[Figure]]:
    """Return by document the figures that may be compared with those of new documents, and their wholes."""
    elsewhere = _elsewhere(session, new)
    columns = (FigureRow.id, FigureRow.document_id, FigureRow.kind, FigureRow.unit, FigureRow.subject)
    every = session.execute(select(*columns, FigureRow.indicator))
    stated = [row for row in every if row.document_id not in elsewhere]
    named = {row.id: (Kind(row.kind), name_of(Kind(row.kind), row.subject, row.unit)) for row in stated}
    own = {row.id for row in stated if row.document_id in new}
    followed = {row.indicator for row in stated if row.id in own and row.indicator}
    alike = {row.id for row in stated if row.indicator in followed}
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    for some in _batches((partners(named, own) | alike) - own):
        for row in session.scalars(select(FigureRow).where(FigureRow.id.in_(some))):
            found[row.document_id][row.figure] = Figure.model_validate_json(row.record)
    for document, figures in found.items():
        for wholes in _batches({figure.whole for figure in figures.values() if figure.whole} - figures.keys()):
            in_document = (FigureRow.document_id == document) & FigureRow.figure.in_(wholes)
            for row in session.scalars(select(FigureRow).where(in_document)):
                figures[row.figure] = Figure.model_validate_json(row.record)
    return defaultdict(list, {document: list(figures.values()) for document, figures in found.items()})


def _elsewhere(session: Session, new: Collection[int]) -> set[int]:
    """Return the documents of places of which no new one is: no figure is compared over a border."""
    place = func.json_extract(ComponentsRow.record, "$.place")
    places = {
        document: fold(without_rank(name or ""))
        for document, name in session.execute(select(ComponentsRow.document_id, place))
    }
    own = {places[document] for document in new}
    return set() if "" in own else {document for document, name in places.items() if name and name not in own}


def _citations(session: Session, new: Collection[int]) -> dict[int, list[Citation]]:
    numbers = session.scalars(select(CitationRow.number).where(CitationRow.document_id.in_(new)))
    found: dict[int, list[Citation]] = defaultdict(list)
    for some in _batches({number for number in numbers if number}):
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
        for some in _batches({figure.place.sentence for figure in figures})
        for sentence in session.scalars(select(SentenceRow.record).where(in_document, number.in_(some)))
    ]
    return Extraction(
        document=row.name,
        components=components,
        sentences=tuple(sorted(sentences, key=lambda sentence: sentence.number)),
        figures=tuple(figures),
        citations=tuple(cited),
    )


def _batches(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    waiting = iter(sorted(keys))
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
