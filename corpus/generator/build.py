"""Makes the pile: `python -m corpus.generator.build --output DIR [--forms demo|digital|all]`.

    DIR/demo/          every document in the form in which it arrives
    DIR/digital/       every document as a digital PDF                        (--forms digital, all)
    DIR/scan-good/ ... every document as a scan of each grade, DIR/garbled/   (--forms all)
    DIR/gold/          what is true of them
    DIR/index.jsonl    which file is which document, in which form and grade

The same sources, fonts and Tesseract give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.generator import gold, source
from corpus.generator.degrade import Grade
from corpus.generator.forms import Arrival, Print, make, page_forms
from pipeline.errors import DoisoatError

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
FORMS = ("demo", "digital", "all")


@dataclass(frozen=True)
class Order:
    """What is to be made of one source, and where."""

    source: source.Source
    output: Path
    forms: str

    def arrivals(self) -> Iterator[tuple[str, Arrival]]:
        """The sets that the document belongs to, with its form there."""
        yield "demo", Arrival.parse(self.source.head.arrives)
        if self.forms != "demo":
            yield "digital", Arrival("digital")
        if self.forms == "all":
            for grade in Grade:
                yield f"scan-{grade}", Arrival("scan", grade)
            yield "garbled", Arrival("garbled")


def fill(order: Order) -> list[dict[str, object]]:
    """Makes one document in all its forms, with its gold; answers its lines of the index."""
    paper = Print(order.source)
    gold.write(order.output / "gold" / order.source.name, order.source, paper.sheets)
    entries: list[dict[str, object]] = []
    for name, arrival in order.arrivals():
        path = make(paper, arrival, order.output / name)
        entries.append(
            {
                "set": name,
                "document": order.source.name,
                "path": path.relative_to(order.output).as_posix(),
                "form": arrival.form,
                "grade": arrival.grade,
                "page_forms": page_forms(paper, arrival),
            }
        )
    return entries


def build(output: Path, forms: str) -> int:
    """Makes the pile and answers how many files it has.

    Raises:
        SourceError: a source cannot be understood.
        MissingDependencyError: a font or Tesseract is not installed.
    """
    sources = source.read_all(DOCUMENTS)
    for name in ("demo", "digital", "garbled", "gold", *(f"scan-{grade}" for grade in Grade)):
        shutil.rmtree(output / name, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    orders = [Order(item, output, forms) for item in sources]
    entries: list[dict[str, object]] = []
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one process a core: Tesseract's own threads only get in each other's way
    with multiprocessing.get_context("spawn").Pool(min(len(orders), os.cpu_count() or 1)) as pool:
        for number, made in enumerate(pool.imap(fill, orders), 1):
            entries += made
            _progress(number, len(orders), str(made[0]["document"]))
    gold.write_findings(output / "gold" / "findings.tsv", sources, source.across(DOCUMENTS))
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    (output / "index.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(entries)


def _progress(number: int, total: int, name: str) -> None:
    if sys.stderr.isatty():
        end = "\n" if number == total else ""
        print(
            f"\r\x1b[KTạo văn bản mẫu / Making documents: {number}/{total} {name}", end=end, file=sys.stderr, flush=True
        )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Makes the pile of the corpus: PDFs, scans, garbled text, and gold.")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--forms", choices=FORMS, default="demo")
    arguments = parser.parse_args()
    try:
        count = build(arguments.output, arguments.forms)
    except DoisoatError as error:
        print(error, file=sys.stderr)
        return int(error.exit_code)
    print(f"{arguments.output}: {count} tệp / files")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
