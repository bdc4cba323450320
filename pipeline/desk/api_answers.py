"""What programs are answered: lists part by part, and records with the keys of docs/CLI.md."""

from __future__ import annotations

import datetime as dt
from typing import Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.archive.cited import CitedDocument
from pipeline.archive.document_list import DocumentItem
from pipeline.archive.hits import Hit
from pipeline.export.records import CitationRecord, ComponentsRecord, TaskRecord
from pipeline.models import Grade

Item = TypeVar("Item")


class Answer(BaseModel, Generic[Item]):
    """A part of a list: `page` counts parts of `size` items from 1, `total` is of the whole list."""

    model_config = ConfigDict(frozen=True)

    items: tuple[Item, ...]
    total: int
    page: int
    size: int


class DocumentAnswer(BaseModel):
    """A document with its components, citations and tasks; its figures and findings have lists of their own."""

    model_config = ConfigDict(frozen=True)

    document: DocumentItem
    components: ComponentsRecord
    citations: tuple[CitationRecord, ...]
    tasks: tuple[TaskRecord, ...]
    digest: str
    media_type: str
    size: int
    names: tuple[str, ...]


class HeldAnswer(BaseModel):
    """A document of the archive that is a cited one, or may be: `certain` where number and date are the same."""

    model_config = ConfigDict(frozen=True)

    document: int
    name: str
    certain: bool


class CitedAnswer(BaseModel):
    """A document that documents of the archive cite: how often (`times`), in how many of them, and as what."""

    model_config = ConfigDict(frozen=True)

    type: str | None
    number: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    times: int
    documents: int
    held: tuple[HeldAnswer, ...]

    @classmethod
    def of(cls, cited: CitedDocument) -> Self:
        """Make the answer about a cited document."""
        return cls(
            type=cited.type,
            number=cited.key.number,
            date=cited.key.date,
            issuer=cited.issuer,
            title=cited.title,
            times=cited.times,
            documents=cited.documents,
            held=tuple(HeldAnswer(document=each.id, name=each.name, certain=each.certain) for each in cited.held),
        )


class LineAnswer(BaseModel):
    """A printed line: as repaired, and as it was read."""

    model_config = ConfigDict(frozen=True)

    line: int
    text: str
    raw: str


class PageAnswer(BaseModel):
    """A page of a document; `width` and `height` are points, 0 for plain text."""

    model_config = ConfigDict(frozen=True)

    page: int
    width: float
    height: float
    grade: Grade | None
    lines: tuple[LineAnswer, ...]


class SearchAnswer(BaseModel):
    """The best passages, and how many there are in all; where `is_more`, there are at least `total`.

    `corrected` are the words that were searched because those asked for stand nowhere.
    """

    model_config = ConfigDict(frozen=True)

    hits: tuple[Hit, ...]
    total: int
    is_more: bool
    corrected: str | None


class Problem(BaseModel):
    """Why there is no answer, and what to do."""

    model_config = ConfigDict(frozen=True)

    error: str
    message: str
    remedy: str = ""
