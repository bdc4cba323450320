"""Files that come in at the desk: taken in by their content, read by workers, never lost, never anywhere else."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from desk_office import ADMINISTRATOR, OFFICER, READER, Office, Visitor
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from ocr_samples import REPORT, digital_pdf

from pipeline.archive.reconciling import reconcile_new
from pipeline.archive.store import Archive
from pipeline.archive.uploads import MOST_ATTEMPTS, Upload, UploadState
from pipeline.desk import tray_worker
from pipeline.desk.app import desk
from pipeline.desk.tray import arrival, file_name
from pipeline.desk.tray_workers import TrayWorkers
from pipeline.desk.visits import FORM_FIELD
from pipeline.models import Verdict

TEXT = "BÁO CÁO\nToàn huyện có 90 trạm bơm (gồm: 40 trạm điện và 60 trạm dầu).\n".encode()
SECRET = "UBND TỈNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMẬT\nSố: 5/BC-UBND\nBÁO CÁO\nVề việc cấp nước.\n".encode()
PATIENCE_SECONDS = 120


@pytest.fixture
def officer(office: Office) -> Visitor:
    return office.visitor(OFFICER)


def drop(visitor: Visitor, *files: tuple[str, bytes]) -> Response:
    """Drop files into the tray."""
    sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
    return visitor.browser.post("/tray", data={FORM_FIELD: visitor.form_token()}, files=sent)


def work(office: Office) -> None:
    """Let a worker do what waits, in this process."""
    tray_worker.work(office.settings)


def newest(office: Office) -> Upload:
    return office.archive.uploads.latest(1)[0]


def lying(office: Office) -> list[Path]:
    """The files that lie in the tray."""
    return [path for path in (office.archive.folder / "tray").rglob("*") if path.is_file()]


def test_a_file_becomes_a_document_and_its_contradictions_are_found(office: Office, officer: Visitor) -> None:
    answer = drop(officer, ("trạm bơm.txt", TEXT))
    assert (answer.status_code, answer.headers["location"]) == (303, "/tray")
    assert newest(office).state is UploadState.WAITING
    assert "Đang chờ" in officer.read("/tray")
    work(office)
    done = newest(office)
    assert (done.state, done.documents, done.account) == (UploadState.DONE, ("trạm bơm.txt",), OFFICER)
    assert done.read == done.pages == 1
    page = officer.read("/tray/list")
    assert f'href="/documents/{office.document("trạm bơm.txt")}"' in page
    conflicts = [found for found in office.archive.findings() if found.verdict is Verdict.CONFLICT]
    assert any("90 ≠ 40 + 60 = 100" in found.message for found in conflicts)
    assert lying(office) == []


def test_many_files_come_in_at_once_each_with_its_own_outcome(office: Office, officer: Visitor) -> None:
    drop(officer, ("a.pdf", digital_pdf([REPORT])), ("rỗng.txt", b""), ("trang.html", b"<html>\x00"), ("b.txt", TEXT))
    work(office)
    states = {upload.name: upload.state for upload in office.archive.uploads.latest(9)}
    assert states == {
        "a.pdf": UploadState.DONE,
        "b.txt": UploadState.DONE,
        "rỗng.txt": UploadState.FAILED,
        "trang.html": UploadState.FAILED,
    }
    page = officer.read("/tray")
    assert "tệp rỗng (0 byte)" in page
    assert "Hãy chép lại tệp từ nơi gửi." in page
    assert lying(office) == []


def test_the_same_file_again_is_the_same_document(office: Office, officer: Visitor) -> None:
    drop(officer, ("b.txt", TEXT))
    work(office)
    before = len(office.archive.documents())
    drop(officer, ("b2.txt", TEXT))
    work(office)
    assert newest(office).state is UploadState.DONE
    assert len(office.archive.documents()) == before


def test_what_failed_can_be_tried_again_or_taken_off(office: Office, officer: Visitor) -> None:
    drop(officer, ("cụt.pdf", digital_pdf([REPORT])[:-2000]))
    work(office)
    failed = newest(office)
    assert failed.state is UploadState.FAILED
    assert "thiếu phần cuối" in failed.message
    assert len(lying(office)) == 1
    assert "Thử lại" in officer.read("/tray")
    assert officer.send(f"/tray/{failed.id}/retry").status_code == 303
    assert newest(office).state is UploadState.WAITING
    assert officer.send(f"/tray/{failed.id}/forget").status_code == 404
    work(office)
    assert officer.send(f"/tray/{failed.id}/forget").status_code == 303
    assert office.archive.uploads.latest(9) == []
    assert lying(office) == []


def test_a_secret_document_does_not_stay_in_the_tray(office: Office, officer: Visitor) -> None:
    drop(officer, ("mat.txt", SECRET))
    work(office)
    assert newest(office).state is UploadState.FAILED
    assert lying(office) == []
    assert officer.send(f"/tray/{newest(office).id}/retry").status_code == 404
    assert "mat.txt" not in [document.name for document in office.archive.documents()]


def test_a_file_that_is_too_big_is_refused_with_the_limit(office: Office) -> None:
    visitor = Visitor(desk(office.archive, office.set(max_bytes=100_000)))
    visitor.sign_in(OFFICER)
    assert drop(visitor, ("a.txt", b"x" * 100_001)).status_code == 303
    assert "quá lớn" in newest(office).message
    assert drop(visitor, ("a.txt", b"x" * 300_000)).status_code == 413
    assert len(office.archive.uploads.latest(9)) == 1
    assert lying(office) == []


def test_a_zip_bomb_is_refused(office: Office, officer: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 60_000_000)
    drop(officer, ("bom.zip", packed.getvalue()))
    tray_worker.work(office.set(max_bytes=50_000_000))
    assert newest(office).state is UploadState.FAILED
    assert "quá lớn" in newest(office).message


@pytest.mark.parametrize(
    "name",
    ["../../ra-ngoai.txt", "..\\..\\ra-ngoai.txt", "/etc/ra-ngoai.txt", "C:\\x\\ra-ngoai.txt", "....//ra-ngoai.txt"],
)
def test_no_name_leads_out_of_the_tray(office: Office, officer: Visitor, name: str) -> None:
    drop(officer, (name, TEXT))
    (path,) = lying(office)
    assert path.name == "ra-ngoai.txt"
    assert path.parent.parent == office.archive.folder / "tray"
    work(office)
    assert newest(office).documents == ("ra-ngoai.txt",)


@given(st.text(max_size=300))
def test_any_name_that_is_sent_is_a_name_of_one_file(sent: str) -> None:
    try:
        sent.encode()
    except UnicodeEncodeError:
        return  # no browser can send it
    name = file_name(sent)
    assert name
    assert name not in {".", ".."}
    assert Path(name).name == name
    assert len(name.encode()) <= 255
    assert not set("/\\\x00\n") & set(name)


def test_only_officers_bring_files_in(office: Office) -> None:
    reader = office.visitor(READER)
    assert reader.get("/tray").status_code == 403
    assert drop(reader, ("a.txt", TEXT)).status_code == 403
    assert 'href="/tray"' not in reader.read("/documents")
    assert drop(office.stranger(), ("a.txt", TEXT)).headers["location"] == "/sign-in"
    assert office.archive.uploads.latest(1) == []
    assert drop(office.visitor(ADMINISTRATOR), ("a.txt", TEXT)).status_code == 303


def test_what_a_file_is_called_is_never_an_element(office: Office, officer: Visitor) -> None:
    drop(officer, ("<img src=x onerror=alert(1)>.txt", b"\x00\x01"), ('"><script>alert(1)</script>.txt', TEXT))
    work(office)
    for page in (officer.read("/tray"), officer.read("/tray/list"), office.visitor(READER).read("/documents")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# --- workers ------------------------------------------------------------------------------------------------------


def until(settled: Callable[[], bool]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not settled():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_what_a_dead_worker_was_at_is_taken_up_again_but_not_for_ever(office: Office) -> None:
    office.archive.uploads.add(arrival("a.txt", len(TEXT), OFFICER))
    for _ in range(MOST_ATTEMPTS):
        assert newest(office).state is UploadState.WAITING
        claimed = office.archive.uploads.claim()
        assert claimed is not None
        assert office.archive.uploads.claim() is None
        office.archive.uploads.recover()
    assert newest(office).state is UploadState.FAILED
    assert "bị dừng đột ngột" in newest(office).message


def test_a_worker_that_is_killed_loses_nothing(office: Office, officer: Visitor) -> None:
    workers = TrayWorkers(office.archive, office.settings)
    drop(officer, ("a.pdf", digital_pdf([REPORT])))
    workers.start()
    try:
        until(lambda: newest(office).state is UploadState.WORKING)
        os.kill(workers.pids()[0], signal.SIGKILL)
        until(lambda: newest(office).state is UploadState.DONE)
    finally:
        workers.stop()
    assert newest(office).attempts == MOST_ATTEMPTS
    assert "a.pdf" in [document.name for document in office.archive.documents()]


def test_a_file_is_done_when_its_contradictions_are_found(
    office: Office, officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[UploadState] = []

    def reconcile_and_look(archive: Archive) -> None:
        seen.append(newest(office).state)
        reconcile_new(archive)

    monkeypatch.setattr(tray_worker, "reconcile_new", reconcile_and_look)
    drop(officer, ("trạm bơm.txt", TEXT))
    work(office)
    assert seen == [UploadState.READ]
    assert newest(office).state is UploadState.DONE


def test_what_was_read_but_not_reconciled_when_the_desk_stopped_is_reconciled_when_it_starts_again(
    office: Office, officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_worker, "_reconcile", lambda *_: None)  # as if the process ended here
    drop(officer, ("trạm bơm.txt", TEXT))
    work(office)
    monkeypatch.undo()
    assert "Đang đối soát" in officer.read("/tray")
    assert len(lying(office)) == 1
    office.archive.uploads.recover()
    work(office)
    assert newest(office).state is UploadState.DONE
    assert any("90 ≠ 40 + 60 = 100" in found.message for found in office.archive.findings())
    assert lying(office) == []


def test_what_waits_when_the_desk_is_stopped_is_read_when_it_starts_again(office: Office, officer: Visitor) -> None:
    drop(officer, ("a.txt", TEXT))
    claimed = office.archive.uploads.claim()
    assert claimed is not None  # as by a worker that went with the desk
    workers = TrayWorkers(office.archive, office.set(jobs=2))
    workers.start()
    try:
        until(lambda: newest(office).state is UploadState.DONE)
    finally:
        workers.stop()
