"""How many numerals on which both readers agree are wrong, on the corpus's own scans.

    python -m corpus.generator.build --output corpus/rendered --forms all
    python -m benchmarks.score_agreed corpus/rendered

A number counts as wrong where it was read more often than a document has it, footnote marks counted; so two that are
taken for each other would not be seen.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.evaluation.pile import Pile, PileEntry, open_pile
from pipeline.models import Reading, Word
from pipeline.ocr.intake import IncomingFile, collect
from pipeline.ocr.reading import read
from pipeline.settings import Settings

SETS = ("scan-good", "scan-fair", "scan-bad", "scan-fax")
_DIGITS = re.compile(r"\d+")
_MARKS = ".,;:()[]“”\"'–-…/%"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def main() -> None:
    """Print a line for each set, and the surplus numbers."""
    pile = open_pile(Path(sys.argv[1]))
    for name in SETS:
        agreed, surplus = 0, list[str]()
        for entry in pile.of(name):
            numbers = Counter(_agreed(entry))
            agreed += numbers.total()
            surplus += _surplus(pile, entry, numbers)
        print(f"{name}: {agreed} numbers agree, {len(surplus)} of them more than there are: {', '.join(surplus)}")


def _surplus(pile: Pile, entry: PileEntry, numbers: Counter[str]) -> Iterator[str]:
    printed = "\n".join(line for page in pile.gold(entry.document).pages for line in page)
    for number in (numbers - Counter(_DIGITS.findall(printed.translate(_RAISED)))).elements():
        yield f"{entry.document} {number}"


def _agreed(entry: PileEntry) -> Iterator[str]:
    for page in _reading(entry).pages:
        for line in page.lines:
            for word in line.words:
                if _is_agreed(word):
                    yield from _DIGITS.findall(word.text)


def _is_agreed(word: Word) -> bool:
    return word.second is not None and word.second.strip(_MARKS) == word.text.strip(_MARKS)


def _reading(entry: PileEntry) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        for item in collect([entry.path], Settings(), Path(folder)):
            if isinstance(item, IncomingFile):
                return read(item, Settings())
    raise SystemExit(f"{entry.path}: refused")


if __name__ == "__main__":
    main()
