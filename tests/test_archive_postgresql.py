"""An archive in PostgreSQL: its address, moving there and back, what its server may be, and what the commands say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archive_documents import processed, session_of, written
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from sqlalchemy import func, select

from pipeline.archive import terms
from pipeline.archive.accounts import Role
from pipeline.archive.decisions import AcceptFinding, FindingTarget
from pipeline.archive.integrity import FaultKind, faults
from pipeline.archive.schema import DocumentRow
from pipeline.archive.store import Archive
from pipeline.cli.main import main
from pipeline.cli.options import settings
from pipeline.errors import ConfigurationError, ExitCode, FileAccessError

if TYPE_CHECKING:
    from postgres_server import PostgresServer

LINES = ("Toàn tỉnh có 120 điểm phục vụ.", "Sở có 35 cán bộ.")
Output = pytest.CaptureFixture[str]


def _fill(archive: Archive, folder: Path, names: tuple[str, ...] = ("mot.txt", "hai.txt")) -> None:
    for name in names:
        path = written(folder, name, (*LINES, name))
        archive.add([processed(path, (*LINES, name))], path, name)


def _decide(archive: Archive) -> None:
    target = FindingTarget(id="finding-1", code="sum.parts", values=("150",), message="150 ≠ 140")
    archive.decide([AcceptFinding(target=target, by="An", at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))])


def _same(one: Archive, other: Archive) -> bool:
    return (
        one.documents() == other.documents()
        and one.extractions() == other.extractions()
        and one.decisions() == other.decisions() != []
        and one.events() == other.events()
        and one.search("diem phuc vu", 9) == other.search("diem phuc vu", 9)
    )


def test_a_backup_moves_an_archive_to_postgresql_and_back(postgres: PostgresServer, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "kho") as archive:
        _fill(archive, tmp_path)
        _decide(archive)
    there, url = tmp_path / "goc", postgres.bare_database()
    main(["backup", str(tmp_path / "di.zip"), "--archive", str(tmp_path / "kho")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISOAT_ARCHIVE", str(there))
        assert main(["restore", str(tmp_path / "di.zip"), "--archive", url]) == ExitCode.OK
        assert main(["check", "--archive", url]) == ExitCode.OK
        assert main(["backup", str(tmp_path / "ve.zip"), "--archive", url]) == ExitCode.OK
    assert main(["restore", str(tmp_path / "ve.zip"), "--archive", str(tmp_path / "lai")]) == ExitCode.OK
    with (
        Archive.open(tmp_path / "kho") as first,
        Archive.open(there, url) as moved,
        Archive.open(tmp_path / "lai") as back,
    ):
        assert _same(first, moved)
        assert _same(first, back)
        assert not (there / "doisoat.sqlite").exists()
        _fill(moved, tmp_path, ("ba.txt",))
        assert [document.name for document in moved.documents()] == ["mot.txt", "hai.txt", "ba.txt"]


def test_a_restored_archive_overwrites_no_database(postgres: PostgresServer, tmp_path: Path, capsys: Output) -> None:
    url = postgres.database()
    with Archive.create(tmp_path / "kho", url) as archive:
        _fill(archive, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISOAT_ARCHIVE", str(tmp_path / "kho"))
        main(["backup", str(tmp_path / "sao.zip"), "--archive", url])
        patch.setenv("DOISOAT_ARCHIVE", str(tmp_path / "lai"))
        assert main(["restore", str(tmp_path / "sao.zip"), "--archive", url]) == ExitCode.FILE_ACCESS
    assert "không ghi đè" in capsys.readouterr().err
    assert not (tmp_path / "lai").exists()


def test_a_missing_entry_of_the_index_is_told(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.database()
    with Archive.create(tmp_path / "kho", url) as archive:
        _fill(archive, tmp_path)
        with session_of(archive) as session:
            session.connection().exec_driver_sql("DELETE FROM passage_index")
    found = [fault.kind for fault in faults(tmp_path / "kho", lambda done, total: None, url)]
    assert found == [FaultKind.SEARCH_INDEX]


def test_commands_take_the_address_where_they_take_a_folder(
    postgres: PostgresServer, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = postgres.bare_database()
    path = written(tmp_path, "bao-cao.txt", ("BÁO CÁO", "Kết quả năm 2024", "", *LINES))
    assert main(["status", "--archive", url]) == ExitCode.FILE_ACCESS
    assert "chưa có kho" in capsys.readouterr().err
    assert main(["ingest", str(path), "--archive", url]) == ExitCode.OK
    assert main(["reconcile", "--archive", url]) == ExitCode.OK
    assert main(["search", "diem phuc vu", "--archive", url]) == ExitCode.OK
    assert "120 điểm phục vụ" in capsys.readouterr().out
    assert main(["status", "--archive", url]) == ExitCode.OK
    assert f"postgresql://{postgres.user}@/" in capsys.readouterr().out
    assert (tmp_path / "doisoat-archive" / "originals").is_dir()
    assert not (tmp_path / "doisoat-archive" / "doisoat.sqlite").exists()


def test_the_address_may_stand_in_the_environment_beside_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISOAT_ARCHIVE", "postgresql://an@may-chu/kho")
    assert (settings().archive, settings().database) == (Path("doisoat-archive"), "postgresql://an@may-chu/kho")
    monkeypatch.setenv("DOISOAT_ARCHIVE", "/srv/kho")
    assert settings("postgresql://an@khac/kho").database == "postgresql://an@khac/kho"
    assert settings("postgresql://an@khac/kho").archive == Path("/srv/kho")
    monkeypatch.setenv("DOISOAT_DATABASE", "postgresql://an@may-chu/kho")
    assert settings("/srv/khac").database == "postgresql://an@may-chu/kho"


@pytest.mark.parametrize("address", ["postgresql://an:bi-mat@may:cong/kho", "mysql://an:bi-mat@may/kho", "postgresql"])
def test_what_is_no_address_of_a_database_is_told_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigurationError, match="postgresql://doisoat@localhost") as refused:
        Archive.create(tmp_path / "kho", address)
    assert "bi-mat" not in str(refused.value)


def test_a_server_that_cannot_be_reached_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="an:\\*\\*\\*@/kho") as refused:
        Archive.create(tmp_path / "kho", f"postgresql://an:bi-mat@/kho?host={tmp_path}")
    assert "bi-mat" not in str(refused.value)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres: PostgresServer, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="UTF8"):
        Archive.create(tmp_path / "kho", postgres.bare_database("LATIN1"))


@pytest.fixture(scope="module")
def lasting(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive.create(tmp_path_factory.mktemp("kho"), postgres.database())


@tried(max_examples=200, deadline=None)
@given(text=st.text(alphabet="aAăÂbdđĐeÊghơƯyỳẴỐịý ¹²,.-–/12\u0301\u0323", max_size=60))
def test_the_database_folds_vietnamese_as_the_search_does(lasting: Archive, text: str) -> None:
    with session_of(lasting) as session:
        assert session.scalars(select(func.folded(text))).one() == terms.folded(text)


def test_what_one_writer_has_written_the_next_one_sees(postgres: PostgresServer, tmp_path: Path) -> None:
    url = postgres.database()
    with Archive.create(tmp_path / "kho", url) as one, Archive.create(tmp_path / "kho", url) as other:
        one.accounts.add("an", Role.OFFICER, "băm")
        with session_of(other) as session:
            assert session.scalars(select(func.count()).select_from(DocumentRow)).one() == 0
        _fill(one, tmp_path, ("mot.txt",))
        _fill(other, tmp_path, ("mot.txt",))
        assert len(one.documents()) == len(other.documents()) == 1
