"""How many pages a second the extract stage does, indicators included, and whether long documents cost more a page.

Run: python -m benchmarks.bench_extract [PAGES ...]
The pages are made of the project's own corpus, repeated; processor time is measured, loading spaCy's vocabulary and
the catalogue of indicators is not.
"""

from __future__ import annotations

import hashlib
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from pipeline.extract import cues
from pipeline.extract.catalogue import shipped
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from pipeline.models import Line, Page, Reading

GOLD = Path(__file__).resolve().parent.parent / "corpus" / "rendered" / "gold"
DEFAULT_SIZES = (10, 100, 400)


def pages_of_corpus() -> list[list[str]]:
    """Return the pages of the corpus's gold texts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*/text.txt"))]
    return [page.split("\n") for text in texts for page in text.split("\f") if page.strip()]


def reading(pages: list[list[str]]) -> Reading:
    """Return one document of these pages."""
    number = 0
    made: list[Page] = []
    for index, lines in enumerate(pages, 1):
        made.append(
            Page(number=index, lines=tuple(Line(number=number + i, raw=t, text=t) for i, t in enumerate(lines, 1)))
        )
        number += len(lines)
    digest = hashlib.sha256(repr(pages).encode()).hexdigest()
    return Reading(document="bench", digest=digest, media_type="text/plain", size=number, pages=tuple(made))


def main() -> None:
    """Print a line for each size: pages, lines, figures, pages a second of processor time."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(DEFAULT_SIZES)
    started = time.process_time()
    cues.find("1")
    linked(extract(reading([["Có 1 trường."]])), shipped())
    print(f"loading vocabulary and catalogue: {time.process_time() - started:.2f} s, once")
    corpus = pages_of_corpus()
    if not corpus:
        sys.exit("no corpus; make it with: python -m corpus.generator.build --output corpus/rendered --forms demo")
    for size in sizes:
        document = reading(list(islice(cycle(corpus), size)))
        started = time.process_time()
        found = linked(extract(document), shipped())
        seconds = time.process_time() - started
        lines = sum(len(page.lines) for page in document.pages)
        print(f"{size:5d} pages {lines:6d} lines {len(found.figures):6d} figures {size / seconds:7.1f} pages/s")


if __name__ == "__main__":
    main()
