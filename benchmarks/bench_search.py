"""How long a search takes in an archive of a given size, cold and warm, and what the archive weighs.

    python -m benchmarks.bench_search [PASSAGES [DOUBTFUL]]

The passages are made of syllables drawn by Zipf's law, so that some words stand nearly everywhere and most are rare.
DOUBTFUL is the share of words that have two other readings, none unless it is given.
"""

from __future__ import annotations

import hashlib
import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from pipeline import __version__
from pipeline.archive.store import Archive
from pipeline.models import (
    Components,
    Doubt,
    Extraction,
    Line,
    Page,
    ProcessedDocument,
    Reading,
    Sentence,
    StageSeconds,
)
from pipeline.normalize.doubtful import DOUBTFUL_BELOW

_PASSAGES = 100_000
_PASSAGES_OF_A_DOCUMENT = 500
_WORDS_OF_A_PASSAGE = 30
_RUNS = 20
_INITIALS = "b c ch d đ g h kh l m n ng nh ph qu s t th tr v x"
_RHYMES = "a ài ảnh ạch âm ất ăng e ê ến iệp iều o oàn ô ông ộ ơn ư ước ương ưởng u uy uyến y ý"
_PHRASES = {
    "a rare phrase, with marks": "chữ ký số",
    "a rare phrase, without marks": "chu ky so",
    "two frequent words": "{0} {1}",
    "one frequent word": "{0}",
    "a word that is nowhere": "xyzt",
}


def main() -> None:
    """Fill an archive, then time each kind of query."""
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else _PASSAGES
    doubtful = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    dice = random.Random(20250930)
    syllables = [initial + rhyme for initial in _INITIALS.split() for rhyme in _RHYMES.split()]
    dice.shuffle(syllables)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        with Archive.create(folder / "archive") as archive:
            for number in range(0, passages, _PASSAGES_OF_A_DOCUMENT):
                _add(archive, folder, number, [_line(text, doubtful, dice) for text in _sentences(dice, syllables)])
        filled = time.perf_counter() - started
        weight = (folder / "archive" / "doisoat.sqlite").stat().st_size
        print(f"{passages} passages: filled in {filled:.1f} s, database {weight / 2**20:.0f} MiB")
        for label, phrase in _PHRASES.items():
            _time(folder / "archive", label, phrase.format(*syllables))


def _sentences(dice: random.Random, syllables: list[str]) -> list[str]:
    weights = [1 / rank for rank in range(1, len(syllables) + 1)]
    words = dice.choices(syllables, weights, k=_WORDS_OF_A_PASSAGE * _PASSAGES_OF_A_DOCUMENT)
    starts = range(0, len(words), _WORDS_OF_A_PASSAGE)
    sentences = [" ".join(words[start : start + _WORDS_OF_A_PASSAGE]) for start in starts]
    sentences[0] += " chữ ký số"
    return sentences


def _line(text: str, doubtful: float, dice: random.Random) -> Line:
    """Make a line in which the share `doubtful` of the words may be one of two other words of the line."""
    words = text.split()
    if not doubtful:
        return Line(number=0, raw=text, text=text)
    confidences = tuple(0.6 if dice.random() < doubtful else 0.98 for _ in words)
    others = [dice.sample(words, 2) for _ in words]
    doubts = [
        Doubt(start=word.start(), end=word.end(), confidence=confidence, others=tuple(readings))
        for word, confidence, readings in zip(re.finditer(r"\S+", text), confidences, others, strict=True)
        if confidence < DOUBTFUL_BELOW
    ]
    return Line(number=0, raw=text, text=text, confidences=confidences, doubts=tuple(doubts))


def _add(archive: Archive, folder: Path, number: int, made: list[Line]) -> None:
    source = folder / f"{number}.txt"
    source.write_text("\n".join(line.text for line in made), encoding="utf-8")
    lines = tuple(line.model_copy(update={"number": n}) for n, line in enumerate(made, start=1))
    reading = Reading(
        document=source.name,
        digest=hashlib.sha256(source.read_bytes()).hexdigest(),
        media_type="text/plain",
        size=source.stat().st_size,
        pages=(Page(number=1, lines=lines),),
    )
    extraction = Extraction(
        document=source.name,
        components=Components(document=source.name),
        sentences=tuple(
            Sentence(number=line.number, text=line.text, page=1, lines=(line.number,), doubts=line.doubts)
            for line in lines
        ),
    )
    seconds = StageSeconds(ocr=0, normalize=0, extract=0)
    document = ProcessedDocument(reading=reading, extraction=extraction, seconds=seconds, version=__version__)
    archive.add([document], source, source.name)


def _time(folder: Path, label: str, query: str) -> None:
    with Archive.open(folder) as archive:
        started = time.perf_counter()
        total = archive.search(query, 20).total
        cold = time.perf_counter() - started
        warm = []
        for _ in range(_RUNS):
            started = time.perf_counter()
            archive.search(query, 20)
            warm.append(time.perf_counter() - started)
    print(f"{label:32} {total:7} found   first {cold * 1000:7.1f} ms   then {statistics.median(warm) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
