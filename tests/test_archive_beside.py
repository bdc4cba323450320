"""What has come in is reconciled with what older documents say of the same, without reading the whole archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from archive_documents import processed, session_of, written
from reconcile_documents import document

from pipeline.archive.reconciling import reconcile_all, reconcile_new
from pipeline.archive.schema import EventRow
from pipeline.archive.store import Archive
from pipeline.models import Citation, Extraction, Finding, Verdict
from pipeline.reconcile.incremental import reconcile_added
from pipeline.reconcile.reconciliation import reconcile
from pipeline.reconcile.timelines import LOOK_BACK

pytestmark = pytest.mark.usefixtures("either_database")

DAY = dt.date(2025, 10, 20)
CAMERA = "subject=đưa vào vận hành camera giám sát giao thông"
TEAMS = "subject=toàn tỉnh hiện có; indicator=to-cong-nghe-so.to"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def enter(archive: Archive, folder: Path, extraction: Extraction) -> None:
    lines = [sentence.text for sentence in extraction.sentences]
    path = written(folder, extraction.document, lines)
    archive.add([processed(path, lines).model_copy(update={"extraction": extraction})], path, path.name)


def report(name: str, cameras: str, *more: str, issued: dt.date = DAY) -> Extraction:
    """A report that counts cameras among other things."""
    sentences = (
        f"Đã đưa vào vận hành {{{cameras} camera|{CAMERA}}} giám sát giao thông.",
        "Trồng {1.204 cây|subject=trồng cây xanh đô thị}.",
        "Chi {900 đơn|id=w; subject=đơn}, trong đó {600 đơn|whole=w} giấy, {200 đơn|whole=w} điện tử.",
    )
    return document(name, *sentences, *more, issued=issued)


def told(findings: list[Finding]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(finding.code, finding.verdict, finding.values) for finding in findings}


def test_what_came_after_the_latest_reconciliation_is_known_by_name(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "366"))
    assert archive.unreconciled() is None
    archive.replace_findings([])
    assert archive.unreconciled() == []
    enter(archive, tmp_path, report("b.txt", "356"))
    assert archive.unreconciled() == ["b.txt"]


def test_findings_of_another_version_are_of_other_rules(archive: Archive, tmp_path: Path) -> None:
    archive.replace_findings([])
    with session_of(archive) as session:
        session.query(EventRow).update({EventRow.version: "0.0.1"})
    assert archive.unreconciled() is None


def test_adding_one_document_tells_what_a_whole_run_tells(archive: Archive, tmp_path: Path) -> None:
    older = [
        report("a.txt", "366"),
        report("b.txt", "1.210", f"Hiện có {{412 tổ|{TEAMS}}}.", issued=dt.date(2025, 8, 2)),
    ]
    newest = report("c.txt", "356", f"Hiện có {{64 tổ|{TEAMS}}}.")
    for extraction in older:
        enter(archive, tmp_path, extraction)
    archive.replace_findings(reconcile(archive.extractions()))
    enter(archive, tmp_path, newest)
    assert archive.unreconciled() == ["c.txt"]
    found = reconcile_new(archive)
    assert all("c.txt" in finding.documents for finding in found)
    assert {"fact.documents", "series.jump"} <= {finding.code for finding in found}
    assert archive.findings() == reconcile([*older, newest])
    assert archive.unreconciled() == []


def test_what_comes_in_during_a_reconciliation_is_left_for_the_next_one(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "366"))
    seen, found = archive.latest_event(), reconcile(archive.extractions())
    enter(archive, tmp_path, report("b.txt", "356"))
    archive.replace_findings(found, seen)
    assert archive.unreconciled() == ["b.txt"]
    reconcile_new(archive)
    assert "fact.documents" in {finding.code for finding in archive.findings()}


def test_with_nothing_new_nothing_changes(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "366"))
    found = reconcile_all(archive)
    assert reconcile_new(archive) == []
    assert archive.findings() == found


def test_a_scan_of_a_document_that_is_here_is_known_as_its_copy(archive: Archive, tmp_path: Path) -> None:
    told = (
        "Sở đã rà soát mạng lưới quan trắc nước mặt tại các kênh, rạch và hồ chứa trên địa bàn toàn tỉnh trong quý.",
        "Có {57 điểm|subject=điểm quan trắc nước mặt đang vận hành}, phần lớn đặt cạnh trạm bơm của các hợp tác xã.",
        "Mẫu nước được lấy hai tuần một lần, kết quả gửi về phòng thí nghiệm và đăng trên trang thông tin của ngành.",
        "Các xã cử người trông coi thiết bị, báo ngay khi mất điện hoặc khi đầu đo bị rong rêu bám vào.",
    )
    enter(archive, tmp_path, numbered(document("a.txt", *told, issued=DAY)))
    reconcile_all(archive)
    misread = [sentence.replace("phòng thí nghiệm", "phong thi nghiệm") for sentence in told]
    enter(archive, tmp_path, numbered(document("a-quet.txt", *misread, issued=DAY)))
    assert [finding.code for finding in reconcile_new(archive)] == ["document.copies"]


def numbered(extraction: Extraction) -> Extraction:
    named = extraction.components.model_copy(update={"number": "18", "symbol": "BC-STNMT", "issuer": "Sở"})
    return extraction.model_copy(update={"components": named})


def test_of_an_indicator_told_every_month_the_months_around_are_loaded(archive: Archive, tmp_path: Path) -> None:
    for month in range(3 * LOOK_BACK):
        day = dt.date(2020 + month // 12, 1 + month % 12, 1)
        enter(archive, tmp_path, document(f"{month:03}.txt", f"Hiện có {{{412 + month} tổ|{TEAMS}}}.", issued=day))
    day = dt.date(2027, 6, 15)
    enter(
        archive, tmp_path, document("new.txt", f"Có {{500 nhóm|{TEAMS.replace('toàn tỉnh', 'cả tỉnh')}}}.", issued=day)
    )
    loaded = {extraction.document for extraction in archive.beside(["new.txt"])}
    assert loaded == {f"{month:03}.txt" for month in range(89 - LOOK_BACK + 1, 89 + LOOK_BACK + 1)}


def test_only_what_may_be_compared_is_loaded(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "366"))
    enter(archive, tmp_path, document("other.txt", "Có {12 cầu|subject=sửa chữa cầu nông thôn}.", issued=DAY))
    enter(archive, tmp_path, document("new.txt", f"Vận hành {{356 camera|{CAMERA}}} giám sát giao thông.", issued=DAY))
    (beside,) = archive.beside(["new.txt"])
    assert beside.document == "a.txt"
    assert [figure.unit for figure in beside.figures] == ["camera"]
    assert len(beside.sentences) == 1


def test_nothing_is_loaded_of_another_place(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "366"))
    watched = f"Vận hành {{356 camera|{CAMERA}}} giám sát giao thông."
    enter(archive, tmp_path, document("new.txt", watched, issued=DAY, place="An Khê"))
    assert archive.beside(["new.txt"]) == []


def test_a_citation_of_the_same_number_is_loaded(archive: Archive, tmp_path: Path) -> None:
    def citing(name: str, date: dt.date) -> Extraction:
        text = document(name, f"Căn cứ Nghị định số 85/2025/NĐ-CP ngày {date:%d/%m/%Y}.", issued=DAY)
        evidence = report(name, "1").figures[0].evidence
        cited = Citation(type="Nghị định", number="85/2025/NĐ-CP", date=date, evidence=evidence)
        return text.model_copy(update={"citations": (cited,)})

    enter(archive, tmp_path, citing("a.txt", dt.date(2025, 4, 8)))
    enter(archive, tmp_path, citing("b.txt", dt.date(2025, 4, 18)))
    found = reconcile_added(archive.extractions_of(["b.txt"]), archive.beside(["b.txt"]), archive).made
    assert [finding.code for finding in found if finding.verdict is Verdict.CONFLICT] == ["citation.dates"]


def test_a_document_without_date_is_loaded_whole(archive: Archive, tmp_path: Path) -> None:
    undated = report("a.txt", "366").model_copy(update={"components": document("a.txt").components})
    enter(archive, tmp_path, undated)
    enter(archive, tmp_path, report("b.txt", "356"))
    assert archive.beside(["b.txt"]) == [undated]


def test_a_fact_stated_once_more_is_told_once(archive: Archive, tmp_path: Path) -> None:
    for name, cameras in (("a.txt", "366"), ("b.txt", "366")):
        enter(archive, tmp_path, report(name, cameras))
    reconcile_all(archive)
    enter(archive, tmp_path, report("c.txt", "356"))
    reconcile_new(archive)
    stated = [item for item in archive.findings() if item.code == "fact.documents" and "366" in item.values]
    assert [finding.verdict for finding in stated] == [Verdict.CONFLICT]
