"""How many numeric cells of ruled tables come out right, in the right row and column, and beside whom.

    python -m corpus.generator.build --output corpus/rendered --forms all
    python -m benchmarks.bench_tables [corpus/rendered] [--documents N] [--misses]

The first tables are the corpus's own, in every form in which they are rendered. The others are tables of real
documents (DOISOAT_SHARED, default ../shared, folder real), which are no part of the project; their gold is
corpus/gold/real_tables.tsv, see docs/CORPUS.md. The peer is pdfplumber's own extract_tables, on the pages whose own
text is taken. CPU seconds count the processes that were started, and all pages of a document.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pdfplumber

from benchmarks.bench_scans import cpu_seconds
from pipeline.evaluation.cells import Grid, Place, TableGold, numeric, read_gold, score
from pipeline.evaluation.figures import Found
from pipeline.models import TextSource
from pipeline.ocr.intake import IncomingFile
from pipeline.run import process
from pipeline.settings import Settings

FORMS = ("digital", "scan-good", "scan-fair", "scan-bad", "scan-fax")
REAL = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "real_tables.tsv"
_DIGEST = 12  # hex digits that name a real document
Pages = Mapping[int, Sequence[Mapping[Place, str]]]


@dataclass(frozen=True)
class ReadDocument:
    """The cells of a document's tables, page by page, and which of its pages were recognised from a picture."""

    pages: Pages
    recognised: frozenset[int]


def ours(path: Path) -> ReadDocument:
    """Read a document as `doisoat ingest` does."""
    documents = process(IncomingFile(path.name, path), Settings(jobs=1, page_cache="off"))
    read = [page for document in documents for page in document.reading.pages]
    pages = {
        page.number: [{Place(cell.row, cell.column): cell.text for cell in table.cells} for table in page.tables]
        for page in read
    }
    return ReadDocument(pages, frozenset(page.number for page in read if page.source is TextSource.RECOGNISED))


def plumber(path: Path) -> ReadDocument:
    """Read the tables of a digital PDF with pdfplumber's own settings."""
    with pdfplumber.open(path) as document:
        pages = {
            number: [
                {
                    Place(row, column): text
                    for row, cells in enumerate(rows)
                    for column, text in enumerate(cells)
                    if text is not None
                }
                for rows in page.extract_tables()
            ]
            for number, page in enumerate(document.pages, 1)
        }
    return ReadDocument(pages, frozenset())


@dataclass(frozen=True)
class Task:
    """A document and the gold of its tables."""

    path: Path
    tables: tuple[TableGold, ...]

    def truth(self) -> dict[int, list[Grid]]:
        """Return the true tables of each page that has gold."""
        by_page: dict[int, list[Grid]] = defaultdict(list)
        for table in self.tables:
            by_page[table.page].append(table.cells)
        return by_page


@dataclass
class Tally:
    """What came out of the tables of one kind of page."""

    tables: int = 0
    score: Found = field(default_factory=Found)

    def add(self, truth: Sequence[Grid], found: Sequence[Mapping[Place, str]]) -> None:
        """Count the tables of a page."""
        self.tables += len(truth)
        self.score += score(truth, [numeric(cells.items()) for cells in found])

    def show(self, what: str) -> None:
        """Print what was counted, if anything was."""
        if self.tables:
            right = self.score
            print(
                f"{what:32} {self.tables:3} tables"
                f"  right {100 * right.recall:6.2f} ({right.hits}/{right.true})"
                f"  of those found {100 * right.precision:6.2f} ({right.hits}/{right.predicted})",
                flush=True,
            )


def measure(name: str, tasks: Sequence[Task], show_misses: bool) -> None:
    """Read documents and print how many numeric cells came out right, pages with their own text beside the peer."""
    own, recognised, peer = Tally(), Tally(), Tally()
    start, pages = cpu_seconds(), 0
    for task in tasks:
        read = ours(task.path)
        pages += len(read.pages)
        plumbed = plumber(task.path) if task.path.suffix == ".pdf" else ReadDocument({}, frozenset())
        for page, truth in task.truth().items():
            is_recognised = page in read.recognised
            (recognised if is_recognised else own).add(truth, read.pages.get(page, []))
            if not is_recognised:
                peer.add(truth, plumbed.pages.get(page, []))
            if show_misses:
                _print_misses(f"{task.path.name}:{page}", truth, read.pages.get(page, []))
    own.show(f"{name}: own text")
    peer.show(f"{name}: own text, pdfplumber")
    recognised.show(f"{name}: recognised")
    print(f"{name}: {(cpu_seconds() - start) / max(1, pages):.2f} CPU s a page, all stages and the peer", flush=True)


def _print_misses(where: str, truth: Sequence[Grid], found: Sequence[Mapping[Place, str]]) -> None:
    for grid in truth:
        read = max(found, key=lambda cells: sum(cells.get(place) == said for place, said in grid.items()), default={})
        for place, numeral in grid.items():
            said = " ".join(read.get(place, "").split())
            if said != numeral:
                print(f"  {where} row {place.row} column {place.column}: {numeral!r} came out as {said!r}")


def corpus_tasks(pile: Path, form: str, most: int) -> list[Task]:
    """Return the documents of one form that have tables."""
    gold = {path.parent.name: tuple(read_gold(path)) for path in sorted((pile / "gold").glob("*/cells.tsv"))}
    named = [(pile / form / f"{name}.pdf", tables) for name, tables in gold.items() if tables]
    return [Task(path, tables) for path, tables in named if path.is_file()][:most]


def real_tasks() -> list[Task]:
    """Return the real documents that are at hand."""
    folder = Path(os.environ.get("DOISOAT_SHARED", "../shared")) / "real"
    if not folder.is_dir():
        print(f"real documents: none at {folder} (DOISOAT_SHARED)")
        return []
    files = {hashlib.sha256(path.read_bytes()).hexdigest()[:_DIGEST]: path for path in sorted(folder.glob("*.pdf"))}
    tables: dict[str, list[TableGold]] = defaultdict(list)
    for table in read_gold(REAL):
        tables[table.document].append(table)
    missing = tables.keys() - files.keys()
    if missing:
        print(f"real documents that are not there: {', '.join(sorted(missing))}")
    return [Task(files[digest], tuple(known)) for digest, known in tables.items() if digest in files]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", type=Path, nargs="?", help="the rendered corpus")
    parser.add_argument("--documents", type=int, default=15, help="how many of the corpus, of each form")
    parser.add_argument("--misses", action="store_true", help="name the cells that came out wrong")
    arguments = parser.parse_args()
    if arguments.pile:
        for form in FORMS:
            measure(form, corpus_tasks(arguments.pile, form, arguments.documents), arguments.misses)
    measure("real", real_tasks(), arguments.misses)


if __name__ == "__main__":
    main()
