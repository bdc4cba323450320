"""Scan to searchable PDF/A, pages a minute and text, beside OCRmyPDF with its own engine, in the same run.

    python -m corpus.generator.build --output corpus/rendered --forms all
    python -m benchmarks.bench_searchable corpus/rendered [--documents N] [--joined]

Both commands are run as a user runs them, `--jobs 2`, file by file in turn; `--joined` makes one file of a grade's
documents first, so that what a command needs to start hardly counts. Text is what Poppler's pdftotext takes out of the
PDF. "given back" is the share of the words of `--sidecar` that pdftotext finds in the PDF.

Needs pdftotext. Where Java and Debian's libpdfbox2-java are installed every PDF goes through PDFBox Preflight as well.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from benchmarks.bench_scans import cpu_seconds, page_count, plain
from benchmarks.pdfa_check import complaints, is_installed
from benchmarks.process_memory import PeakMemory
from pipeline.evaluation.texts import TextScore, compare, total

GRADES = ("scan-good", "scan-fair", "scan-bad")
JOBS = "2"
_OURS = "import sys; from pipeline.cli.main import main; sys.exit(main())"
_COMMANDS = {
    "doisoat ocr": [sys.executable, "-c", _OURS, "ocr"],
    "ocrmypdf -l vie": [sys.executable, "-m", "ocrmypdf", "-l", "vie", "--quiet"],
}
_NOT_KEPT = os.environ | {"DOISOAT_PAGE_CACHE": "off"}


@dataclass
class Tally:
    """What a command took for the files so far (seconds; megabytes at its peak), and what it made of them."""

    pages: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    words: int = 0
    given_back: int = 0
    scores: list[TextScore] = field(default_factory=list)
    complaints: Counter[str] = field(default_factory=Counter)


def run(command: Sequence[str], source: Path, folder: Path, tally: Tally) -> tuple[Path, str]:
    """Make a searchable PDF with its text beside it; returns the PDF and that text."""
    target, text = folder / "out.pdf", folder / "out.txt"
    cpu, wall = cpu_seconds(), time.perf_counter()
    arguments = [*command, "--jobs", JOBS, "--sidecar", str(text), str(source), str(target)]
    started = subprocess.Popen(arguments, env=_NOT_KEPT, stderr=subprocess.DEVNULL)
    with PeakMemory(started.pid) as memory:
        code = started.wait()
    if code:
        raise subprocess.CalledProcessError(code, arguments)
    tally.wall += time.perf_counter() - wall
    tally.cpu += cpu_seconds() - cpu
    tally.megabytes = max(tally.megabytes, memory.megabytes)
    tally.pages += page_count(source)
    return target, text.read_text(encoding="utf-8")


def judge(made: Path, beside: str, truth: str, tally: Tally) -> None:
    """Compare the text of a PDF with the truth and with the text beside it; have its format checked."""
    taken = subprocess.run(["pdftotext", str(made), "-"], capture_output=True, check=True, text=True).stdout
    tally.scores.append(compare(plain(truth), plain(taken)))
    words = Counter(beside.split())
    tally.words += words.total()
    tally.given_back += (words & Counter(taken.split())).total()
    if is_installed():
        tally.complaints.update(complaints(made))


def measure(grade: str, documents: Sequence[tuple[Path, str]]) -> None:
    """Have both commands read the documents in turn, and print what came out."""
    tallies = {name: Tally() for name in _COMMANDS}
    for at, (source, truth) in enumerate(documents):
        for name in sorted(_COMMANDS, reverse=at % 2 == 1):
            with tempfile.TemporaryDirectory() as folder:
                made, beside = run(_COMMANDS[name], source, Path(folder), tallies[name])
                judge(made, beside, truth, tallies[name])
    for name, tally in tallies.items():
        score = total(tally.scores)
        print(
            f"{grade:10} {name:16} {60 * tally.pages / tally.wall:5.1f} pages/min  {tally.cpu / tally.pages:5.2f} CPU s"
            f"  {tally.megabytes:5.0f} MB  CER {100 * score.character_error_rate:5.2f}"
            f"  WER {100 * score.word_error_rate:5.2f}  numerals missed {100 * (1 - score.numeral_recall):5.2f}"
            f"  given back {100 * tally.given_back / max(1, tally.words):6.2f} %"
            f"  {_verdict(tally)}",
            flush=True,
        )


def _verdict(tally: Tally) -> str:
    if not is_installed():
        return "not checked"
    return "; ".join(f"{count}x {what}" for what, count in tally.complaints.items()) or "nothing against PDF/A-2b"


def joined(documents: Sequence[tuple[Path, str]], folder: Path) -> list[tuple[Path, str]]:
    """Make one document of all."""
    path = folder / "joined.pdf"
    with pikepdf.new() as pile:
        for source, _ in documents:
            with pikepdf.open(source) as document:
                pile.pages.extend(document.pages)
        pile.save(path)
    return [(path, "\n".join(truth for _, truth in documents))]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", type=Path, help="the rendered corpus")
    parser.add_argument("--documents", type=int, default=16, help="how many of each grade")
    parser.add_argument("--joined", action="store_true", help="read each grade as one file")
    arguments = parser.parse_args()
    for grade in GRADES:
        paths = sorted((arguments.pile / grade).glob("*.pdf"))[: arguments.documents]
        texts = [(arguments.pile / "gold" / path.stem / "text.txt").read_text(encoding="utf-8") for path in paths]
        documents = list(zip(paths, texts, strict=True))
        with tempfile.TemporaryDirectory() as folder:
            measure(grade, joined(documents, Path(folder)) if arguments.joined else documents)


if __name__ == "__main__":
    main()
