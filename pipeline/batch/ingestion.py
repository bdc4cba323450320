"""Documents into the archive: what is there already is passed over, what fails is noted, what is done stays."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.archive.store import Archive
from pipeline.batch.effort import pages_in
from pipeline.batch.listener import BatchListener
from pipeline.batch.outcomes import Failed, Outcome, Succeeded
from pipeline.batch.workers import process_all
from pipeline.errors import DoisoatError
from pipeline.ocr import refusals
from pipeline.ocr.intake import IncomingFile, RefusedFile, collect
from pipeline.ocr.reading import digest
from pipeline.settings import Settings


@dataclass
class IngestReport:
    """How a batch ended: the names of the documents taken in, of the files already there, and the failures.

    `parted` has the documents of each file that holds several, by the file's name.
    """

    done: list[str] = field(default_factory=list)
    already_there: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    parted: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class _Planned:
    """A file to be processed: under which name it came, and under which others the same bytes came too."""

    file: IncomingFile
    digest: str
    came_as: str
    twins: list[str] = field(default_factory=list)


def ingest(paths: Sequence[Path], archive: Archive, settings: Settings, listener: BatchListener) -> IngestReport:
    """Take files, folders and ZIPs into an archive.

    Each document enters in one transaction as soon as it is done, so that stopping the batch at any moment costs only
    the documents in work; starting it again takes up where it stopped, and tries what had failed once more.

    Raises:
        FileAccessError: The archive itself cannot be written; there is no use in going on then.
    """
    batch = _Batch(archive, settings, listener)
    with tempfile.TemporaryDirectory(prefix="doisoat-") as workspace:
        batch.plan(paths, Path(workspace))
        batch.process()
    return batch.report


class _Batch:
    """One run of `ingest`."""

    def __init__(self, archive: Archive, settings: Settings, listener: BatchListener) -> None:
        self.report = IngestReport()
        self._archive = archive
        self._settings = settings
        self._listener = listener
        self._by_digest: dict[str, _Planned] = {}

    def plan(self, paths: Sequence[Path], workspace: Path) -> None:
        """Find out which documents there are and which of them the archive has not."""
        for path in paths:
            if not path.exists():
                # A slip of the pen on the command line is no document that failed: the archive need not know.
                self._report_failure(Failed(str(path), refusals.missing(str(path))))
        present = [path for path in paths if path.exists()]
        for item in collect(present, self._settings, workspace):
            if isinstance(item, RefusedFile):
                self._fail(Failed(item.name, item.error), None)
            else:
                self._plan_one(item)

    def _plan_one(self, file: IncomingFile) -> None:
        try:
            content = digest(file.path)
        except OSError as error:
            self._fail(Failed(file.name, refusals.unreachable(file.name, error.strerror or str(error))), None)
            return
        if self._archive.holds(content):
            self._archive.note_name(content, file.name)
            self.report.already_there.append(file.name)
        elif content in self._by_digest:
            self._by_digest[content].twins.append(file.name)
        else:
            name = self._archive.free_name(file.name, content)
            self._by_digest[content] = _Planned(replace(file, name=name), content, came_as=file.name)

    def process(self) -> None:
        """Process what was planned."""
        planned = {plan.file.name: plan for plan in self._by_digest.values()}
        self._listener.planned({name: pages_in(plan.file, self._settings) for name, plan in planned.items()})
        files = [plan.file for plan in planned.values()]
        with closing(process_all(files, self._settings, self._listener.page_done)) as outcomes:
            for outcome in outcomes:
                self._settle(planned[outcome.name], outcome)

    def _settle(self, plan: _Planned, outcome: Outcome) -> None:
        settled = self._keep(plan, outcome) if isinstance(outcome, Succeeded) else outcome
        if isinstance(settled, Failed):
            for name in (plan.came_as, *plan.twins):
                self._fail(replace(settled, name=name), plan.digest)
            return
        for twin in plan.twins:
            self._archive.note_name(plan.digest, twin)
        names = tuple(document.reading.document for document in settled.documents)
        if len(names) > 1:
            self.report.parted[settled.name] = names
        self.report.done.extend(names)
        self.report.already_there.extend(plan.twins)
        self._listener.document_done(settled.name)

    def _keep(self, plan: _Planned, outcome: Succeeded) -> Outcome:
        """Archive a file's documents; what prevents it is an error of this file, unless noting it fails as well."""
        try:
            self._archive.add(outcome.documents, plan.file.path, plan.came_as)
        except DoisoatError as error:
            return Failed(plan.came_as, error)
        return outcome

    def _fail(self, failed: Failed, content: str | None) -> None:
        self._archive.note_failure(failed.name, content, failed.error)
        self._report_failure(failed)

    def _report_failure(self, failed: Failed) -> None:
        self.report.failed.append(failed)
        self._listener.document_failed(failed)
