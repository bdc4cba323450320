"""What each stage after reading costs on real files: repair, extract and reconcile, CPU seconds of one core.

    python -m benchmarks.bench_stages FILE_OR_FOLDER ...

Loading the models is not counted. Beside the stages stands what `ocr` took to read the files.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline.extract.extraction import extract
from pipeline.normalize.reading import repair_reading
from pipeline.normalize.repair import Repairer
from pipeline.ocr.intake import IncomingFile, collect
from pipeline.ocr.reading import read
from pipeline.reconcile.reconciliation import reconcile
from pipeline.settings import Settings

T = TypeVar("T")


def timed(stage: str, pages: int, work: Callable[[], T]) -> T:
    """Do the work and print what it cost."""
    began = time.process_time()
    done = work()
    seconds = time.process_time() - began
    print(f"{stage:10} {seconds:8.2f} s  {pages / max(seconds, 1e-9):9.1f} pages/s")
    return done


def main(paths: list[Path]) -> None:
    """Time the stages on all documents among the paths."""
    Repairer.load().repair_lines(["Kinh phi thuc hién la 12 triéu dong"])
    settings = Settings(page_cache="off")
    with tempfile.TemporaryDirectory() as workspace:
        files = [f for f in collect(paths, settings, Path(workspace)) if isinstance(f, IncomingFile)]
        began = time.perf_counter()
        readings = [read(file, settings) for file in files]
        pages = sum(len(reading.pages) for reading in readings)
        print(f"{len(files)} documents, {pages} pages, read in {time.perf_counter() - began:.1f} s")
    repaired = timed("repair", pages, lambda: [repair_reading(reading) for reading in readings])
    extract(repaired[0])
    extractions = timed("extract", pages, lambda: [extract(reading) for reading in repaired])
    findings = timed("reconcile", pages, lambda: reconcile(extractions))
    print(f"{sum(len(e.figures) for e in extractions)} figures, {len(findings)} findings")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main([Path(argument) for argument in sys.argv[1:]])
