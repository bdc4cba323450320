"""How well lost marks are put back, beside the restorers that others publish.

    python -m benchmarks.bench_marks [--lines N]

Texts: the documents of our own corpus, and, where the study texts are at hand (DOISOAT_SHARED, default ../shared), the
administrative and news sentences that were kept from learning. All marks are taken away, every restorer puts them back
line by line, and words with letters are compared, each in one spelling ("hoá" is "hóa"). Peers that are not installed
are named: `pip install pyvi`. underthesea's bigram restorer (`restore_diacritics`) is in its repository but, as of
9.5.0, in no release.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from corpus.generator.blocks import Paragraph
from corpus.generator.source import read_all
from corpus.generator.typesetting import plain, tokens
from corpus.training.texts import held_out_lines
from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import nfc, strip_marks
from pipeline.normalize.repair import Repairer

Restorer = Callable[[Sequence[str]], list[str]]
_CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "documents"
_FEWEST_WORDS = 4


def texts(lines: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the names of the texts and their lines."""
    paragraphs = [block for source in read_all(_CORPUS) for block in source.blocks if isinstance(block, Paragraph)]
    yield "our corpus", [" ".join(plain(token) for token in tokens(paragraph)) for paragraph in paragraphs]
    shared = Path(os.environ.get("DOISOAT_SHARED", "../shared"))
    for name in ("admin", "news"):
        if (shared / "data" / f"{name}_vi.txt.xz").is_file():
            long = [line for line in held_out_lines(shared, name) if len(line.split()) >= _FEWEST_WORDS]
            yield name, sorted(random.Random(1).sample(long, min(lines, len(long))), key=long.index)
        else:
            print(f"{name}: no study texts here (DOISOAT_SHARED)")


def restorers() -> Iterator[tuple[str, Restorer]]:
    """Yield ourselves and the peers that are installed."""
    yield "doisoat", Repairer.load().repair_lines
    if importlib.util.find_spec("pyvi"):
        from pyvi import ViUtils  # noqa: PLC0415 - a peer that need not be there

        yield "pyvi add_accents", lambda lines: [_or_as_it_is(ViUtils.add_accents, line) for line in lines]
    else:
        print("pyvi is not installed")
    if importlib.util.find_spec("underthesea"):
        import underthesea  # noqa: PLC0415

        if hasattr(underthesea, "restore_diacritics"):
            yield "underthesea", lambda lines: [underthesea.restore_diacritics(line) for line in lines]
        else:
            print(f"underthesea {underthesea.__version__} has no restorer of diacritics")


def _or_as_it_is(restore: Callable[[str], str], line: str) -> str:
    try:
        return restore(line)
    except KeyError:  # pyvi raises it on symbols of documents ("57-NQ/TW")
        return line


def right(true: Sequence[str], restored: Sequence[str]) -> tuple[int, int]:
    """Count the words that were restored right, and all."""
    good = total = 0
    for one, other in zip(true, restored, strict=True):
        left, answer = (
            [word for word in one_spelling(nfc(line)).split() if any(map(str.isalpha, word))] for line in (one, other)
        )
        total += len(left)
        good += len(left) - min(len(left), Levenshtein.distance(left, answer))
    return good, total


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=1500, help="lines of each study text")
    arguments = parser.parse_args()
    known = list(restorers())
    for name, lines in texts(arguments.lines):
        stripped = [strip_marks(nfc(line)) for line in lines]
        for restorer, restore in known:
            start = time.process_time()
            restored = restore(stripped)
            seconds = time.process_time() - start
            good, total = right(lines, restored)
            print(f"{name:12} {total:7} words  {restorer:18} {good / total:7.2%}  {total / seconds:9,.0f} words/s")


if __name__ == "__main__":
    main()
