"""The text layer of a PDF page: characters with their places, to words, to printed lines.

PDFium gives the characters in the order in which they were drawn. Words are taken from runs in that order (so that
combining marks stay with their letters); lines come from where the words stand.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.language.legacy.fonts import LegacyFont
from pipeline.language.unicode import raised
from pipeline.models import Box
from pipeline.ocr.columns import in_lines
from pipeline.ocr.legacyfonts import fonts_to_convert, implies_legacy
from pipeline.ocr.lines import PlacedWord, PrintedLine, around
from pipeline.ocr.placement import Placement, placement

# In heights of the character: a space is about a quarter of an em, the loose boxes of a word's letters touch.
_WORD_GAP = 0.17
_BACKWARD_GAP = 0.60
_TOUCHING = 0.02
_BASELINE_SHIFT = 0.50
# Fake bold draws a character twice, a fraction of a point apart.
_SAME_PLACE = 0.12
_SLANTED_GAP = 8.0  # points
_UPRIGHT_COSINE = 0.98
# A footnote mark (chỉ số trên) is set at about two thirds of the size, a third of an em up.
_MARK_SIZE_BELOW = 0.80
_MARK_RAISED_FROM = 0.12
_MARK_CLOSE_WITHIN = 0.60
# PDFium's own signs for a hyphen at a line's end.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}


@dataclass(frozen=True)
class _Glyph:
    character: str
    box: Box
    baseline: float
    upright: bool
    legacy: LegacyFont | None  # the font from whose code the character must be converted

    @property
    def height(self) -> float:
        return max(self.box.y1 - self.box.y0, 0.1)

    @property
    def is_mark(self) -> bool:
        return unicodedata.combining(self.character) > 0 or self.is_spacing_mark

    @property
    def is_spacing_mark(self) -> bool:
        return self.legacy is not None and self.legacy.is_mark(self.character)


def text_lines(page: pdfium.PdfPage, fonts: Iterable[str] = ()) -> list[PrintedLine]:
    """Read the page's own text as printed lines, top to bottom.

    `fonts` are the names of the page's fonts: only where one implies a legacy code is each character asked for its own,
    and converted where it must be.

    Text that does not run from left to right (watermarks, side notes) follows in lines of its own at the end.
    """
    words: list[PlacedWord] = []
    slanted: list[PrintedLine] = []
    for upright, run in groupby(_glyph_runs(_glyphs(page, fonts)), key=lambda glyphs: glyphs[0].upright):
        if upright:
            words += [word for glyphs in run for word in _words_of_run(glyphs)]
        else:
            slanted += _slanted_lines([_plain_word(glyphs) for glyphs in run])
    return [*(_with_leading_mark(line) for line in in_lines(words)), *slanted]


def _glyph_runs(glyphs: Iterator[_Glyph | None]) -> Iterator[list[_Glyph]]:
    """Yield the characters between spaces, in drawing order, each drawn character once."""
    run: list[_Glyph] = []
    space_before = False
    for glyph in _once(glyphs):
        if glyph is None:
            space_before = True
            continue
        # PDFium sees spaces where something is drawn apart: a mark and its letter, a raised digit and its comma.
        is_new = space_before and not glyph.is_mark and not (run and _touches(_last_letter(run), glyph))
        if run and (is_new or glyph.upright is not run[-1].upright):
            yield run
            run = []
        run.append(glyph)
        space_before = False
    if run:
        yield run


def _last_letter(glyphs: Sequence[_Glyph]) -> _Glyph:
    return next((glyph for glyph in reversed(glyphs) if not glyph.is_mark), glyphs[-1])


def _touches(before: _Glyph, glyph: _Glyph) -> bool:
    height = max(before.height, glyph.height)
    is_level = abs(glyph.baseline - before.baseline) <= _BASELINE_SHIFT * height
    return is_level and abs(glyph.box.x0 - before.box.x1) <= _TOUCHING * height


def _glyphs(page: pdfium.PdfPage, fonts: Iterable[str]) -> Iterator[_Glyph | None]:
    """Yield every character of the page, None for a space."""
    place = placement(page)
    textpage = page.get_textpage()
    rect = pdfium_c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    characters = [_character(textpage, index) for index in range(textpage.count_chars())]
    legacy: Sequence[LegacyFont | None] = [None] * len(characters)
    if implies_legacy(fonts):
        legacy = fonts_to_convert(textpage, characters)
    for index, character in enumerate(characters):
        if character.isspace():
            yield None
            continue
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rect)
        pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium_c.FPDFText_GetMatrix(textpage, index, matrix)
        (x0, y0), (x1, y1) = place.apply(rect.left, rect.top), place.apply(rect.right, rect.bottom)
        yield _Glyph(
            character=character,
            box=Box.model_construct(x0=min(x0, x1), y0=min(y0, y1), x1=max(x0, x1), y1=max(y0, y1)),
            baseline=place.apply(x.value, y.value)[1],
            upright=_is_upright(matrix, place),
            legacy=legacy[index],
        )


def _character(textpage: pdfium.PdfTextPage, index: int) -> str:
    code = pdfium_c.FPDFText_GetUnicode(textpage, index)
    character = "\ufffd" if 0xD800 <= code <= 0xDFFF or not code else chr(code)
    return _HYPHENS.get(character, character)


def _is_upright(matrix: pdfium_c.FS_MATRIX, place: Placement) -> bool:
    """Say whether the writing direction, as it is seen, is left to right."""
    across = place.a * matrix.a + place.c * matrix.b
    down = place.b * matrix.a + place.d * matrix.b
    length = (across * across + down * down) ** 0.5
    return bool(length == 0 or across / length >= _UPRIGHT_COSINE)


def _once(glyphs: Iterator[_Glyph | None]) -> Iterator[_Glyph | None]:
    seen: dict[tuple[str, int, int], list[_Glyph]] = {}
    for glyph in glyphs:
        if glyph is None:
            yield None
            continue
        column, row = int(glyph.box.x0 // 4), int(glyph.baseline // 4)
        near = [
            other
            for at_x in (column - 1, column, column + 1)
            for at_y in (row - 1, row, row + 1)
            for other in seen.get((glyph.character, at_x, at_y), ())
        ]
        if any(_same_place(glyph, other) for other in near):
            continue
        seen.setdefault((glyph.character, column, row), []).append(glyph)
        yield glyph


def _same_place(one: _Glyph, other: _Glyph) -> bool:
    tolerance = _SAME_PLACE * one.height
    return abs(one.box.x0 - other.box.x0) < tolerance and abs(one.baseline - other.baseline) < tolerance


def _words_of_run(run: list[_Glyph]) -> Iterator[PlacedWord]:
    """Part a run where its letters leave a gap or another line: not every program writes spaces."""
    word = [run[0]]
    for glyph in run[1:]:
        before = _last_letter(word)
        height = max(glyph.height, before.height)
        # A font may draw its marks within the letter's width, or give them a width of their own.
        gap = glyph.box.x0 - (max(before.box.x1, word[-1].box.x1) if word[-1].is_spacing_mark else before.box.x1)
        moved = gap > _WORD_GAP * height or gap < -_BACKWARD_GAP * height
        if not glyph.is_mark and (moved or abs(glyph.baseline - before.baseline) > _BASELINE_SHIFT * height):
            yield _word(word)
            word = []
        word.append(glyph)
    yield _word(word)


def _word(glyphs: list[_Glyph]) -> PlacedWord:
    main = max(glyphs, key=lambda glyph: glyph.height)
    baseline = median(glyph.baseline for glyph in glyphs if glyph.height >= _MARK_SIZE_BELOW * main.height)
    letters = text = ""
    for (font, is_mark), part in groupby(glyphs, key=lambda g: (g.legacy, _is_raised(g, main.height, baseline))):
        read = _read(part, font)
        letters += read
        text += raised(read) if is_mark else read
    return _placed(glyphs, letters, text)


def _placed(glyphs: list[_Glyph], letters: str, text: str) -> PlacedWord:
    raw = "".join(glyph.character for glyph in glyphs)
    box = around(glyph.box for glyph in glyphs)
    return PlacedWord(raw=raw, text=text, box=box, converted=letters if letters != raw else None)


def _read(glyphs: Iterable[_Glyph], font: LegacyFont | None) -> str:
    """Return what glyphs of one font show; in some codes a letter is two of them."""
    characters = "".join(glyph.character for glyph in glyphs)
    return font.read(characters) if font else characters


def _is_raised(glyph: _Glyph, height: float, baseline: float) -> bool:
    is_small = glyph.height < _MARK_SIZE_BELOW * height
    return is_small and baseline - glyph.baseline > _MARK_RAISED_FROM * height


def _with_leading_mark(line: PrintedLine) -> PrintedLine:
    """Show the mark that begins a footnote's text as superscript: a small raised number close to the first word."""
    if len(line.words) < 2 or not line.words[0].raw.isdecimal():
        return line
    mark, word = line.words[0], line.words[1]
    height = word.box.y1 - word.box.y0
    is_small = mark.box.y1 - mark.box.y0 < _MARK_SIZE_BELOW * height
    is_raised = word.box.y1 - mark.box.y1 > _MARK_RAISED_FROM * height
    is_close = word.box.x0 - mark.box.x1 < _MARK_CLOSE_WITHIN * height
    if not (is_small and is_raised and is_close):
        return line
    return PrintedLine((replace(mark, text=raised(mark.raw)), *line.words[1:]))


def _slanted_lines(words: list[PlacedWord]) -> list[PrintedLine]:
    """Join words as they were drawn, as long as each stands near the one before."""
    lines = [[words[0]]]
    for before, word in pairwise(words):
        if _distance(before.box, word.box) > _SLANTED_GAP:
            lines.append([])
        lines[-1].append(word)
    return [PrintedLine(tuple(line)) for line in lines]


def _distance(one: Box, other: Box) -> float:
    """Return the free space between two boxes in points, across or down, whichever is more."""
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.y0, other.y0) - min(one.y1, other.y1)
    return max(across, down)


def _plain_word(glyphs: list[_Glyph]) -> PlacedWord:
    letters = "".join(_read(part, font) for font, part in groupby(glyphs, key=lambda glyph: glyph.legacy))
    return _placed(glyphs, letters, letters)
