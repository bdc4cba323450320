"""Learn what a reader makes of raised footnote marks: print text with marks, scan it, read it, count.

    python -m corpus.training.train_marks --shared ../shared --pages 100 --seed 31 --language eng
    python -m corpus.training.train_marks --shared ../shared --pages 70 --seed 51 --language vie

About 3 s a page. Writes pipeline/normalize/data/marks_LANGUAGE.json: how often each mark, and each digit of a mark, was
read as which signs, in the text and at the beginning of notes, and how often words without a mark seemed to carry such
signs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from corpus.training.make_pairs import (
    A4_INCHES,
    MARGIN_INCHES,
    MIXES,
    Picture,
    Style,
    draw_style,
    pair_lines,
    read_lines,
    scan,
    wrap,
)
from corpus.training.texts import training_lines
from pipeline.language.unicode import SUPERSCRIPTS, lowered, raised
from pipeline.normalize.mark_signs import NOTE_MARK, Reader, Sign, signs_of

OUT = Path(__file__).resolve().parents[2] / "pipeline" / "normalize" / "data"
_MARKED = 0.12  # share of words that are given a mark: far more than in a document, so that few pages show enough
_NOTES = 0.5  # share of paragraphs that begin with a mark
_HIGHEST = 49
_SIZE, _RISE = 0.62, 0.36  # of a mark, in parts of the letters' size, as word processors set it
_ASCENT = 0.89
_TRAILING = ".,;:)"
_LEAST_SHARE = 0.004


@dataclass
class Counts:
    """Readings of marks in the text and of marks that begin notes, and the signs that words without one end in."""

    marks: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    begins: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unmarked: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    words: int = 0


def with_marks(texts: Iterator[str], chance: random.Random) -> Iterator[str]:
    """Give words of running text marks of footnotes, and let every second paragraph begin as a note."""
    for text in texts:
        words = [raised(str(chance.randint(1, _HIGHEST)))] if chance.random() < _NOTES else []
        for word in text.split():
            body = word.rstrip(_TRAILING)
            if body[-1:].isalnum() and len(body) > 1 and chance.random() < _MARKED:
                words.append(body + raised(str(chance.randint(1, _HIGHEST))) + word[len(body) :])
            else:
                words.append(word)
        yield " ".join(words)


def print_marked_page(texts: Iterator[str], style: Style) -> tuple[Picture, list[tuple[float, str]]]:
    """Print a page whose superscript digits stand small and raised, as `make_pairs.print_page` does for plain text."""
    width, height = (round(side * style.dpi) for side in A4_INCHES)
    margin = round(MARGIN_INCHES * style.dpi)
    size = style.points * style.dpi / 72
    font = ImageFont.truetype(style.font, round(size))
    small = ImageFont.truetype(style.font, round(size * _SIZE))
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    printed: list[tuple[float, str]] = []
    step = round(size * 1.45)
    top = margin
    while top < height - margin:
        for line in wrap(next(texts), font, width - 2 * margin):
            if top >= height - margin:
                break
            left = float(margin)
            for run, is_mark in _runs(line):
                face = small if is_mark else font
                baseline = top + size * (_ASCENT - _RISE * is_mark)
                pen.text((left, baseline), lowered(run) if is_mark else run, fill=0, font=face, anchor="ls")
                left += face.getlength(lowered(run) if is_mark else run)
            printed.append((top + step * 0.4, line))
            top += step
    return np.asarray(page), printed


def _runs(line: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for at in range(1, len(line) + 1):
        if at == len(line) or (line[at] in SUPERSCRIPTS) != (line[start] in SUPERSCRIPTS):
            yield line[start:at], line[start] in SUPERSCRIPTS
            start = at


def count(pairs: Iterator[tuple[str, str]], counts: Counts) -> None:
    """Count over lines whose words stand one against one, specks apart."""
    above = ""
    for true, seen in pairs:
        words, signs = true.split(), list(_signs_by_word(seen, above))
        if not words[0].strip(SUPERSCRIPTS):
            counts.begins[lowered(words.pop(0))][_beginning(seen)] += 1
        above = seen
        if len(words) != len(signs):
            continue
        for word, sign in zip(words, signs, strict=True):
            body = word.rstrip(_TRAILING)
            mark = lowered(body[len(body.rstrip(SUPERSCRIPTS)) :])
            if mark:
                reading = sign.text if sign else ""
                counts.marks[mark][reading] += 1
                continue
            counts.words += 1
            if sign:
                counts.unmarked[sign.kind][sign.text] += 1


def _signs_by_word(seen: str, above: str) -> Iterator[Sign | None]:
    """Yield for each word of a line the signs behind it, or None; signs that stand alone belong to the word before."""
    ends = [match.end() for match in re.finditer(r"\S*\w\S*", seen)]
    signs = list(signs_of(seen, above))
    for start, end in pairwise([0, *ends]):
        after = seen.find(" ", end + 1)
        reach = after if after > 0 and not any(c.isalnum() for c in seen[end:after]) else end
        yield next((sign for sign in signs if start < sign.end <= reach), None)


def _beginning(seen: str) -> str:
    """Return what a line has before its first word: the reading of the mark that begins it."""
    match = NOTE_MARK.match(seen)
    return lowered(match["mark"]) if match else ""


def parted(reading: str, digits: int) -> Sequence[str]:
    """Part the reading of a mark among its digits; the last one takes what is left over."""
    if len(reading) < digits:
        # Two digits read as one sign: which of them was lost is not known, the first one shows its shape more often.
        return [reading, *[""] * (digits - 1)]
    return [*reading[: digits - 1], reading[digits - 1 :]]


def by_digit(marks: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Count the readings of single digits within those of marks."""
    read: dict[str, Counter[str]] = defaultdict(Counter)
    for mark, readings in marks.items():
        for reading, times in readings.items():
            for digit, part in zip(mark, parted(reading, len(mark)), strict=True):
                read[digit][part] += times
    return read


def table(counts: Counts) -> dict[str, object]:
    """Return shares, rare readings left out."""
    return {
        "marks": _by_name(counts.marks, _LEAST_SHARE),
        "digits": _by_name(by_digit(counts.marks), _LEAST_SHARE),
        "begins": _by_name(counts.begins, _LEAST_SHARE),
        "begins_digits": _by_name(by_digit(counts.begins), _LEAST_SHARE),
        "unmarked": _by_name(counts.unmarked, 2 / counts.words, counts.words),
    }


def _by_name(found: dict[str, Counter[str]], least: float, of: int | None = None) -> dict[str, dict[str, float]]:
    return {name: _shares(counted, of or sum(counted.values()), least) for name, counted in sorted(found.items())}


def _shares(found: Counter[str], total: int, least: float) -> dict[str, float]:
    return {reading: round(n / total, 6) for reading, n in found.most_common() if n / total >= least}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--language", choices=list(Reader), default=Reader.ENGLISH)
    parser.add_argument("--out", type=Path, default=OUT, help="folder")
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    texts = list(training_lines(arguments.shared, "admin"))
    counts = Counts()
    for number in range(arguments.pages):
        chance = random.Random(arguments.seed * 100_003 + number)
        style = draw_style(chance, MIXES["office"])
        start = chance.randrange(len(texts))
        running = with_marks((texts[(start + i) % len(texts)] for i in range(len(texts))), chance)
        page, printed = print_marked_page(running, style)
        seen = read_lines(scan(page, style.grade, arguments.seed + number), style.dpi, arguments.language)
        count(pair_lines(printed, seen), counts)
    path = arguments.out / f"marks_{arguments.language}.json"
    path.write_text(json.dumps(table(counts), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
