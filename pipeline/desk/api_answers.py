"""What programs are answered: lists part by part, and records with the keys of docs/CLI.md."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.archive.document_list import DocumentItem
from pipeline.archive.search import Hit
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
    """The best passages, and how many there are in all; where `is_more`, there are more than `total`."""

    model_config = ConfigDict(frozen=True)

    hits: tuple[Hit, ...]
    total: int
    is_more: bool


class Problem(BaseModel):
    """Why there is no answer, and what to do."""

    model_config = ConfigDict(frozen=True)

    error: str
    message: str
    remedy: str = ""
