"""Make pairs of true and seen lines: print known text, scan it, read it with the wrong language, align.

    python -m corpus.training.make_pairs --shared ../shared --pages 80 --out work/pairs.tsv

One line a pair: true TAB seen. About 3 s a page (Tesseract `eng`); the same seed makes the same pairs. The mix
`vietnamese` is read as scans are, with both readers: true TAB seen TAB what the second reader saw.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract
from PIL import Image, ImageDraw, ImageFont

from corpus.training.texts import held_out_lines, training_lines
from pipeline.ocr.recognise import default_reader
from pipeline.ocr.secondreader import read_again, second_reader

_FONTS = Path("/usr/share/fonts/truetype")
_CUTS = ("Regular", "Bold", "Italic", "BoldItalic")
_FREEFONT_CUTS = {"Regular": "", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "BoldItalic"}
_DEJAVU_CUTS = {"Regular": "", "Bold": "-Bold", "Italic": "-Italic", "BoldItalic": "-BoldItalic"}
VIETNAMESE = "vie"
A4_INCHES = (8.27, 11.69)
MARGIN_INCHES = 1.0
Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Mix:
    """What pages are drawn from; what is repeated comes more often.

    Attributes:
        faces: File names of fonts, `{}` for the cut.
        dpi: Resolutions in dots an inch.
        grades: Grades of scan, 0 (clean) to 1 (poor).
        languages: Tesseract's models that read the page.
    """

    faces: Sequence[str]
    dpi: Sequence[int]
    grades: Sequence[float]
    languages: Sequence[str] = ("eng",)


_SERIFS = (
    "liberation2/LiberationSerif-{}.ttf",
    "croscore/Tinos-{}.ttf",
    "liberation2/LiberationSerif-{}.ttf",
    "freefont/FreeSerif{}.ttf",
)
MIXES = {
    "office": Mix(_SERIFS, (150, 200, 200, 300, 300), (0, 0, 0.3, 0.6, 1.0)),
    "worn": Mix(_SERIFS, (150, 200, 200, 300), (0, 0.3, 0.6, 0.8, 1.0)),
    # Offices that set their letters in a sans serif, and devices that read with another wrong language.
    "varied": Mix(
        (*_SERIFS, "croscore/Arimo-{}.ttf", "noto/NotoSerif-{}.ttf"),
        (150, 200, 200, 250, 300),
        (0, 0.2, 0.4, 0.6, 0.8, 1.0),
        ("eng", "eng", "eng", "fra", "deu"),
    ),
    # What the right reader makes of poor pages; of good ones it makes next to no mistake.
    "vietnamese": Mix(
        (*_SERIFS, *_SERIFS, "croscore/Arimo-{}.ttf", "noto/NotoSerif-{}.ttf"),
        (130, 150, 150, 200, 200),
        (0.4, 0.8, 1.0, 1.2, 1.4),
        (VIETNAMESE,),
    ),
    # Faces, languages and text that nothing was learned from.
    "held-out": Mix(
        ("noto/NotoSans-{}.ttf", "dejavu/DejaVuSerif{}.ttf"),
        (150, 200, 200, 300, 300),
        (0, 0, 0.3, 0.6, 1.0),
        ("eng", "eng", "ita"),
    ),
}


@dataclass(frozen=True)
class Style:
    """How one page looks and is read.

    Attributes:
        font: Its file.
        points: Size of the letters.
        dpi: Dots an inch.
        capitals: Whether all is set in capitals.
        grade: Grade of the scan, 0 (clean) to 1 (poor).
        spacing: Width of the spaces as a share of the font's own: lines are justified, cells of tables are crammed.
        language: Tesseract's model.
    """

    font: Path
    points: float
    dpi: int
    capitals: bool
    grade: float
    spacing: float
    language: str


def draw_style(chance: random.Random, mix: Mix) -> Style:
    """Draw the look of a page as offices print and scan them."""
    cut = chance.choices(_CUTS, weights=[68, 16, 11, 5])[0]
    face = chance.choice(mix.faces)
    cuts = _FREEFONT_CUTS if "freefont" in face else _DEJAVU_CUTS if "dejavu" in face else {cut: cut}
    return Style(
        font=_FONTS / face.format(cuts[cut]),
        points=chance.choice([10, 11, 12, 13, 13, 14, 14]),
        dpi=chance.choice(mix.dpi),
        capitals=chance.random() < 0.12,
        grade=chance.choice(mix.grades),
        spacing=chance.choice([0.6, 0.8, 1.0, 1.0, 1.2, 1.6]),
        language=chance.choice(mix.languages),
    )


def print_page(texts: Iterator[str], style: Style) -> tuple[Picture, list[tuple[float, str]]]:
    """Print a page full of text; returns the grey picture and each line with the height of its middle in pixels."""
    width, height = (round(side * style.dpi) for side in A4_INCHES)
    margin = round(MARGIN_INCHES * style.dpi)
    font = ImageFont.truetype(style.font, round(style.points * style.dpi / 72))
    step = round(style.points * style.dpi / 72 * 1.45)
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    printed: list[tuple[float, str]] = []
    top = margin
    while top < height - margin:
        paragraph = next(texts)
        for line in wrap(paragraph.upper() if style.capitals else paragraph, font, width - 2 * margin):
            if top >= height - margin:
                break
            left = float(margin)
            for word in line.split():
                pen.text((left, top), word, fill=0, font=font)
                left += font.getlength(word) + style.spacing * font.getlength(" ")
            printed.append((top + step * 0.4, line))
            top += step
    return np.asarray(page), printed


def wrap(paragraph: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Break a paragraph into lines that fit `width` pixels."""
    line: list[str] = []
    for word in paragraph.split():
        if line and font.getlength(" ".join([*line, word])) > width:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


def scan(page: Picture, grade: float, seed: int) -> Picture:
    """Degrade a page as copiers and scanners do: skew, blur, noise, uneven ink, JPEG; grade 0 is clean, 1 is poor."""
    if not grade:
        return page
    noise = np.random.default_rng(seed)
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(noise.normal(0, 0.25 * grade)), 1)
    seen = cv2.warpAffine(page, turn, (width, height), borderValue=255)
    seen = cv2.GaussianBlur(seen, (0, 0), 0.4 + 0.6 * grade)
    rough = seen.astype(np.float32) + noise.normal(0, 22 * grade, seen.shape)
    if noise.random() < 0.5:
        rough = np.where(rough < 128 + noise.normal(0, 25 * grade), 0, 255)
    coded = cv2.imencode(".jpg", np.clip(rough, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def read_lines(page: Picture, dpi: int, language: str = "eng") -> list[tuple[float, str]]:
    """Read a page, in the wrong language by default; returns each line with the height of its middle in pixels."""
    table = pytesseract.image_to_data(
        Image.fromarray(page), lang=language, config=f"--dpi {dpi}", output_type=pytesseract.Output.DICT
    )
    lines: dict[tuple[int, int, int], list[int]] = {}
    for index, word in enumerate(table["text"]):
        if word.strip():
            key = (table["block_num"][index], table["par_num"][index], table["line_num"][index])
            lines.setdefault(key, []).append(index)
    return [
        (
            float(np.median([table["top"][i] + table["height"][i] / 2 for i in words])),
            " ".join(table["text"][i] for i in words),
        )
        for words in lines.values()
    ]


def read_lines_twice(page: Picture, dpi: int) -> list[tuple[float, str]]:
    """Read a page as the pipeline does, with both readers; returns lines as `read_lines` does, a tab between both."""
    reader = second_reader()
    if reader is None:
        raise SystemExit("The second reader is not installed: pip install '.[second-reader]'")
    lines = read_again(reader, page, default_reader().read(Image.fromarray(page), dpi, 60))
    return [
        (
            float(np.median([(word.box.y0 + word.box.y1) / 2 for word in line.words])),
            line.raw + "\t" + " ".join(word.second or "" for word in line.words),
        )
        for line in lines
    ]


def pair_lines(printed: list[tuple[float, str]], seen: list[tuple[float, str]]) -> Iterator[tuple[str, str]]:
    """Pair each printed line with the one reading at its height; lines read in pieces or not at all are left out."""
    reach = (printed[1][0] - printed[0][0]) / 2 if len(printed) > 1 else 10.0
    for height, true in printed:
        near = [text for at, text in seen if abs(at - height) < reach]
        if len(near) == 1 and 0.6 < len(near[0].partition("\t")[0]) / len(true) < 1.6:
            yield true, near[0]


def make_pairs(texts: Sequence[str], pages: int, seed: int, mix: Mix) -> Iterator[tuple[str, str]]:
    """Print, scan and read `pages` pages of runs of `texts`, each with a look of its own."""
    for number in range(pages):
        chance = random.Random(seed * 100_003 + number)
        style = draw_style(chance, mix)
        start = chance.randrange(len(texts))
        running = (texts[(start + i) % len(texts)] for i in range(len(texts)))
        page, printed = print_page(running, style)
        picture = scan(page, style.grade, seed + number)
        is_right = style.language == VIETNAMESE
        seen = read_lines_twice(picture, style.dpi) if is_right else read_lines(picture, style.dpi, style.language)
        yield from pair_lines(printed, seen)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--pages", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--mix", choices=MIXES, default="office", help="look of the pages; held-out: for testing")
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    source = held_out_lines if arguments.mix == "held-out" else training_lines
    mix = MIXES[arguments.mix]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with arguments.out.open("w", encoding="utf-8") as stream:
        for true, seen in make_pairs(list(source(arguments.shared, "admin")), arguments.pages, arguments.seed, mix):
            stream.write(f"{true}\t{seen}\n")
            stream.flush()


if __name__ == "__main__":
    main()
