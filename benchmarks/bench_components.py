"""How well the letterheads of real documents are read: type, issuer, number, date, against what a reader saw.

    DOISOAT_SHARED=FOLDER python -m benchmarks.bench_components [--wrong] [FILE ...]

Two countings. What is written by hand into the printed form (corpus/gold/real/letterheads.tsv says what) is hardly
readable: in the first it must be right like everything else, in the second it may also be left empty, but not be wrong;
the printed symbol of a number must be right in both. The documents are not part of the project. Scans cost some seconds
a page unless DOISOAT_PAGE_CACHE holds them.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import fold
from pipeline.models import Components
from pipeline.ocr.intake import IncomingFile
from pipeline.run import process
from pipeline.settings import Settings

_GOLD = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "real" / "letterheads.tsv"
_FIELDS = ("type", "issuer", "number", "date")
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_SAME_ISSUER = 0.6  # share of the words of either that the other has


class Mark(StrEnum):
    """What became of one field."""

    RIGHT = "right"
    EMPTY = "left empty, by hand"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True)
class Stated:
    """What the index says of a document, by field, and which of it was written by hand."""

    fields: Mapping[str, str]
    by_hand: frozenset[str]


def stated(shared: Path) -> Iterator[tuple[Path, list[Stated]]]:
    """Yield each real document with what is known of the documents in it."""
    seen = {row["file"]: row for row in _rows(_GOLD)}
    for row in _rows(shared / "real" / "index.tsv"):
        by_hand, absent = (set(seen.get(row["file"], {}).get(kind, "").split(",")) for kind in ("by_hand", "absent"))
        yield (
            shared / "real" / row["file"],
            [
                Stated(
                    {name: text for name in _FIELDS if name not in absent and (text := one[name])}, frozenset(by_hand)
                )
                for one in _documents(row)
            ],
        )


def _documents(row: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the fields of each document of a file; what the index says once for all of them holds for each."""
    several = {name: [_NOTE.sub("", text).strip() for text in row[name].split(";")] for name in _FIELDS}
    for at in range(len(several["number"])):
        yield {name: texts[min(at, len(texts) - 1)] for name, texts in several.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def marks(wanted: Stated, found: Components) -> dict[str, Mark]:
    """Say of each field that the first page holds what became of it."""
    return {name: _mark(name, value, name in wanted.by_hand, found) for name, value in wanted.fields.items()}


def _mark(name: str, wanted: str, by_hand: bool, found: Components) -> Mark:
    if _is_right(name, wanted, found):
        return Mark.RIGHT
    is_empty = (found.number is None) if name == "number" else shown(name, found) is None
    if not is_empty:
        return Mark.WRONG
    if name == "number" and not (found.symbol and _bare(wanted).endswith(_bare(f"/{found.symbol}"))):
        return Mark.WRONG if found.symbol else Mark.MISSED
    return Mark.EMPTY if by_hand else Mark.MISSED


def _is_right(name: str, wanted: str, found: Components) -> bool:
    said = shown(name, found)
    if said is None:
        return False
    if name == "type":
        return _plain(wanted).startswith(_plain(said))
    if name == "issuer":
        return _is_same_issuer(wanted, found)
    return _bare(wanted) == _bare(said)


def shown(name: str, found: Components) -> str | None:
    """Return what was found of a field, in the form of the index."""
    said = {
        "type": found.type,
        "issuer": found.issuer,
        "number": "/".join(filter(None, (found.number, found.symbol))),
        "date": found.date and found.date.isoformat(),
    }
    return said[name] or None


def _is_same_issuer(wanted: str, found: Components) -> bool:
    """Say whether most words are the same; the index adds the place, which letterheads have in the office above."""
    words, said = _office_words(wanted), _office_words(found.issuer or "")
    stated = said | _office_words(found.parent or "")
    return len(words & stated) >= _SAME_ISSUER * len(words) and len(words & said) >= _SAME_ISSUER * len(said)


def _office_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).replace("uy ban nhan dan", "ubnd")))


def _plain(text: str) -> str:
    return fold(one_spelling(text.casefold()))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="names in real/; all without")
    parser.add_argument("--wrong", action="store_true", help="show what is not right")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("DOISOAT_SHARED", "../shared"))
    if not (shared / "real" / "index.tsv").is_file():
        print(f"no real documents at {shared} (DOISOAT_SHARED)")
        return
    counted = {name: Counter[Mark]() for name in _FIELDS}
    for path, wanted in stated(shared):
        if arguments.files and path.name not in arguments.files:
            continue
        found = [document.extraction.components for document in process(IncomingFile(path.name, path), Settings())]
        for known, components in zip(wanted, found, strict=False):
            for name, mark in marks(known, components).items():
                counted[name][mark] += 1
                if arguments.wrong and mark is not Mark.RIGHT:
                    print(f"{path.name}: {name} {mark.value}: {known.fields[name]} | {shown(name, components)}")
    report(counted)


def report(counted: Mapping[str, Counter[Mark]]) -> None:
    """Print both countings, field by field and together."""
    everything = sum(counted.values(), Counter[Mark]())
    for name, of in {**counted, "together": everything}.items():
        fields = of.total() or 1
        strict, lenient = of[Mark.RIGHT], of[Mark.RIGHT] + of[Mark.EMPTY]
        print(
            f"{name:9} {fields:4} fields: right {strict:3} = {strict / fields:.3f}; with handwriting left empty "
            f"{lenient:3} = {lenient / fields:.3f}; missed {of[Mark.MISSED]}, wrong {of[Mark.WRONG]}"
        )


if __name__ == "__main__":
    main()
