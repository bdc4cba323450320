"""What one new document costs: reconciling it with an archive of many, against reconciling everything anew.

    python -m benchmarks.bench_incremental [FIGURES ...]

Documents are those of `bench_reconcile`: once of all provinces in turn, once all of one province, so that everything in
the archive may be of one thing with the new document. CPU time of this process, one core; loading from the database and
writing the findings there are part of it.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench_reconcile import PROVINCES, document, pile
from pipeline import __version__
from pipeline.archive.reconciling import reconcile_all, reconcile_new
from pipeline.archive.store import Archive
from pipeline.models import Extraction, ProcessedDocument, Reading, StageSeconds


def main(sizes: list[int]) -> None:
    """Print one line for each size of archive, with documents of many provinces and of one."""
    print(f"{'figures':>8} {'documents':>9} {'provinces':>9} {'all s':>7} {'added s':>8} {'of it loading':>14}")
    for size in sizes:
        for provinces in (PROVINCES, PROVINCES[:1]):
            with tempfile.TemporaryDirectory() as folder:
                _measure(Path(folder), size, provinces)


def _measure(folder: Path, size: int, provinces: Sequence[str]) -> None:
    documents = list(pile(size, provinces))
    with Archive.create(folder / "archive") as archive:
        for older in documents:
            _enter(archive, folder, older)
        start = time.process_time()
        reconcile_all(archive)
        whole = time.process_time() - start
        _enter(archive, folder, document("moi.txt", PROVINCES[0], random.Random(size + 1)))
        start = time.process_time()
        archive.extractions_of(["moi.txt"])
        archive.beside(["moi.txt"])
        loaded = time.process_time() - start
        start = time.process_time()
        reconcile_new(archive)
        spent = time.process_time() - start
    print(f"{size:8} {len(documents):9} {len(provinces):9} {whole:7.2f} {spent:8.2f} {loaded:14.2f}")


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
