"""The `ocr` stage: one document in, its pages with lines, words, boxes and the reason where each text came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.models import Page, Reading
from pipeline.ocr import media, pdfpages, picturepages, plaintext, refusals
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.media import MediaType
from pipeline.ocr.neighbours import follow_neighbours
from pipeline.ocr.pagecache import page_cache
from pipeline.ocr.recogniser import Recogniser
from pipeline.ocr.secrecy import refuse_if_secret
from pipeline.ocr.signatures import signatures_of
from pipeline.settings import Settings

Progress = Callable[[int, int], None]
Judge = Callable[[Reading], None]

_CHUNK = 1 << 20


def read(
    file: IncomingFile,
    settings: Settings,
    progress: Progress | None = None,
    judge: Judge = refuse_if_secret,
    at_once: int = 1,
) -> Reading:
    """Read a document whole; a page that cannot be read carries its `problem` and the others are read.

    Pages are kept in the setting `page_cache` as they are recognised, once the first page was judged: a document that
    is read again, or whose reading was interrupted, goes on from there.

    Args:
        file: The document.
        settings: Limits and resolution.
        progress: Called after each page with the pages done and the pages in all.
        judge: Called with the first page alone as soon as it is read, and with all pages at the end; raises where the
            file is to be refused.
        at_once: Pages that are recognised side by side.

    Raises:
        InputFileError: Empty, damaged, too big, of a type that is not read, or text in no known encoding.
        EncryptedFileError: It asks for a password.
        SecretDocumentError: It bears a secrecy mark.
        FileAccessError: It cannot be opened.
        ConfigurationError: The setting `trusted_certificates` names nothing that can be read.
        MissingDependencyError: A page must be recognised and Tesseract or its Vietnamese model is missing.
    """
    kind = media.detect(file.path, file.name)
    size = file.path.stat().st_size
    if size > settings.max_bytes:
        raise refusals.too_big(file.name, size, settings.max_bytes)
    reading = Reading(document=file.name, digest=digest(file.path), media_type=kind.value, size=size, pages=())
    pages: list[Page] = []
    with Recogniser(settings.page_seconds, page_cache(settings), at_once) as recogniser:
        for page, total in _pages(file, kind, settings, recogniser):
            pages.append(page)
            if len(pages) == 1:
                judge(reading.model_copy(update={"pages": (page,)}))
                recogniser.allow_keeping()
            if progress:
                progress(len(pages), total)
        judge(reading.model_copy(update={"pages": tuple(pages)}))
    signatures = signatures_of(file.path, settings.trusted_certificates) if kind is MediaType.PDF else ()
    return reading.model_copy(update={"pages": follow_neighbours(pages), "signatures": signatures})


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            sha.update(chunk)
    return sha.hexdigest()


def _pages(
    file: IncomingFile, kind: MediaType, settings: Settings, recogniser: Recogniser
) -> Iterator[tuple[Page, int]]:
    """Yield each page with the number of pages in all."""
    if kind is MediaType.TEXT:
        pages = plaintext.pages(plaintext.decode(file.path.read_bytes(), file.name))
        yield from ((page, len(pages)) for page in pages)
    elif kind is MediaType.PDF:
        yield from pdfpages.pages(file.path, file.name, settings, recogniser)
    elif kind is MediaType.ZIP:
        raise refusals.wrong_type(file.name, "ZIP")
    else:
        yield from picturepages.pages(file.path, file.name, settings, recogniser)
