"""A batch goes on whatever happens to a document, and takes up where it stopped."""

from __future__ import annotations

import multiprocessing
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from ocr_samples import REPORT, page_image, scanned_pdf

from pipeline.archive.store import Archive
from pipeline.batch.effort import pages_in
from pipeline.batch.ingestion import IngestReport, ingest
from pipeline.batch.outcomes import Failed, Succeeded, WorkerDiedError, attempt
from pipeline.batch.unarchived import process_paths
from pipeline.batch.workers import process_all
from pipeline.errors import ExitCode, InputFileError
from pipeline.ocr.intake import IncomingFile
from pipeline.settings import Settings

TEXTS = {
    "a.txt": "Toàn xã có 120 hộ dân, trong đó 35 hộ trồng lúa.",
    "b.txt": "Huyện đã cấp 48 giấy phép xây dựng trong quý III.",
    "c.txt": "Trạm y tế tiếp nhận 1.204 lượt khám trong tháng 5.",
}


@dataclass
class Listener:
    """Remembers what it hears."""

    pages: dict[str, int] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def planned(self, pages: dict[str, int]) -> None:
        self.pages = pages

    def page_done(self, name: str, done: int, total: int) -> None:
        self.heard.append(f"{name} {done}/{total}")

    def document_done(self, name: str) -> None:
        self.done.append(name)

    def document_failed(self, failed: Failed) -> None:
        self.failed.append(failed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good texts and one empty file among them."""
    folder = tmp_path / "den"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "b-rong.txt").write_bytes(b"")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def _ingest(folder: Path, archive: Archive, jobs: int = 1) -> IngestReport:
    return ingest([folder], archive, Settings(jobs=jobs), Listener())


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_file_costs_the_others_nothing(folder: Path, archive: Archive, jobs: int) -> None:
    report = _ingest(folder, archive, jobs)
    assert sorted(report.done) == sorted(TEXTS)
    assert [failed.name for failed in report.failed] == ["b-rong.txt"]
    assert sorted(document.name for document in archive.documents()) == sorted(TEXTS)
    assert [failure.error for failure in archive.failures()] == ["InputFileError"]


def test_a_second_run_does_only_what_is_new(folder: Path, archive: Archive) -> None:
    _ingest(folder, archive)
    (folder / "d.txt").write_text("Xã có 7 trường học.", encoding="utf-8")
    report = _ingest(folder, archive)
    assert report.done == ["d.txt"]
    assert sorted(report.already_there) == sorted(TEXTS)


def test_a_file_that_failed_is_tried_again_and_its_failure_forgotten_when_it_succeeds(
    folder: Path, archive: Archive
) -> None:
    _ingest(folder, archive)
    (folder / "b-rong.txt").write_text("Nay đã có 5 điều khoản.", encoding="utf-8")
    assert _ingest(folder, archive).done == ["b-rong.txt"]
    assert archive.failures() == []


def test_two_files_of_the_same_bytes_are_one_document_with_two_names(folder: Path, archive: Archive) -> None:
    (folder / "z-ban-sao.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    report = _ingest(folder, archive)
    assert report.already_there == ["z-ban-sao.txt"]
    names = {document.name: document.names for document in archive.documents()}
    assert names["a.txt"] == ("a.txt", "z-ban-sao.txt")


def test_two_files_of_one_name_keep_apart(folder: Path, archive: Archive, tmp_path: Path) -> None:
    _ingest(folder, archive)
    other = tmp_path / "thang-sau" / "a.txt"
    other.parent.mkdir()
    other.write_text("Toàn xã có 121 hộ dân.", encoding="utf-8")
    (name,) = _ingest(other.parent, archive).done
    assert name.startswith("a.txt (")
    extracted = {extraction.document: extraction for extraction in archive.extractions()}
    assert {figure.evidence.document for figure in extracted[name].figures} == {name}
    assert _ingest(other.parent, archive).already_there == ["a.txt"]


def test_documents_in_a_zip_are_taken_in(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "goi.zip", "w") as packed:
        packed.writestr("quy-3/a.txt", TEXTS["a.txt"])
    report = ingest([tmp_path / "goi.zip"], archive, Settings(jobs=1), Listener())
    assert report.done == ["goi.zip/quy-3/a.txt"]


def test_a_path_that_does_not_exist_is_reported_and_no_document_of_the_archive(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    report = ingest([tmp_path / "khong-co", folder / "a.txt"], archive, Settings(jobs=1), Listener())
    assert [failed.error.exit_code for failed in report.failed] == [ExitCode.FILE_ACCESS]
    assert report.done == ["a.txt"]
    assert archive.failures() == []


def test_what_was_done_before_an_interruption_stays(folder: Path, archive: Archive) -> None:
    class Impatient(Listener):
        def document_done(self, name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([folder], archive, Settings(jobs=2), Impatient())
    assert len(archive.documents()) == 1
    assert len(_ingest(folder, archive).done) == 2


def test_interrupting_leaves_no_worker_behind(folder: Path, archive: Archive) -> None:
    class Impatient(Listener):
        def document_done(self, name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([folder], archive, Settings(jobs=2), Impatient())
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_costs_only_its_document_and_leaves_no_files(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever works on the victim is killed as soon as its first page is read, also when it is tried alone."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    victim = folder / "nan-nhan.tif"
    pages = [page_image(REPORT, dpi=150) for _ in range(6)]
    pages[0].save(victim, save_all=True, append_images=pages[1:])

    def kill_who_works_on_the_victim(name: str, done: int, total: int) -> None:
        if name == victim.name:
            for worker in multiprocessing.active_children():
                worker.kill()

    files = [IncomingFile(path.name, path) for path in sorted(folder.glob("[ac].txt"))]
    files.insert(1, IncomingFile(victim.name, victim))
    outcomes = {outcome.name: outcome for outcome in process_all(files, Settings(jobs=2), kill_who_works_on_the_victim)}
    # Python's own "pymp-" folder holds the socket of the server that forks workers, and lasts as long as this process.
    assert [left.name for left in temporary.iterdir() if not left.name.startswith("pymp-")] == []
    died = outcomes[victim.name]
    assert isinstance(died, Failed)
    assert isinstance(died.error, WorkerDiedError)
    assert victim.name in died.error.message
    assert isinstance(outcomes["a.txt"], Succeeded)
    assert isinstance(outcomes["c.txt"], Succeeded)


def test_a_defect_of_the_software_is_a_failure_of_its_document_with_a_traceback(folder: Path) -> None:
    unchecked = Settings.model_construct(max_bytes="no number")
    outcome = attempt(IncomingFile("a.txt", folder / "a.txt"), unchecked)
    assert isinstance(outcome, Failed)
    assert outcome.error.exit_code is ExitCode.OTHER
    assert "a.txt" in outcome.error.message
    assert "TypeError" in outcome.trace


def test_results_without_an_archive_come_in_the_order_in_which_files_were_named(folder: Path) -> None:
    listener = Listener()
    paths = [folder / "c.txt", folder / "b-rong.txt", folder / "a.txt"]
    processed = process_paths(paths, Settings(jobs=2), listener)
    assert [document.reading.document for document in processed.documents] == ["c.txt", "a.txt"]
    assert [type(failed.error) for failed in processed.failed] == [InputFileError]
    assert sorted(listener.done) == ["a.txt", "c.txt"]


def test_what_remains_is_counted_in_pages(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned_pdf([REPORT, REPORT, REPORT]))
    pages = [page_image(REPORT, dpi=72) for _ in range(2)]
    pages[0].save(tmp_path / "fax.tif", save_all=True, append_images=pages[1:])
    (tmp_path / "dai.txt").write_text("trang 1\fTrang 2\fTrang 3", encoding="utf-8")
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.4 khong co gi")
    counted = {path.name: pages_in(IncomingFile(path.name, path), Settings()) for path in tmp_path.iterdir()}
    assert counted == {"scan.pdf": 3, "fax.tif": 2, "dai.txt": 1, "hong.pdf": 1}


def test_pages_are_told_while_a_document_is_read_in_another_process(tmp_path: Path) -> None:
    for name in ("x.txt", "y.txt"):
        (tmp_path / name).write_text("Có 3 xã.", encoding="utf-8")
    listener = Listener()
    process_paths([tmp_path], Settings(jobs=2), listener)
    assert set(listener.heard) <= {"x.txt 1/1", "y.txt 1/1"}
    assert listener.heard
