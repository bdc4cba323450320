"""What the search index holds of the passages of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive import amounts, attributes, rows, terms, tokens
from pipeline.archive.matching import Entry
from pipeline.archive.passage_index import index_of
from pipeline.archive.readings import Readings
from pipeline.archive.schema import ComponentsRow, DocumentRow, FigureRow, PassageRow
from pipeline.archive.terms import Form
from pipeline.archive.tokens import Spelling
from pipeline.models import Kind

_FORMS: dict[Spelling, Form] = {Spelling.EXACT: terms.exact, Spelling.FOLDED: terms.folded}
_DOCUMENTS_AT_ONCE = 50


def enter(session: Session, documents: Sequence[int]) -> None:
    """Enter the passages of documents that are not in the search index, given by their ids."""
    for first in range(0, len(documents), _DOCUMENTS_AT_ONCE):
        entries = list(_entries(session, documents[first : first + _DOCUMENTS_AT_ONCE]))
        if entries:
            index_of(session).enter(session, entries)


def take_out(session: Session, documents: Sequence[int]) -> None:
    """Take the passages of documents out of the search index; they are still in the archive."""
    entries = list(_entries(session, documents))
    if entries:
        index_of(session).take_out(session, entries)


def fill(session: Session) -> None:
    """Enter the passages of all documents where a new revision of the tables has left the index empty."""
    if not index_of(session).size(session):
        enter(session, session.scalars(select(DocumentRow.id).order_by(DocumentRow.id)).all())


def _of_text(passage: PassageRow) -> Iterator[str]:
    """Yield the tokens of a passage's words, and of the words that its doubtful ones may be."""
    doubts = rows.doubts_of(passage.doubts)
    for spelling, form in _FORMS.items():
        yield from tokens.of_words(terms.words(form(passage.text)), spelling)
        if doubts:
            for window in Readings(passage.text, doubts, form).windows():
                yield from tokens.of_words(window, spelling)


def _entries(session: Session, documents: Sequence[int]) -> Iterator[Entry]:
    components = select(ComponentsRow).where(ComponentsRow.document_id.in_(documents))
    of_documents = {row.document_id: list(attributes.of_document(row)) for row in session.scalars(components)}
    figures = _of_figures(session, documents)
    found = select(PassageRow).where(PassageRow.document_id.in_(documents)).order_by(PassageRow.id)
    for passage in session.scalars(found):
        held = [*_of_text(passage), *of_documents.get(passage.document_id, ())]
        for line in rows.line_numbers(passage):
            held += figures.get((passage.document_id, line, passage.text), ())
        yield Entry(passage.id, tuple(dict.fromkeys(held)))


def _of_figures(session: Session, documents: Sequence[int]) -> dict[tuple[int, int, str], list[str]]:
    """Return the tokens of figures by their document, their line and the text of their passage."""
    text = func.json_extract(FigureRow.record, "$.evidence.text")
    counted = FigureRow.subject + " " + FigureRow.unit
    figure = (FigureRow.value, counted, FigureRow.indicator)
    found = select(FigureRow.document_id, FigureRow.line, text, *figure).where(
        FigureRow.document_id.in_(documents), FigureRow.kind != Kind.FRACTION.value
    )
    tokens_of: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for document, line, passage, value, of_what, indicator in session.execute(found):
        told = [*amounts.of_value(Decimal(value)), *amounts.of_counted(of_what)]
        tokens_of[document, line, passage] += told if indicator is None else [*told, amounts.of_indicator(indicator)]
    return tokens_of
