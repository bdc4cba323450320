"""From what a person names on the command line to the single documents in it: files, folders, ZIPs."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DoisoatError
from pipeline.ocr import media, refusals
from pipeline.ocr.zips import RefusedMember, unpack
from pipeline.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IncomingFile:
    """A document that came in. `name` is what a person recognises: "thang9.zip/bao-cao.pdf", "quy3/bao-cao.pdf"."""

    name: str
    path: Path


@dataclass(frozen=True)
class RefusedFile:
    """Something that came in and cannot be a document here, with the reason."""

    name: str
    error: DoisoatError


def collect(paths: Sequence[Path], settings: Settings, workspace: Path) -> Iterator[IncomingFile | RefusedFile]:
    """Yield the documents in `paths`, one by one, in a stable order; what is refused is yielded, never raised.

    Folders are walked to their depth in sorted order; hidden files, symbolic links inside folders and empty
    directories of a ZIP are passed over. Names are relative to the folder given, and carry that folder's own name
    only where two documents would otherwise have the same one.

    Args:
        paths: Files, folders and ZIPs as a person gave them.
        settings: The limit `max_bytes`.
        workspace: An existing folder for the unpacked members of ZIPs; the caller removes it afterwards.
    """
    taken: set[str] = set()
    for path in paths:
        for item in _collect_one(path, settings, workspace):
            yield _with_free_name(item, path, taken)


def _collect_one(path: Path, settings: Settings, workspace: Path) -> Iterator[IncomingFile | RefusedFile]:
    if not path.is_dir():
        yield from _open(path, path.name, settings, workspace)
        return
    found = False
    for child in _walk(path):
        found = True
        yield from _open(child, child.relative_to(path).as_posix(), settings, workspace)
    if not found:
        yield RefusedFile(str(path), refusals.empty_folder(str(path)))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below `folder`; links are passed over because they may lead out of it, or round in it."""
    for child in sorted(folder.iterdir()):
        if child.name.startswith(".") or child.is_symlink():
            continue
        if child.is_dir():
            yield from _walk(child)
        elif child.is_file():
            yield child


def _open(path: Path, name: str, settings: Settings, workspace: Path) -> Iterator[IncomingFile | RefusedFile]:
    try:
        kind = media.detect(path, name)
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise refusals.too_big(name, size, settings.max_bytes)
    except DoisoatError as error:
        yield RefusedFile(name, error)
        return
    if kind is not media.MediaType.ZIP:
        if media.contradicts_extension(kind, path):
            _log.warning("%s: nội dung là %s, sẽ đọc theo nội dung. / The content is %s and read so.", name, kind, kind)
        yield IncomingFile(name, path)
        return
    yield from _open_zip(path, name, settings, workspace)


def _open_zip(path: Path, name: str, settings: Settings, workspace: Path) -> Iterator[IncomingFile | RefusedFile]:
    found = False
    for member in unpack(path, name, settings.max_bytes, workspace):
        found = True
        if isinstance(member, RefusedMember):
            yield RefusedFile(member.name, member.error)
            continue
        try:
            kind = media.detect(member.path, member.name)
        except DoisoatError as error:
            yield RefusedFile(member.name, error)
            continue
        if kind is media.MediaType.ZIP:
            yield RefusedFile(member.name, refusals.wrong_type(member.name, "ZIP trong ZIP / a ZIP within a ZIP"))
        else:
            yield IncomingFile(member.name, member.path)
    if not found:
        yield RefusedFile(name, refusals.empty_folder(name))


def _with_free_name(item: IncomingFile | RefusedFile, given: Path, taken: set[str]) -> IncomingFile | RefusedFile:
    """Keep names apart: two folders may each hold a "bao-cao.pdf", and findings must say which."""
    if isinstance(item, RefusedFile):
        return item
    name = item.name
    if name in taken:
        name = f"{given.name}/{name}" if given.is_dir() else str(given)
    serial = 2
    while name in taken:
        name = f"{item.name} ({serial})"
        serial += 1
    taken.add(name)
    return IncomingFile(name, item.path)
