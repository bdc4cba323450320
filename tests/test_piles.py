"""A file that holds several documents: each is a document of its own in the archive, and the original is kept once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive_documents import processed, written
from ocr_samples import digital_pdf, page_image, scanned_pdf
from pile_samples import ANNEX, APPLICATION, BODY, PAGE_AFTER, REGULATION, decision, letter, letterhead
from test_batch import Listener

from pipeline.archive.store import Archive
from pipeline.batch.ingestion import IngestReport, ingest
from pipeline.batch.unarchived import process_paths
from pipeline.cli.main import main
from pipeline.errors import ExitCode, FileAccessError, SecretDocumentError
from pipeline.models import DigitalSignature, Kind, Part, TextSource
from pipeline.ocr.intake import IncomingFile
from pipeline.run import process
from pipeline.settings import Settings

OTHER_ISSUER = "ỦY BAN NHÂN DÂN XÃ BÃI DÀI"
OTHER_BODY = ("Trên địa bàn có 415 hộ trồng dừa; xã đã cấp 96 máy bơm cho các tổ thủy lợi cơ sở.",)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two letters of two communes in one digital PDF: the first of two pages, the second of one."""
    path = tmp_path / "den" / "quet-02.pdf"
    path.parent.mkdir()
    first = letter("31/UBND-KT")
    path.write_bytes(digital_pdf([first, PAGE_AFTER, letter("44/UBND-VX", OTHER_ISSUER, OTHER_BODY)]))
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def _ingest(path: Path, archive: Archive) -> IngestReport:
    return ingest([path], archive, Settings(jobs=1), Listener())


NAMES = ["quet-02.pdf (trang 1-2)", "quet-02.pdf (trang 3)"]


def test_two_letters_in_one_file_are_two_documents_of_the_archive(pile: Path, archive: Archive) -> None:
    report = _ingest(pile, archive)
    assert report.done == NAMES
    assert report.parted == {"quet-02.pdf": tuple(NAMES)}
    documents = archive.documents()
    assert [(known.name, known.pages) for known in documents] == [(NAMES[0], 2), (NAMES[1], 1)]
    assert documents[1].part == Part(file="quet-02.pdf", first_page=3, last_page=3)
    assert {known.names for known in documents} == {("quet-02.pdf",)}
    assert [(parts.number, parts.symbol) for parts in archive.components()] == [("31", "UBND-KT"), ("44", "UBND-VX")]


def test_the_original_is_kept_once_and_counted_once(pile: Path, archive: Archive) -> None:
    _ingest(pile, archive)
    (kept,) = (path for path in (archive.folder / "originals").rglob("*") if path.is_file())
    assert kept.read_bytes() == pile.read_bytes()
    assert {archive.original(document) for document in archive.documents()} == {kept}
    assert archive.summary().bytes == pile.stat().st_size
    assert archive.summary().documents == 2


def test_figures_and_hits_name_their_own_document_and_the_page_of_the_file(pile: Path, archive: Archive) -> None:
    _ingest(pile, archive)
    counts = [
        (figure.evidence.document, figure.evidence.page, int(figure.value))
        for extraction in archive.extractions()
        for figure in extraction.figures
        if figure.kind is Kind.COUNT
    ]
    assert counts == [(NAMES[0], 1, 1250), (NAMES[0], 1, 730), (NAMES[1], 3, 415), (NAMES[1], 3, 96)]
    (hit,) = archive.search("máy bơm", 5).hits
    assert (hit.document, hit.page) == (NAMES[1], 3)


def test_each_document_comes_out_as_it_went_in(pile: Path, archive: Archive) -> None:
    documents = process(IncomingFile(pile.name, pile), Settings())
    archive.add(documents, pile, pile.name)
    assert archive.extractions() == [document.extraction for document in documents]
    for document in documents:
        # The archive does not keep ruled tables, of which there are none here.
        assert archive.reading(document.reading.document) == document.reading


def test_the_time_that_a_file_took_is_shared_by_its_documents(pile: Path) -> None:
    first, second = (document.seconds for document in process(IncomingFile(pile.name, pile), Settings()))
    assert first.ocr == pytest.approx(2 * second.ocr)
    assert first.normalize == pytest.approx(2 * second.normalize)


def test_taking_the_same_file_in_again_changes_nothing(pile: Path, archive: Archive) -> None:
    _ingest(pile, archive)
    before = archive.documents(), archive.events()
    report = _ingest(pile, archive)
    assert (report.done, report.already_there) == ([], ["quet-02.pdf"])
    assert (archive.documents(), archive.events()) == before


def test_another_name_of_the_file_is_noted_for_each_of_its_documents(pile: Path, archive: Archive) -> None:
    _ingest(pile, archive)
    copy = pile.with_name("ban-sao.pdf")
    copy.write_bytes(pile.read_bytes())
    assert _ingest(copy, archive).already_there == ["ban-sao.pdf"]
    assert {document.names for document in archive.documents()} == {("quet-02.pdf", "ban-sao.pdf")}
    assert [event.subject for event in archive.events()] == [*NAMES, "ban-sao.pdf"]


def test_another_pile_of_the_same_name_keeps_apart(pile: Path, archive: Archive) -> None:
    _ingest(pile, archive)
    pile.write_bytes(digital_pdf([letter("50/UBND-KT"), letter("51/UBND-KT")]))
    first, second = _ingest(pile, archive).done
    assert first.startswith("quet-02.pdf (")
    assert first.endswith(") (trang 1)")
    assert second.endswith(") (trang 2)")
    assert len(archive.documents()) == 4


def test_a_file_is_in_the_archive_with_all_its_documents_or_with_none(archive: Archive, tmp_path: Path) -> None:
    """The second document cannot enter, because a name is given once only: the first must not stay alone."""
    path = written(tmp_path, "quet.txt", ["Có 3 xã."])
    document = processed(path, ["Có 3 xã."])
    with pytest.raises(FileAccessError):
        archive.add([document, document], path, path.name)
    assert archive.documents() == []
    assert archive.events() == []
    assert not archive.holds(document.reading.digest)


def test_signatures_are_those_of_the_file(archive: Archive, pile: Path) -> None:
    signature = DigitalSignature(signer="Văn thư xã Cồn Lá", intact=True)
    documents = [
        document.model_copy(update={"reading": document.reading.model_copy(update={"signatures": (signature,)})})
        for document in process(IncomingFile(pile.name, pile), Settings())
    ]
    archive.add(documents, pile, pile.name)
    assert [(known.file, known.signatures) for known in archive.summary().signed] == [("quet-02.pdf", (signature,))]


def test_if_one_document_is_secret_nothing_of_the_file_is_kept(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "quet.pdf"
    head = letter("44/UBND-VX", OTHER_ISSUER, OTHER_BODY)
    path.write_bytes(digital_pdf([letter("31/UBND-KT"), [*head[:3], "MẬT", *head[3:]]]))
    (failed,) = _ingest(path, archive).failed
    assert isinstance(failed.error, SecretDocumentError)
    assert archive.documents() == []
    assert not [kept for kept in (archive.folder / "originals").rglob("*") if kept.is_file()]


def test_a_decision_with_its_regulation_and_forms_is_one_document(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "quyet-dinh.pdf"
    path.write_bytes(digital_pdf([decision("31/QĐ-UBND"), PAGE_AFTER, REGULATION, APPLICATION]))
    assert _ingest(path, archive).done == ["quyet-dinh.pdf"]
    assert archive.documents()[0].part is None


def test_a_plan_with_its_annex_is_one_document(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.pdf"
    plan = [*letterhead("31/KH-UBND"), "KẾ HOẠCH", "Lấy nước vụ xuân hè", *BODY]
    path.write_bytes(digital_pdf([plan, ANNEX]))
    assert _ingest(path, archive).done == ["ke-hoach.pdf"]


def test_a_text_file_is_parted_at_its_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "gop.txt"
    pages = (letter("31/UBND-KT"), PAGE_AFTER, letter("44/UBND-VX", OTHER_ISSUER, OTHER_BODY))
    path.write_text("\n\f".join("\n".join(page) for page in pages), encoding="utf-8")
    documents = process_paths([path], Settings(jobs=1), Listener()).documents
    assert [document.reading.document for document in documents] == ["gop.txt (trang 1-2)", "gop.txt (trang 3)"]
    (figure,) = (figure for figure in documents[1].extraction.figures if figure.value == 96)
    printed = path.read_text(encoding="utf-8").split("\n")[figure.evidence.line - 1]
    assert "96 máy bơm" in printed


@pytest.mark.parametrize("form", ["pdf", "tif"])
def test_three_letters_that_were_scanned_in_one_go_are_three_documents(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"quet.{form}"
    pages = [letter("28/UBND-KT"), decision("32/QĐ-UBND"), letter("44/UBND-VX", OTHER_ISSUER, OTHER_BODY)]
    if form == "pdf":
        path.write_bytes(scanned_pdf(pages))
    else:
        images = [page_image(page) for page in pages]
        images[0].save(path, save_all=True, append_images=images[1:], dpi=(200, 200))
    documents = process(IncomingFile(path.name, path), Settings())
    assert [document.reading.document for document in documents] == [f"{path.name} (trang {n})" for n in (1, 2, 3)]
    assert {document.reading.pages[0].source for document in documents} == {TextSource.RECOGNISED}
    assert [document.extraction.components.number for document in documents] == ["28", "32", "44"]
    assert documents[2].extraction.components.issuer == OTHER_ISSUER


def test_the_person_is_told_that_a_file_was_parted(
    pile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(pile), "--archive", str(tmp_path / "kho")]) == ExitCode.OK
    said = " ".join(capsys.readouterr().err.split())
    assert "quet-02.pdf: có 2 văn bản, đã tách theo trang." in said
    assert all(name in said for name in NAMES)


def test_components_say_of_which_file_and_pages_they_are(pile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(pile), "--what", "components"]) == ExitCode.OK
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    keys = ("document", "file", "first_page", "last_page", "number")
    assert [first[key] for key in keys] == [NAMES[0], "quet-02.pdf", 1, 2, "31"]
    assert [second[key] for key in keys] == [NAMES[1], "quet-02.pdf", 3, 3, "44"]


def test_letters_of_one_file_are_checked_against_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stated = "Toàn xã có {} hộ nuôi tôm thâm canh tại thời điểm ngày 01 tháng 3 năm 2024, đã lập danh sách."
    path = tmp_path / "gop.pdf"
    bodies = [[stated.format(count), *PAGE_AFTER] for count in ("1.250", "1.520")]
    path.write_bytes(digital_pdf([letter(f"{n}/UBND-KT", body=body) for n, body in zip((31, 32), bodies, strict=True)]))
    assert main(["reconcile", str(path), "--format", "jsonl"]) == ExitCode.OK
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["code"], one["verdict"], one["documents"]) for one in found if one["code"].startswith("fact")] == [
        ("fact.documents", "conflict", ["gop.pdf (trang 1)", "gop.pdf (trang 2)"])
    ]
