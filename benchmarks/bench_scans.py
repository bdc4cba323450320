"""How well and how fast scans are read, beside plain Tesseract and OCRmyPDF's text layer, in the same run.

    python -m corpus.generator.build --output corpus/rendered --forms all
    python -m benchmarks.bench_scans corpus/rendered [--documents N]
    python -m benchmarks.bench_scans --pages FOLDER --truth FOLDER

The first form reads the corpus's own scans of every grade; the second reads single pages (PDF or picture) for which
transcriptions (NAME.txt beside NAME.pdf) are at hand. One core, one page at a time, every reader in a process of its
own; CPU seconds and memory count all processes that it starts. Python around Tesseract's and OCRmyPDF's commands is not
counted in memory.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.process_memory import PeakMemory
from pipeline.evaluation.texts import compare, total
from pipeline.language.unicode import lowered
from pipeline.ocr import pdf
from pipeline.ocr.intake import IncomingFile
from pipeline.run import process
from pipeline.settings import Settings

GRADES = ("scan-good", "scan-fair", "scan-bad", "scan-fax")
_ALONE = os.environ | {"OMP_THREAD_LIMIT": "1"}
Read = Callable[[Path], str]


def ours(path: Path) -> str:
    """Read and repair a document as `doisoat ingest` does."""
    documents = process(IncomingFile(path.name, path), Settings(jobs=1, page_cache="off"))
    return "\n".join(line.text for document in documents for page in document.reading.pages for line in page.lines)


def tesseract(path: Path) -> str:
    """Read each page's picture, at its own resolution, with Tesseract's command."""
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for picture, dpi in _pictures(path, Path(folder)):
            command = ["tesseract", str(picture), "-", "-l", "vie", "--dpi", str(dpi)]
            texts.append(subprocess.run(command, capture_output=True, check=True, env=_ALONE, text=True).stdout)
    return "\n".join(texts)


def ocrmypdf(path: Path) -> str:
    """Take the text that OCRmyPDF puts under the pages with its usual engine."""
    with tempfile.TemporaryDirectory() as folder:
        out, text = Path(folder) / "out.pdf", Path(folder) / "out.txt"
        command = [sys.executable, "-m", "ocrmypdf", "-l", "vie", "--jobs", "1", "--mode", "force", "--quiet"]
        dpi = [] if path.suffix == ".pdf" else ["--image-dpi", "200"]
        subprocess.run(
            [*command, *dpi, "--output-type", "pdf", "--sidecar", str(text), str(path), str(out)],
            check=True,
            env=_ALONE,
        )
        return text.read_text(encoding="utf-8")


READERS: dict[str, Read] = {"doisoat": ours, "tesseract -l vie": tesseract, "ocrmypdf -l vie": ocrmypdf}
_IN_THIS_PROCESS = ("doisoat",)


@dataclass(frozen=True)
class Reading:
    """The texts that a reader made of documents, and what it took: CPU and wall seconds, megabytes at its peak."""

    texts: list[str]
    cpu: float
    wall: float
    megabytes: float


def reading(reader: str, paths: Sequence[Path]) -> Reading:
    """Read documents in a process that does nothing else."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        process = pool.submit(os.getpid).result()
        with PeakMemory(process, with_itself=reader in _IN_THIS_PROCESS) as memory:
            texts, cpu, wall = pool.submit(_read_all, reader, paths).result()
    return Reading(texts, cpu, wall, memory.megabytes)


def _read_all(reader: str, paths: Sequence[Path]) -> tuple[list[str], float, float]:
    cpu, wall = cpu_seconds(), time.perf_counter()
    texts = [READERS[reader](path) for path in paths]
    return texts, cpu_seconds() - cpu, time.perf_counter() - wall


def _pictures(path: Path, folder: Path) -> Iterator[tuple[Path, int]]:
    if path.suffix != ".pdf":
        yield path, 200
        return
    with pdf.opened(path, path.name, Settings()) as document:
        for number, page in enumerate(document):
            scale = pdf.reading_scale(pdf.makeup(page), Settings())
            picture = folder / f"{number}.tif"
            pdf.render(page, scale).convert("L").save(picture)
            yield picture, round(scale * 72)


def cpu_seconds() -> float:
    """CPU time of this process and its finished children."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def page_count(path: Path) -> int:
    """Count the pages of a document."""
    if path.suffix != ".pdf":
        return 1
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def plain(text: str) -> str:
    """Bring typographic variants together that no reader can be held to: dashes, quotes, the ellipsis."""
    for odd, usual in (("–", "-"), ("—", "-"), ("“", '"'), ("”", '"'), ("’", "'"), ("…", "...")):
        text = text.replace(odd, usual)
    return lowered(text)


def measure(name: str, documents: Sequence[tuple[Path, Path]]) -> None:
    """Read documents, each with its truth, in every way, and print what came out."""
    paths = [path for path, _ in documents]
    truths = [plain(truth.read_text(encoding="utf-8")) for _, truth in documents]
    pages = sum(map(page_count, paths))
    for reader in READERS:
        done = reading(reader, paths)
        score = total(compare(truth, plain(read)) for truth, read in zip(truths, done.texts, strict=True))
        print(
            f"{name:12} {reader:18} CER {100 * score.character_error_rate:6.2f}  WER {100 * score.word_error_rate:6.2f}"
            f"  numerals missed {100 * (1 - score.numeral_recall):6.2f}"
            f"  false {100 * (1 - score.numeral_precision):6.2f}"
            f"  {done.cpu / pages:5.2f} CPU s and {done.wall / pages:5.2f} s a page  {done.megabytes:5.0f} MB",
            flush=True,
        )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", type=Path, nargs="?", help="the rendered corpus")
    parser.add_argument("--documents", type=int, default=15, help="how many of each grade")
    parser.add_argument("--pages", type=Path, help="folder of pages with transcriptions elsewhere")
    parser.add_argument("--truth", type=Path, help="folder of the transcriptions")
    arguments = parser.parse_args()
    if arguments.pages:
        files = {path.stem: path for path in arguments.pages.iterdir()}
        pairs = [(files[text.stem], text) for text in sorted(arguments.truth.glob("*.txt")) if text.stem in files]
        measure("pages", pairs)
        return
    for grade in GRADES:
        paths = sorted((arguments.pile / grade).glob("*.pdf"))[: arguments.documents]
        measure(grade, [(path, arguments.pile / "gold" / path.stem / "text.txt") for path in paths])


if __name__ == "__main__":
    main()
