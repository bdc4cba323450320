"""Draw what was read onto the pages, many on one sheet, to be looked at: words by how sure they are, marks, seals.

    python -m benchmarks.contact_sheet OUT.png DOCUMENT[:PAGE] ...

Green words are sure (0.9 and more), amber ones doubtful, red ones below 0.5; blue numerals were read in two ways. Thick
frames are what is not print: a violet one is a seal, an orange one a stamp, a turquoise one handwriting.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from pipeline.models import Box, Page, RegionKind
from pipeline.normalize.reading import repair_reading
from pipeline.ocr import pdf, pictures
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

_COLUMNS = 5
_TILE = (600, 850)
_SCALE = 1.6  # pixels a point
_SURE, _DOUBTFUL = 0.9, 0.5
_GREEN, _AMBER, _RED, _BLUE = (40, 160, 70), (235, 150, 20), (215, 40, 40), (40, 90, 220)
_FRAMES = {
    RegionKind.SEAL: (150, 50, 200),
    RegionKind.STAMP: (255, 110, 0),
    RegionKind.HANDWRITING: (0, 170, 190),
}


def picture_of(path: Path, number: int) -> Image.Image:
    """Draw a page in colours."""
    if path.suffix.lower() == ".pdf":
        with pdf.opened(path, path.name, Settings()) as document:
            return pdf.render(document[number - 1], _SCALE)
    with pictures.opened(path, path.name, Settings()) as file:
        picture = pictures.page(file, number - 1, path.name, Settings())
        factor = _SCALE * 72 / picture.dpi
        image = picture.colour or picture.image.convert("RGB")
        return image.resize((round(image.width * factor), round(image.height * factor)))


def drawn(path: Path, page: Page) -> Image.Image:
    """Draw the words of a page, and what stands on it beside print, onto its picture."""
    image = picture_of(path, page.number)
    pen = ImageDraw.Draw(image)
    for line in page.lines:
        sure = line.confidences if len(line.confidences) == len(line.words) else (1.0,) * len(line.words)
        for word, confidence in zip(line.words, sure, strict=True):
            if word.box is None:
                continue
            is_numeral = any(c.isdigit() for c in word.text)
            colour = _GREEN if confidence >= _SURE else _AMBER if confidence >= _DOUBTFUL else _RED
            colour = _BLUE if is_numeral and confidence < _SURE else colour
            pen.rectangle(_corners(word.box), outline=colour, width=1)
    for region in page.regions:
        pen.rectangle(_corners(region.box), outline=_FRAMES[region.kind], width=4)
    if page.grade:
        pen.text((8, 8), f"{path.stem} p{page.number}: {page.grade.grade} {page.grade.low}", fill=_RED)
    return image


def _corners(box: Box) -> list[float]:
    return [edge * _SCALE for edge in (box.x0, box.y0, box.x1, box.y1)]


def main() -> None:
    """Run from the command line."""
    out, *wanted = sys.argv[1:]
    tiles = []
    for one in wanted:
        name, _, number = one.partition(":")
        path = Path(name)
        reading = repair_reading(read(IncomingFile(path.name, path), Settings()))
        pages = reading.pages if not number else [reading.pages[int(number) - 1]]
        tiles += [drawn(path, page) for page in pages]
    rows = -(-len(tiles) // _COLUMNS)
    sheet = Image.new("RGB", (_COLUMNS * _TILE[0], rows * _TILE[1]), "white")
    for number, tile in enumerate(tiles):
        tile.thumbnail(_TILE)
        sheet.paste(tile, (number % _COLUMNS * _TILE[0], number // _COLUMNS * _TILE[1]))
    sheet.save(out)


if __name__ == "__main__":
    main()
