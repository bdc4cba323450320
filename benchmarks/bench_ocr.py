"""Pages a second of the input stage beside what Tesseract alone costs on the same pages, in the same run.

    python -m benchmarks.bench_ocr [PDF ...]

Without arguments it makes its own pages: digital ones, and scans of several grades. CPU time is that of this process
and of the Tesseract processes that it started; one core is used at a time.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.degrade import Grade, degrade
from corpus.generator.fonts import Face, families
from pipeline.ocr import pdf
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

SENTENCE = (
    "Trong quý, toàn tỉnh đã giải quyết 12.480 hồ sơ, đạt 98,7% kế hoạch, tăng 312 hồ sơ so với cùng kỳ năm trước."
)
LINES = 36
DPI = 200


@dataclass
class Cost:
    """What a stretch of work took, in seconds."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure the work in the block, child processes included."""
    cost = Cost()
    wall, cpu = time.perf_counter(), cpu_seconds()
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - wall, cpu_seconds() - cpu


def cpu_seconds() -> float:
    """CPU time of this process and its finished children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def own_documents(folder: Path) -> list[Path]:
    """Make the pages: one digital PDF, and a scan of each grade."""
    digital = folder / "digital.pdf"
    canvas = Canvas(str(digital), pagesize=A4)
    for page in range(20):
        text = canvas.beginText(62, 780)
        text.setFont(families()[0].font(Face.REGULAR), 13, 20)
        words = f"{page + 1}. {SENTENCE} ".split() * LINES
        for line in range(LINES):
            text.textLine(" ".join(words[line * 15 : line * 15 + 15]))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(digital) as document:
        picture = document[0].render(scale=DPI / 72).to_pil()
    scans = []
    for grade in Grade:
        scans.append(folder / f"scan-{grade.value}.tif")
        degrade(picture, grade, seed=1).save(scans[-1], dpi=(DPI, DPI))
    return [digital, *scans]


def page_pictures(path: Path, folder: Path) -> list[Path]:
    """Render the pages as the stage does, for Tesseract alone to read."""
    if path.suffix.lower() != ".pdf":
        return [path]
    pictures = []
    with pdf.opened(path, path.name, Settings()) as document:
        for number, page in enumerate(document):
            scale = pdf.reading_scale(pdf.makeup(page), Settings())
            pictures.append(folder / f"{path.stem}-{number}.tif")
            image: Image.Image = pdf.render(page, scale).convert("L")
            image.save(pictures[-1], dpi=(round(scale * 72),) * 2)
    return pictures


def bare_tesseract(pictures: list[Path]) -> Cost:
    """Read the pictures with the command alone."""
    with measured() as cost:
        for picture in pictures:
            command = ["tesseract", str(picture), "-", "-l", "vie", "tsv"]
            subprocess.run(command, capture_output=True, check=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"})
    return cost


def main() -> None:
    """Print one row for each document."""
    print(f"{'document':32} {'pages':>5} {'read':>5} {'pages/s':>8} {'CPU s/page':>10} {'tesseract':>10} ratio")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for path in [Path(name) for name in sys.argv[1:]] or own_documents(folder):
            with measured() as stage:
                reading = read(IncomingFile(path.name, path), Settings(page_cache="off"))
            count = len(reading.pages)
            recognised = sum(page.source.value == "recognised" for page in reading.pages)
            bare = bare_tesseract(page_pictures(path, folder)) if recognised else Cost()
            ratio = f"{stage.cpu / bare.cpu:5.2f}" if bare.cpu else "    -"
            print(
                f"{path.name:32.32} {count:5} {recognised:5} {count / stage.wall:8.2f} {stage.cpu / count:10.2f}"
                f" {bare.cpu / count:10.2f} {ratio}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the stage: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
