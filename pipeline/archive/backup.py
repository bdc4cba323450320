"""The whole archive in one ZIP, and an archive out of such a ZIP.

A backup may be made while the archive is in use. It holds the database as it is at one moment, the originals and the
files that wait in the tray; what can be made again, such as pictures of pages, it leaves out. The database in it is
SQLite's whatever the archive has: so a backup also moves an archive from one database system to the other.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from pipeline import __version__
from pipeline.archive import integrity, transfer
from pipeline.archive.connection import DATABASE, Backend, Database, backend
from pipeline.archive.originals import FOLDER
from pipeline.archive.originals_place import forget, originals
from pipeline.archive.uploads import TRAY
from pipeline.errors import FileAccessError, InputFileError
from pipeline.models import Record

_LABEL = "doisoat-backup.json"
_FORMAT = 1


class BackupLabel(Record):
    """What a backup says of itself: the `format` of the ZIP, the version of the software, the number of originals."""

    format: int
    version: str
    originals: int


def back_up(folder: Path, target: Path, seen: Callable[[int, int], None], database: str | None = None) -> BackupLabel:
    """Write a backup of the archive in a folder; it appears under its name only when it is whole.

    Args:
        folder: The folder of the archive, which may be in use.
        target: The ZIP.
        seen: Is called with the number of files that have been written, and the number of all.
        database: The URL of the archive's database where that does not stand in the folder.

    Raises:
        FileAccessError: There is a file of this name already, or it cannot be written, or the archive not be read.
    """
    if target.exists():
        raise FileAccessError(
            f"{target}: đã có tệp này, không ghi đè. / This file exists and is not overwritten.",
            "Hãy chọn tên khác, ví dụ có ngày trong tên. / Choose another name, with the day in it for example.",
        )
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            label = _write(folder, temporary, seen, database)
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            temporary.rename(target)
        finally:
            temporary.unlink(missing_ok=True)
    return label


def restore(source: Path, folder: Path, seen: Callable[[int, int], None], database: str | None = None) -> BackupLabel:
    """Make an archive of a backup, in a folder that is empty or not there; it appears only when it is proved whole.

    Args:
        source: The ZIP.
        folder: The folder of the new archive.
        seen: Is called with the number of originals that have been compared with their hashes, and the number of all.
        database: The URL of an empty database for the new archive; in the folder unless it is given.

    Raises:
        InputFileError: The file is no backup, or is damaged.
        FileAccessError: The folder or the database is in use, or cannot be written.
        ConfigurationError: A newer version of the software made the backup.
    """
    if not source.is_file():
        raise FileAccessError(
            f"{source}: không có tệp này. / There is no such file.", "Hãy xem lại đường dẫn. / Check the path."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileAccessError(
            f"{folder}: thư mục không trống, không ghi đè kho đang có. / The folder is not empty.",
            "Hãy chọn thư mục mới bằng --archive. / Choose a new folder with --archive.",
        )
    with _explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            label = _unpack(source, beside)
            _keep_originals_here(beside)
            fault = next(integrity.faults(beside, seen), None)
            if fault is not None:
                raise _damaged(source, f"{fault.kind.value}: {fault.subject} {fault.detail}".strip())
            if database is None:
                _put_in_place(beside, folder)
            else:
                _fill(backend(folder, database), beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return label


def _keep_originals_here(folder: Path) -> None:
    opened = Database(backend(folder, None))
    try:
        with opened.writing() as session:
            forget(session)
    finally:
        opened.close()


def _put_in_place(beside: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    beside.rename(folder)


def _fill(chosen: Backend, beside: Path, folder: Path) -> None:
    """Fill an empty database from the one in a folder, which is then put in its place without it; all or nothing."""
    target, copied = Database(chosen), Database(backend(beside, None))
    try:
        with target.writing() as into:
            if not transfer.is_empty(into):
                raise FileAccessError(
                    f"{target.name}: đã có kho ở đây, không ghi đè. / There is an archive already.",
                    "Hãy tạo cơ sở dữ liệu mới (createdb). / Make a new database (createdb).",
                )
            with copied.reading() as source:
                transfer.copy(source, into)
            copied.close()
            (beside / DATABASE).unlink()
            _put_in_place(beside, folder)
    finally:
        copied.close()
        target.close()


def _write(folder: Path, target: Path, seen: Callable[[int, int], None], database: str | None) -> BackupLabel:
    with zipfile.ZipFile(target, "x") as packed:
        # The tray before the database: what is taken in meanwhile stands in the database and among the originals,
        # which come last and are never removed.
        _add_tray(packed, folder)
        _add_database(packed, folder, database)
        _add_tray(packed, folder)
        number = _add_originals(packed, folder, database, seen)
        label = BackupLabel(format=_FORMAT, version=__version__, originals=number)
        packed.writestr(_LABEL, label.model_dump_json())
    return label


def _add_tray(packed: zipfile.ZipFile, folder: Path) -> None:
    there = set(packed.namelist())
    for path in sorted(path for path in (folder / TRAY).rglob("*") if path.is_file()):
        if path.relative_to(folder).as_posix() not in there:
            # What is gone has been taken in since it was listed.
            with suppress(FileNotFoundError):
                _add(packed, folder, path)


def _add(packed: zipfile.ZipFile, folder: Path, path: Path) -> None:
    packed.write(path, path.relative_to(folder).as_posix())  # stored as it is: scans and PDFs are packed already


def _add_originals(
    packed: zipfile.ZipFile, folder: Path, database: str | None, seen: Callable[[int, int], None]
) -> int:
    """Add all originals, wherever they are kept, and return how many there are."""
    opened = Database(backend(folder, database))
    try:
        kept = originals(folder, opened)
        names = kept.names()
        for number, name in enumerate(names, start=1):
            with kept.opened(name) as content, packed.open(f"{FOLDER}/{name}", "w", force_zip64=True) as entry:
                shutil.copyfileobj(content, entry)
            seen(number, len(names))
    finally:
        opened.close()
    return len(names)


def _add_database(packed: zipfile.ZipFile, folder: Path, database: str | None) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        if database is None:
            _copy_file(folder / DATABASE, Path(scratch) / DATABASE)
        else:
            _copy_rows(backend(folder, database), backend(Path(scratch), None))
        packed.write(Path(scratch) / DATABASE, DATABASE, zipfile.ZIP_DEFLATED)


def _copy_file(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as still:
        live.backup(still)


def _copy_rows(source: Backend, target: Backend) -> None:
    live, still = Database(source), Database(target)
    try:
        with live.reading() as rows, still.writing() as into:
            transfer.copy(rows, into)
    finally:
        live.close()
        still.close()


def _unpack(source: Path, folder: Path) -> BackupLabel:
    try:
        with zipfile.ZipFile(source) as packed:
            label = BackupLabel.model_validate_json(packed.read(_LABEL))
            if label.format != _FORMAT:
                raise _damaged(source, f"format {label.format}")
            for entry in packed.infolist():
                if entry.filename != _LABEL:
                    _require_place(source, entry.filename)
                    packed.extract(entry, folder)
    except (zipfile.BadZipFile, KeyError, ValidationError, EOFError) as error:
        raise _damaged(source, str(error).splitlines()[0]) from error
    return label


def _require_place(source: Path, name: str) -> None:
    """Refuse a name that no backup has, whatever it would do outside of the folder."""
    parts = PurePosixPath(name).parts
    belongs = name == DATABASE or (parts[0] in (FOLDER, TRAY) and len(parts) > 1)
    if not belongs or ".." in parts or "\\" in name:
        raise _damaged(source, name)


def _damaged(source: Path, reason: str) -> InputFileError:
    return InputFileError(
        f"{source.name}: không phải bản sao lưu nguyên vẹn ({reason}). / No backup that is whole ({reason}).",
        "Hãy dùng bản sao lưu khác. / Use another backup.",
    )


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise FileAccessError(
            f"{place}: không sao lưu hoặc khôi phục được ({error}). / It cannot be written or read ({error}).",
            "Hãy kiểm tra dung lượng đĩa và quyền đọc, ghi. / Check the disk space and the permissions.",
        ) from error
