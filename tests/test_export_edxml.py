"""Metadata under the names of the national exchange axis."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pipeline.export.edxml import edxml
from pipeline.export.fileformat import FileFormat
from pipeline.export.folder import Contents, files
from pipeline.models import Components, Extraction

LETTER = Components(
    document="cv-15.pdf",
    number="15",
    symbol="STC-NS",
    issuer="Sở Tài chính",
    parent="Ủy ban nhân dân tỉnh",
    place="Hòa Bình",
    date=dt.date(2024, 3, 1),
    subject="V/v quyết toán ngân sách",
    to=("Phòng Tài chính các huyện",),
    authority="KT. GIÁM ĐỐC",
    signer_title="PHÓ GIÁM ĐỐC",
    signer="Bùi Văn Chín",
    recipients=("Như trên", "Lưu: VT"),
    urgency="HỎA TỐC",
)


def header(components: Components) -> dict[str, object]:
    read: dict[str, object] = json.loads(edxml([components]))
    return read


def test_a_letter_in_the_shape_of_edxml() -> None:
    assert header(LETTER) == {
        "From": {"OrganName": "Sở Tài chính", "OrganizationInCharge": "Ủy ban nhân dân tỉnh"},
        "To": [{"OrganName": "Phòng Tài chính các huyện", "OrganizationInCharge": None}],
        "Code": {"CodeNumber": "15", "CodeNotation": "STC-NS"},
        "PromulgationInfo": {"Place": "Hòa Bình", "PromulgationDate": "2024-03-01"},
        "DocumentType": {"Type": 1, "TypeName": "Công văn"},
        "Subject": "V/v quyết toán ngân sách",
        "SignerInfo": {"Competence": "KT. GIÁM ĐỐC", "Position": "PHÓ GIÁM ĐỐC", "FullName": "Bùi Văn Chín"},
        "ToPlaces": ["Như trên", "Lưu: VT"],
        "OtherInfo": {"Priority": 3},
        "DocumentId": "cv-15.pdf",
    }


@pytest.mark.parametrize(
    ("urgency", "priority"), [(None, 0), ("KHẨN", 1), ("THƯỢNG KHẨN", 2), ("HỎA TỐC", 3), ("HỎA TỐC HẸN GIỜ", 4)]
)
def test_urgency_is_a_number(urgency: str | None, priority: int) -> None:
    assert header(LETTER.model_copy(update={"urgency": urgency}))["OtherInfo"] == {"Priority": priority}


def test_a_report_bears_the_name_of_its_type() -> None:
    assert header(LETTER.model_copy(update={"type": "Báo cáo"}))["DocumentType"] == {"Type": 2, "TypeName": "Báo cáo"}


def test_metadata_come_with_the_json_lines_of_an_archive() -> None:
    written = dict(files(Contents([Extraction(document="cv-15.pdf", components=LETTER)]), [FileFormat.JSONL]))
    assert json.loads(written["edxml.jsonl"])["Code"]["CodeNotation"] == "STC-NS"
