"""From the paths that a person gives to single documents: folders, ZIPs, names, and what is passed over."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import EncryptedFileError, ExitCode, FileAccessError, InputFileError
from pipeline.ocr.intake import IncomingFile, RefusedFile, collect
from pipeline.settings import Settings

TEXT = "Tổng cộng 77 tàu cá".encode()


def take(tmp_path: Path, *paths: Path, settings: Settings | None = None) -> list[IncomingFile | RefusedFile]:
    workspace = tmp_path / "workspace"
    workspace.mkdir(exist_ok=True)
    return list(collect(paths, settings or Settings(), workspace))


def names(items: list[IncomingFile | RefusedFile]) -> list[str]:
    return [item.name for item in items]


def refusal(items: list[IncomingFile | RefusedFile]) -> RefusedFile:
    (item,) = (item for item in items if isinstance(item, RefusedFile))
    return item


def put(path: Path, content: bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_folder_is_walked_in_a_stable_order_with_names_relative_to_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "quý 3/báo cáo.txt"):
        put(tmp_path / "den" / name)
    assert names(take(tmp_path, tmp_path / "den")) == ["a.txt", "b.txt", "quý 3/báo cáo.txt"]


def test_hidden_files_and_links_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "den" / "a.txt")
    put(tmp_path / "den" / ".an.txt")
    put(tmp_path / "den" / ".git" / "b.txt")
    (tmp_path / "den" / "vong").symlink_to(tmp_path / "den")
    (tmp_path / "den" / "lien-ket.txt").symlink_to(tmp_path / "den" / "a.txt")
    assert names(take(tmp_path, tmp_path / "den")) == ["a.txt"]


def test_two_documents_never_have_the_same_name(tmp_path: Path) -> None:
    paths = [put(tmp_path / folder / "bao-cao.txt").parent for folder in ("thang8", "thang9")]
    assert names(take(tmp_path, *paths)) == ["bao-cao.txt", "thang9/bao-cao.txt"]


def test_members_of_a_zip_carry_its_name_and_their_bytes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "thang9.zip", {"bao-cao.txt": TEXT, "phu-luc/bang.txt": b"x"})
    items = take(tmp_path, path)
    assert names(items) == ["thang9.zip/bao-cao.txt", "thang9.zip/phu-luc/bang.txt"]
    assert isinstance(items[0], IncomingFile)
    assert items[0].path.read_bytes() == TEXT
    assert (tmp_path / "workspace") in items[0].path.parents


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_vietnamese_member_names_without_the_unicode_flag_are_read(tmp_path: Path, encoding: str) -> None:
    # cp1258 writes a vowel with its tone as two characters.
    name = {"utf-8": "Báo cáo.txt", "cp1258": "Ba\u0301o ca\u0301o.txt"}[encoding]
    path = zipped(tmp_path / "a.zip", {"N" * len(name.encode(encoding)): TEXT})
    path.write_bytes(path.read_bytes().replace(b"N" * len(name.encode(encoding)), name.encode(encoding)))
    assert names(take(tmp_path, path)) == ["a.zip/Báo cáo.txt"]


def test_what_a_mac_adds_to_a_zip_is_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "a.txt": TEXT})
    assert names(take(tmp_path, path)) == ["a.zip/a.txt"]


def test_a_zip_is_known_by_its_content(tmp_path: Path) -> None:
    path = zipped(tmp_path / "khong-duoi", {"a.txt": TEXT})
    assert names(take(tmp_path, path)) == ["khong-duoi/a.txt"]


def test_a_zip_within_a_zip_is_refused_by_name(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "trong.zip", {"a.txt": TEXT}).read_bytes()
    items = take(tmp_path, zipped(tmp_path / "ngoai.zip", {"trong.zip": inner, "b.txt": TEXT}))
    assert refusal(items).name == "ngoai.zip/trong.zip"
    assert "ngoai.zip/b.txt" in names(items)


def test_members_that_lead_out_of_the_workspace_are_refused(tmp_path: Path) -> None:
    members = {"../../thoat.txt": TEXT, "/etc/thoat.txt": TEXT, "C:\\thoat.txt": TEXT, "tot.txt": TEXT}
    items = take(tmp_path, zipped(tmp_path / "a.zip", members))
    assert [item.name for item in items if isinstance(item, IncomingFile)] == ["a.zip/tot.txt"]
    assert len([item for item in items if isinstance(item, RefusedFile)]) == 3
    assert not list(tmp_path.rglob("thoat*"))


def test_a_member_packed_beyond_reason_is_not_unpacked(tmp_path: Path) -> None:
    items = take(tmp_path, zipped(tmp_path / "bom.zip", {"bom.txt": bytes(20_000_000), "tot.txt": TEXT}))
    assert refusal(items).name == "bom.zip/bom.txt"
    assert "bom.zip/tot.txt" in names(items)


def test_a_zip_that_says_it_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    items = take(tmp_path, zipped(tmp_path / "a.zip", {"a.txt": b"ab" * 600}), settings=Settings(max_bytes=1000))
    assert refusal(items).name == "a.zip"
    assert len(items) == 1


def test_a_member_bigger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"0123456789" * 1000})
    content = path.read_bytes()
    # The uncompressed size stands in the local header and in the central directory.
    path.write_bytes(content.replace((10_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert refusal(take(tmp_path, path)).name == "a.zip/a.txt"


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"mat.txt": TEXT, "tot.txt": TEXT})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # bit 0 of the general purpose flags, local header of the first member
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the central directory
    path.write_bytes(content)
    refused = refusal(take(tmp_path, path))
    assert refused.name == "a.zip/mat.txt"
    assert isinstance(refused.error, EncryptedFileError)


def test_a_member_without_a_name_is_refused_and_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "den.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Q.txt", "mot")
        packed.writestr("b.txt", "hai")
    path.write_bytes(path.read_bytes().replace(b"Q.txt", b"\0.txt"))
    refused, taken = sorted(collect([path], Settings(), tmp_path), key=lambda item: item.name)
    assert isinstance(refused, RefusedFile)
    assert "không có tên" in refused.error.message
    assert taken.name == "den.zip/b.txt"


def test_a_zip_cut_off_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": TEXT * 50})
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(take(tmp_path, path)).name == "a.zip"


@pytest.mark.parametrize(("folder", "what"), [("word", "Word"), ("xl", "Excel")])
def test_office_files_are_called_by_what_they_are(tmp_path: Path, folder: str, what: str) -> None:
    path = zipped(tmp_path / "a.docx", {"[Content_Types].xml": b"x", f"{folder}/document.xml": b"x"})
    refused = refusal(take(tmp_path, path))
    assert what in refused.error.message
    assert "PDF" in refused.error.remedy


def test_what_lies_beside_the_documents_is_refused_without_stopping(tmp_path: Path) -> None:
    put(tmp_path / "den" / "a.txt")
    put(tmp_path / "den" / "index.tsv", b"a\tb\n")
    put(tmp_path / "den" / "chuong-trinh.exe", b"MZ\x90\x00")
    items = take(tmp_path, tmp_path / "den")
    assert [item.name for item in items if isinstance(item, IncomingFile)] == ["a.txt"]
    assert len(items) == 3


def test_an_empty_folder_and_an_empty_zip_are_errors_that_say_so(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    empty_zip = zipped(tmp_path / "trong.zip", {})
    for path in (tmp_path / "trong", empty_zip):
        refused = refusal(take(tmp_path, path))
        assert isinstance(refused.error, InputFileError)
        assert "trong" in refused.error.message


def test_a_path_that_is_not_there_is_a_file_access_error(tmp_path: Path) -> None:
    refused = refusal(take(tmp_path, tmp_path / "khong-co.pdf", put(tmp_path / "a.txt")))
    assert isinstance(refused.error, FileAccessError)
    assert refused.error.exit_code is ExitCode.FILE_ACCESS


def test_a_wrong_extension_is_read_by_content_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    buffer = io.BytesIO()
    from PIL import Image  # noqa: PLC0415

    Image.new("L", (10, 10)).save(buffer, "PNG")
    items = take(tmp_path, put(tmp_path / "bao-cao.pdf", buffer.getvalue()))
    assert isinstance(items[0], IncomingFile)
    assert "bao-cao.pdf" in caplog.text
    assert "image/png" in caplog.text
