"""Documents processed for one answer, without an archive: in the order in which they were named."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.effort import pages_in
from pipeline.batch.listener import BatchListener
from pipeline.batch.outcomes import Failed, Succeeded
from pipeline.batch.workers import process_all
from pipeline.models import ProcessedDocument
from pipeline.ocr.intake import RefusedFile, collect
from pipeline.settings import Settings


@dataclass(frozen=True)
class Processed:
    """What became of the files: the documents, and the failures."""

    documents: tuple[ProcessedDocument, ...]
    failed: tuple[Failed, ...]


def process_paths(paths: Sequence[Path], settings: Settings, listener: BatchListener) -> Processed:
    """Process files, folders and ZIPs; what fails is told to the listener and does not stop the rest."""
    failed: list[Failed] = []
    documents: dict[str, tuple[ProcessedDocument, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="doisoat-") as workspace:
        files = []
        for item in collect(paths, settings, Path(workspace)):
            if isinstance(item, RefusedFile):
                failed.append(Failed(item.name, item.error))
                listener.document_failed(failed[-1])
            else:
                files.append(item)
        listener.planned({file.name: pages_in(file, settings) for file in files})
        with closing(process_all(files, settings, listener.page_done)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Succeeded):
                    documents[outcome.name] = outcome.documents
                    listener.document_done(outcome.name)
                else:
                    failed.append(outcome)
                    listener.document_failed(outcome)
    return Processed(tuple(document for file in files for document in documents.get(file.name, ())), tuple(failed))
