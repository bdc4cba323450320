"""Document metadata in the shape of the national document exchange axis (Trục liên thông văn bản quốc gia).

The element names are those of the message header of edXML (QCVN 102:2016/BTTTT), in JSON, so that a receiving system
maps them without a table of its own. It is metadata for import, no signed message: there is no trace and no payload.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from pipeline.language.unicode import fold
from pipeline.models import Components

_LETTER = "Công văn"
# OtherInfo/Priority of edXML, by the marks of urgency (độ khẩn) of Nghị định 30/2020/NĐ-CP, the more urgent first.
_PRIORITIES = (("hoa toc hen gio", 4), ("hoa toc", 3), ("thuong khan", 2), ("khan", 1))


class _Element(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_pascal, populate_by_name=True)


class Organ(_Element):
    """Who sends or receives: the body, and the one above it."""

    organ_name: str
    organization_in_charge: str | None = None


class Code(_Element):
    """Number and symbol (số, ký hiệu)."""

    code_number: str | None
    code_notation: str | None


class PromulgationInfo(_Element):
    """Place and date (địa danh và ngày ban hành); the date is ISO 8601."""

    place: str | None
    promulgation_date: str | None


class DocumentType(_Element):
    """Type 1 is a letter (công văn), which bears no name of a type; type 2 any named one."""

    type: int
    type_name: str


class SignerInfo(_Element):
    """Authority, title and name of who signed."""

    competence: str | None
    position: str | None
    full_name: str | None


class OtherInfo(_Element):
    """Priority from 0 (not urgent) to 4 (hỏa tốc hẹn giờ)."""

    priority: int


class MessageHeader(_Element):
    """One document's header; names and nesting are those of edXML."""

    sender: Organ | None = Field(alias="From")
    to: tuple[Organ, ...]
    code: Code
    promulgation_info: PromulgationInfo
    document_type: DocumentType
    subject: str | None
    signer_info: SignerInfo
    to_places: tuple[str, ...]
    other_info: OtherInfo
    document_id: str


def header(components: Components) -> MessageHeader:
    """Make the header of a document from its components."""
    sender = (
        Organ(organ_name=components.issuer, organization_in_charge=components.parent) if components.issuer else None
    )
    return MessageHeader(
        sender=sender,
        to=tuple(Organ(organ_name=name) for name in components.to),
        code=Code(code_number=components.number, code_notation=components.symbol),
        promulgation_info=PromulgationInfo(
            place=components.place, promulgation_date=components.date.isoformat() if components.date else None
        ),
        document_type=DocumentType(
            type=1 if components.type in (None, _LETTER) else 2, type_name=components.type or _LETTER
        ),
        subject=components.subject,
        signer_info=SignerInfo(
            competence=components.authority, position=components.signer_title, full_name=components.signer
        ),
        to_places=components.recipients,
        other_info=OtherInfo(priority=_priority(components.urgency)),
        document_id=components.document,
    )


def edxml(documents: Iterable[Components]) -> bytes:
    """Write one header a line."""
    return "".join(f"{header(components).model_dump_json(by_alias=True)}\n" for components in documents).encode()


def _priority(urgency: str | None) -> int:
    said = fold(urgency or "")
    return next((priority for mark, priority in _PRIORITIES if mark in said), 0)
