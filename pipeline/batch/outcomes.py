"""What became of one file of a batch. Outcomes cross process borders, so they are plain records."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from pipeline.errors import DoisoatError
from pipeline.models import ProcessedDocument
from pipeline.ocr.intake import IncomingFile
from pipeline.run import Progress, process
from pipeline.settings import Settings


class UnexpectedError(DoisoatError):
    """A defect of the software, met in one document."""


class WorkerDiedError(DoisoatError):
    """The process that worked on a document was killed, as a rule because memory ran out."""


@dataclass(frozen=True)
class Succeeded:
    """A file that went through all stages, with the documents that it holds."""

    name: str
    documents: tuple[ProcessedDocument, ...]


@dataclass(frozen=True)
class Failed:
    """A file that did not, and why; `trace` is the traceback, for the log, where the software has a defect."""

    name: str
    error: DoisoatError
    trace: str = ""


Outcome = Succeeded | Failed


def attempt(file: IncomingFile, settings: Settings, progress: Progress | None = None) -> Outcome:
    """Process one file; whatever goes wrong is an outcome, never an exception."""
    try:
        return Succeeded(file.name, process(file, settings, progress))
    except DoisoatError as error:
        return Failed(file.name, error)
    except Exception as error:  # noqa: BLE001 - a defect met in one document must not cost the others theirs
        return _unexpected(file.name, error)


def worker_died(name: str) -> Failed:
    """Say that the process that worked on this file was killed."""
    error = WorkerDiedError(
        f"{name}: tiến trình xử lý bị dừng đột ngột, thường vì hết bộ nhớ. / "
        "The process that worked on it died, as a rule because memory ran out.",
        "Hãy thử lại với --jobs 1, hoặc chia nhỏ tệp. / Try again with --jobs 1, or split the file.",
    )
    return Failed(name, error)


def _unexpected(name: str, error: Exception) -> Failed:
    explained = UnexpectedError(
        f"{name}: lỗi của phần mềm ({type(error).__name__}: {error}). / A defect of the software.",
        "Hãy chạy lại với --verbose và gửi báo lỗi. / Run it again with --verbose and report what it prints.",
    )
    return Failed(name, explained, "".join(traceback.format_exception(error)))
