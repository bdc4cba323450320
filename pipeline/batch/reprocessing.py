"""Documents of an archive read anew from their originals, as this version of the software reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from pipeline.archive.reprocessed import Stale, StoredFile
from pipeline.archive.store import Archive
from pipeline.batch.listener import BatchListener
from pipeline.batch.outcomes import Failed, Outcome, Succeeded
from pipeline.batch.workers import process_all
from pipeline.errors import DoisoatError
from pipeline.ocr.intake import IncomingFile
from pipeline.settings import Settings


@dataclass
class ReprocessReport:
    """How it ended: the names of the documents that were read anew, and the files of which the old text stays."""

    done: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def reprocess(chosen: Stale, archive: Archive, settings: Settings, listener: BatchListener) -> ReprocessReport:
    """Read documents anew; each file's new text takes the place of its old one, in one transaction, when it is done.

    Raises:
        FileAccessError: The archive itself cannot be read or written.
    """
    report = ReprocessReport()
    files = archive.stale(chosen)
    listener.planned({file.name: file.pages for file in files})

    def fail(failed: Failed) -> None:
        report.failed.append(failed)
        listener.document_failed(failed)

    with closing(process_all(_originals(files, archive, fail), settings, listener.page_done)) as outcomes:
        for outcome in outcomes:
            settled = _keep(archive, outcome)
            if isinstance(settled, Failed):
                fail(settled)
            else:
                report.done += [document.reading.document for document in settled.documents]
                listener.document_done(settled.name)
    return report


def _originals(files: Sequence[StoredFile], archive: Archive, fail: Callable[[Failed], None]) -> Iterator[IncomingFile]:
    """Yield the originals when they are wanted, for they may have to be fetched; tell of those that cannot be."""
    for file in files:
        try:
            yield IncomingFile(file.name, archive.original_of(file.digest, file.media_type))
        except DoisoatError as error:
            fail(Failed(file.name, error))


def _keep(archive: Archive, outcome: Outcome) -> Outcome:
    """Put the new text in the place of the old; what prevents it is an error of this file."""
    if isinstance(outcome, Failed):
        return outcome
    try:
        archive.replace(outcome.documents)
    except DoisoatError as error:
        return Failed(outcome.name, error)
    return Succeeded(outcome.name, outcome.documents)
