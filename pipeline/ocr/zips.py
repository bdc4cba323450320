"""Unpack a ZIP that came from outside without letting it harm the machine.

Members are written under names of our own making, so that no name in the archive can reach out of the workspace
("zip slip"); what they claim to unpack to is checked before, and what they do unpack to while, bytes are written
("zip bomb", Fifield, USENIX WOOT 2019).
"""

from __future__ import annotations

import lzma
import re
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import DoisoatError, InputFileError
from pipeline.ocr import refusals

_MAX_MEMBERS = 10_000
# Text packs 10 times, an empty bilevel page a few hundred times; deflate's limit is 1032.
_MAX_RATIO = 500
_RATIO_MATTERS_FROM = 5_000_000
_CHUNK = 1 << 20
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
# What `zipfile` and its decompressors are known to raise on broken archives (RuntimeError: encrypted unawares, or a
# method that is not supported).
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, UnicodeDecodeError)
_OFFICE = {
    "word/": "Word .docx",
    "xl/": "Excel .xlsx",
    "ppt/": "PowerPoint .pptx",
}


@dataclass(frozen=True)
class Member:
    """A file out of a ZIP, unpacked to `path`; `name` begins with the name of the ZIP."""

    name: str
    path: Path


@dataclass(frozen=True)
class RefusedMember:
    """A member that was not unpacked, or the ZIP itself, with the reason."""

    name: str
    error: DoisoatError


def unpack(path: Path, name: str, max_bytes: int, workspace: Path) -> Iterator[Member | RefusedMember]:
    """Unpack the ZIP at `path` member by member into a new folder in `workspace`.

    Args:
        path: The ZIP.
        name: What a message calls it.
        max_bytes: What all members together may unpack to.
        workspace: An existing folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, name, max_bytes)
            folder = Path(tempfile.mkdtemp(prefix="zip-", dir=workspace))
            for position, info in enumerate(members):
                yield _unpack_one(archive, info, name, folder / f"{position:05d}")
    except InputFileError as error:
        yield RefusedMember(name, error)
    except _DAMAGE as error:
        yield RefusedMember(name, refusals.damaged(name, str(error)))


def _members(archive: zipfile.ZipFile, name: str, max_bytes: int) -> list[zipfile.ZipInfo]:
    """List the members worth unpacking, or refuse the whole archive."""
    infos = archive.infolist()
    office = _office_format(archive)
    if office:
        raise refusals.wrong_type(name, office)
    if len(infos) > _MAX_MEMBERS:
        raise refusals.unsafe_member(name, f"{len(infos)} tệp / files")
    total = sum(info.file_size for info in infos)
    if total > max_bytes:
        raise refusals.too_big(name, total, max_bytes)
    return sorted((info for info in infos if _is_document(info)), key=member_name)


def _office_format(archive: zipfile.ZipFile) -> str | None:
    """Name the office format that is a ZIP inside, or None for a plain ZIP."""
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        return next((what for folder, what in _OFFICE.items() if any(n.startswith(folder) for n in names)), "Office")
    return "OpenDocument/EPUB" if names[:1] == ["mimetype"] else None


def _is_document(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename).parts
    hidden = any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    # ZipInfo.is_dir() of Python 3.11 asks for the last letter of a name that may have none.
    is_folder = info.filename.endswith("/")
    return not (is_folder or hidden or is_link)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the member's name as its packer meant it, in NFC.

    Without the UTF-8 flag the `zipfile` module takes code page 437; programs in Viet Nam write UTF-8 without the
    flag, or the Windows code page 1258.
    """
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        packed = name.encode("cp437")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = packed.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name)


def _unpack_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, target: Path) -> Member | RefusedMember:
    inner = member_name(info)
    shown = f"{name}/{inner}"
    if not inner:
        return RefusedMember(shown, refusals.damaged(shown, "không có tên / no name"))
    if info.flag_bits & _ENCRYPTED_FLAG:
        return RefusedMember(shown, refusals.encrypted(shown))
    if inner.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", inner) or re.match(r"[A-Za-z]:", inner):
        return RefusedMember(shown, refusals.unsafe_member(shown, "đường dẫn ra ngoài / a path that leads outside"))
    if info.file_size > _RATIO_MATTERS_FROM and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        return RefusedMember(shown, refusals.unsafe_member(shown, "tỉ lệ nén / compression ratio"))
    target = target.with_suffix(PurePosixPath(inner).suffix)
    try:
        _write(archive, info, target)
    except _DAMAGE as error:
        target.unlink(missing_ok=True)
        return RefusedMember(shown, refusals.damaged(shown, str(error)))
    return Member(shown, target)


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    written = 0
    with archive.open(info) as source, target.open("wb") as sink:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > info.file_size:
                raise zipfile.BadZipFile("hơn kích thước khai báo / more than declared")
            sink.write(chunk)
