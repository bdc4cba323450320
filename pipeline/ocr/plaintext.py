"""Plain text to pages and lines: encoding, page breaks, and not one line more or less than the file has."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from statistics import median

from pipeline.language.legacy.evidence import encoding_of, unicode_text
from pipeline.language.legacy.tables import Encoding, windows_text
from pipeline.models import Line, Page, TextSource, Trust
from pipeline.ocr import refusals
from pipeline.ocr.trust import PageEvidence, decide

_FORM_FEED = "\f"
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_ONE_SPACE = re.compile(r" \S")
_INDENTED = re.compile(r" {2,}\S")
_FEWEST_MARKS = 2
_SHORTEST_USUAL_PAGE = 25
_MOST_INDENTED = 0.02


def decode(content: bytes, name: str) -> str:
    """Decode a text file: UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one.

    What is in none of these but Vietnamese in a legacy code (TCVN3, VNI, VISCII, Windows-1258) comes back as Windows
    shows it; `pages` turns it into Unicode.

    Raises:
        InputFileError: The bytes are in none of these encodings.
    """
    encoding = "utf-8-sig"
    if content.startswith(_UTF32_BOMS):
        encoding = "utf-32"
    elif content.startswith(_UTF16_BOMS):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        text = windows_text(content)
        if encoding_of(text) is None:
            raise refusals.not_unicode(name) from error
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text


def pages(text: str) -> list[Page]:
    r"""Part `text` into pages of lines; the lines are those of `text.split("\n")`, in number and order.

    A text that is in a legacy code as a whole has its lines as they came in `raw` and in Unicode in `text`. A page that
    cannot be trusted is marked `REPAIRED_LAYER`: the next stage repairs it. A line that begins a page
    has its page mark (form feed or single space) in `raw` but not in `text`.
    """
    raw_lines = [raw.removesuffix("\r") for raw in text.split("\n")]
    encoding = encoding_of(text)
    starts = _page_starts(raw_lines)
    bounds = [*starts, len(raw_lines)]
    return [
        _page(number, raw_lines[first:last], first, encoding)
        for number, (first, last) in enumerate(pairwise(bounds), start=1)
    ]


def _page(number: int, raw_lines: list[str], offset: int, encoding: Encoding | None) -> Page:
    begins_page = offset > 0
    bare = [_without_page_mark(raw, begins_page and at == 0) for at, raw in enumerate(raw_lines)]
    texts = bare if encoding is None else unicode_text("\n".join(bare), encoding).split("\n")
    lines = tuple(
        Line(number=number, raw=raw, text=text)
        for number, (raw, text) in enumerate(zip(raw_lines, texts, strict=True), start=offset + 1)
    )
    decision = decide(PageEvidence(text="\n".join(texts), converted_from=encoding or ""))
    garbled = decision.trust is Trust.GARBLED
    source = TextSource.REPAIRED_LAYER if garbled else TextSource.PLAIN
    return Page(number=number, lines=lines, source=source, decision=decision)


def _without_page_mark(raw: str, begins_page: bool) -> str:
    text = raw.strip(_FORM_FEED).replace(_FORM_FEED, " ")
    return text.removeprefix(" ") if begins_page else text


def _page_starts(raw_lines: list[str]) -> list[int]:
    """Return the index of each page's first line, the first being 0."""
    if any(_FORM_FEED in raw for raw in raw_lines):
        return _starts_by_form_feed(raw_lines)
    return [0, *_starts_by_single_space(raw_lines)]


def _starts_by_form_feed(raw_lines: list[str]) -> list[int]:
    """Two form feeds in a row enclose an empty page, which has a number but no lines."""
    starts = [0]
    last_filled = max((index for index, raw in enumerate(raw_lines) if raw.strip()), default=0)
    for index, raw in enumerate(raw_lines):
        # pdftotext puts the mark before the first line of the next page; others after the last line of a page.
        before = len(raw) - len(raw.lstrip(_FORM_FEED))
        starts += [index] * before + [index + 1] * (raw.count(_FORM_FEED) - before)
    return [start for start in starts if start <= last_filled]


def _starts_by_single_space(raw_lines: list[str]) -> list[int]:
    """Find pages marked by a line that begins with exactly one space: what a lost form feed leaves behind.

    The whole document must bear it out: nothing else is indented by spaces, the marks are there more than once, and
    they stand about a page apart. Of marks closer together than half a page, the one counts that makes the page
    before it nearest to the usual length, because a wrapped line may begin with a space by accident.
    """
    filled = [index for index, raw in enumerate(raw_lines) if raw.strip()]
    marks = [index for index in filled if _ONE_SPACE.match(raw_lines[index]) and index != filled[0]]
    indented = sum(bool(_INDENTED.match(raw)) for raw in raw_lines)
    if len(marks) < _FEWEST_MARKS or indented > _MOST_INDENTED * len(filled):
        return []
    usual = median(after - before for before, after in pairwise([0, *marks]))
    if usual < _SHORTEST_USUAL_PAGE:
        return []
    starts: list[int] = []
    previous = 0
    while candidates := [mark for mark in marks if mark >= previous + usual / 2]:
        rivals = [mark for mark in candidates if mark < candidates[0] + usual / 2]
        previous = min(rivals, key=lambda mark: abs(mark - previous - usual))
        starts.append(previous)
    return starts
