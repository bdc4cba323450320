"""The forms in which a document arrives: digital PDF, scan, TIFF, JPEG, wrong-language layer, garbled or clean text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.composition import compose
from corpus.generator.degrade import Grade, degrade, stamp
from corpus.generator.fonts import Face, Family, families, font_file
from corpus.generator.garble import SeenLine, by_printed_line, draw_scan, garble, image_pdf, text_pdf
from corpus.generator.gold import PAGE_BREAK
from corpus.generator.layout import Sheet
from corpus.generator.render import draw_sheet, page_images, set_blocks, write_pdf
from corpus.generator.source import Source, SourceError
from pipeline.language.unicode import lowered

DPI = 200
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Arrival:
    """A form and, for what went over a scanner, its grade. Written "scan good", "tiff fax", "digital"."""

    form: str
    grade: Grade | None = None

    @classmethod
    def parse(cls, text: str) -> Arrival:
        """Reads the head line `arrives` of a source.

        Raises:
            SourceError: there is no such form or grade.
        """
        form, _, grade = text.partition(" ")
        if form == "zip" and grade == "digital":
            return cls(form)
        try:
            arrival = cls(form, Grade(grade) if grade else None)
        except ValueError as error:
            raise SourceError(f"no such grade of scan: {grade!r}") from error
        if form not in MAKERS:
            raise SourceError(f"no such form: {form!r}")
        return arrival


@dataclass
class Print:
    """A document set on pages; everything else (pictures, scans, layers) is made from them once and kept."""

    source: Source
    _scans: dict[Grade, list[Image.Image]] = field(default_factory=dict)

    @cached_property
    def family(self) -> Family:
        """The family that the source asks for, or the first one that is installed."""
        by_name = {family.name: family for family in families()}
        return by_name.get(self.source.head.font, families()[0])

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The pages."""
        return set_blocks(compose(self.source), self.family, self.source.footnotes)

    @cached_property
    def pdf(self) -> bytes:
        """The digital PDF."""
        return write_pdf(self.sheets, self.family, self.source.head.subject)

    @cached_property
    def pictures(self) -> list[Image.Image]:
        """The paper: printed, sealed and signed."""
        rim = self.source.head.issuer[:30]
        font = str(font_file(self.family, Face.BOLD))
        pages = page_images(self.pdf, DPI)
        return [
            stamp(page, sheet.seal, DPI, font, rim) if sheet.seal else page
            for page, sheet in zip(pages, self.sheets, strict=True)
        ]

    def scans(self, grade: Grade) -> list[Image.Image]:
        """The pages as a scanner of that grade sees them."""
        if grade not in self._scans:
            seed = zlib.crc32(self.source.name.encode())
            self._scans[grade] = [degrade(page, grade, seed + n) for n, page in enumerate(self.pictures)]
        return self._scans[grade]

    @cached_property
    def layers(self) -> list[list[SeenLine]]:
        """What the wrong-language recogniser makes of the good scan."""
        return [garble(page) for page in self.scans(Grade.GOOD)]

    def garbled_text(self) -> str:
        """The wrong reading, line for line as printed: line n here answers line n of the gold text."""
        pages = []
        for sheet, layer in zip(self.sheets, self.layers, strict=True):
            lines = by_printed_line(layer, sheet.printed(), DPI)
            pages.append("".join((seen.text if seen else "") + "\n" for _, seen in lines))
        return PAGE_BREAK.join(pages)

    def clean_text(self) -> str:
        """What a converter makes of the digital file: the printed lines, marks of footnotes on the line."""
        pages = ["".join(lowered(line.text) + "\n" for line in sheet.printed()) for sheet in self.sheets]
        return PAGE_BREAK.join(pages)


def _digital(paper: Print, _: Grade) -> bytes:
    return paper.pdf


def _scan(paper: Print, grade: Grade) -> bytes:
    return image_pdf(paper.scans(grade), DPI)


def _layer(paper: Print, _: Grade) -> bytes:
    return image_pdf(paper.scans(Grade.GOOD), DPI, paper.layers)


def _layer_only(paper: Print, _: Grade) -> bytes:
    return text_pdf(paper.layers, paper.pictures[0].size, DPI)


def _mixed(paper: Print, grade: Grade) -> bytes:
    """Digital, scanned, and scanned with a wrong-language layer, page by page in turn."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number, sheet in enumerate(paper.sheets):
        match mixed_form(number):
            case "digital":
                draw_sheet(canvas, sheet, paper.family)
            case "scan":
                draw_scan(canvas, paper.scans(grade)[number], DPI)
            case _:
                draw_scan(canvas, paper.scans(Grade.GOOD)[number], DPI, paper.layers[number])
    canvas.save()
    return buffer.getvalue()


def mixed_form(number: int) -> str:
    """The form of a page of a mixed document, counted from 0."""
    return ("digital", "scan", "layer")[number % 3]


def _tiff(paper: Print, grade: Grade) -> bytes:
    first, *others = paper.scans(grade)
    compression = "group4" if grade is Grade.FAX else "jpeg"
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=others, compression=compression, dpi=(DPI, DPI))
    return buffer.getvalue()


def _jpeg(paper: Print, grade: Grade) -> bytes:
    if len(paper.sheets) > 1:
        raise SourceError(f"{paper.source.name}: {len(paper.sheets)} pages do not go into one JPEG")
    buffer = io.BytesIO()
    paper.scans(grade)[0].convert("RGB").save(buffer, "JPEG", quality=80, dpi=(DPI, DPI))
    return buffer.getvalue()


def _garbled(paper: Print, _: Grade) -> bytes:
    return paper.garbled_text().encode()


def _text(paper: Print, _: Grade) -> bytes:
    return paper.clean_text().encode()


def _zip(paper: Print, _: Grade) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{paper.source.name}.pdf", ZIP_DATE), paper.pdf)
    return buffer.getvalue()


MAKERS = {
    "digital": (_digital, ".pdf"),
    "scan": (_scan, ".pdf"),
    "layer": (_layer, ".pdf"),
    "layer-only": (_layer_only, ".pdf"),
    "mixed": (_mixed, ".pdf"),
    "tiff": (_tiff, ".tif"),
    "jpeg": (_jpeg, ".jpg"),
    "garbled": (_garbled, ".txt"),
    "text": (_text, ".txt"),
    "zip": (_zip, ".zip"),
}


def make(paper: Print, arrival: Arrival, folder: Path) -> Path:
    """Writes the document into `folder` in that form, and says where.

    Raises:
        SourceError: the document does not fit the form.
    """
    maker, suffix = MAKERS[arrival.form]
    path = folder / f"{paper.source.name}{suffix}"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(maker(paper, arrival.grade or Grade.GOOD))
    return path


def page_forms(paper: Print, arrival: Arrival) -> Sequence[str]:
    """The form of each page, for documents that are not the same throughout."""
    if arrival.form == "mixed":
        return [mixed_form(n) for n in range(len(paper.sheets))]
    return [arrival.form] * len(paper.sheets)
