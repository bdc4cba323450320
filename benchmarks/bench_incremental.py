"""What one new document costs: reconciling it with an archive of many, against reconciling everything anew.

    python -m benchmarks.bench_incremental [FIGURES ...]

Documents are those of `bench_reconcile`. CPU time of this process, one core; loading from SQLite is part of it.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bench_reconcile import PROVINCES, document, pile
from pipeline import __version__
from pipeline.archive.store import Archive
from pipeline.models import Extraction, ProcessedDocument, Reading, StageSeconds
from pipeline.reconcile.incremental import reconcile_added
from pipeline.reconcile.reconciliation import reconcile


def main(sizes: list[int]) -> None:
    """Print one line for each size of archive."""
    print(f"{'figures':>8} {'documents':>9} {'all s':>7} {'added s':>8} {'of it loading':>14} {'figures beside':>15}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), size)


def _measure(folder: Path, size: int) -> None:
    documents = list(pile(size))
    with Archive.create(folder / "archive") as archive:
        for older in documents:
            _enter(archive, folder, older)
        start = time.process_time()
        archive.replace_findings(reconcile(archive.extractions()))
        whole = time.process_time() - start
        _enter(archive, folder, document("moi.txt", PROVINCES[0], random.Random(size + 1)))
        start = time.process_time()
        added = archive.unreconciled() or []
        new, beside = archive.extractions_of(added), archive.beside(added)
        known = archive.findings()
        loaded = time.process_time() - start
        reconcile_added(new, beside, known)
        spent = time.process_time() - start
    figures = sum(len(extraction.figures) for extraction in beside)
    print(f"{size:8} {len(documents):9} {whole:7.2f} {spent:8.2f} {loaded:14.2f} {figures:15}")


def _enter(archive: Archive, folder: Path, extraction: Extraction) -> None:
    path = folder / extraction.document
    path.write_text("\n".join(sentence.text for sentence in extraction.sentences), encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    size = path.stat().st_size
    reading = Reading(document=path.name, digest=digest, media_type="text/plain", size=size, pages=())
    seconds = StageSeconds(ocr=0, normalize=0, extract=0)
    done = ProcessedDocument(reading=reading, extraction=extraction, seconds=seconds, version=__version__)
    archive.add([done], path, path.name)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [2_000, 20_000, 100_000])
