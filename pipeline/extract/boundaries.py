"""Where a file holds several documents: at the pages that open with a whole letterhead of their own.

An office scans a pile in one go, so one file may hold several documents one after another. By Nghị định 30/2020/NĐ-CP,
phụ lục I, and for the Party by Hướng dẫn 36-HD/VPTW, the first page of a document bears the national title (quốc hiệu
and tiêu ngữ; of the Party, its name), the issuer, number and symbol, place and date, and then the name of its type or
whom it is sent to (Kính gửi). Annexes, forms and regulations bear some of these, never all of them unless they say
whose annex they are. A document cut in two loses its meaning, and two that stay together only share one letterhead: so
a page begins a document only where all parts are there, and where one was not read the pages stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.extract.document_types import NAMES
from pipeline.language.letters import LETTER, UPPER
from pipeline.language.unicode import strip_marks
from pipeline.models import Page

_HEAD_LINES = 12  # printed lines in which the number stands; stamps and notes by hand may stand above the letterhead
_REACH = 12  # printed lines from the number to the type or the addressee: a subject (V/v) runs over four or five
_TITLE_LINES = 5  # the name of the type with what it is about: there an annex says to what it belongs
_LEAST_WORDS = 40  # a cover or a sheet between two documents says less and is no document

_TITLES = ("cong hoa xa hoi chu nghia viet nam", "dang cong san viet nam")
_MOTTO = "doc lap tu do hanh phuc"
_SAME_TITLE = 80.0  # likeness, 0 to 100, of `rapidfuzz.fuzz`: one letter in five may be misread
_SAME_NAME = 85.0
_SAME_ADDRESSEE = 75.0  # "Kính gửi" has eight characters: two may be misread
_ADDRESSEE = "kinh gui"
_TYPES = tuple(strip_marks(name).lower() for name in NAMES)

# A stroke behind a 1 is easily lost: "31UBND-KT".
_NUMBER = re.compile(
    rf"\W{{0,3}}S[ốồổỗôóòo06]\w?\s*[:.;,]?\s*(?P<number>(?:(?!{LETTER}{{3}}).){{0,20}}?)\s*"
    rf"(?:[-/⁄]\s*[{UPPER}]{{2,}}|(?<=\d)[{UPPER}]{{2,}}\s?[-/])"
)
_READ_NUMBER = re.compile(r"0*(\d+)(?:\s*/\s*\d{4})?")
# A form leaves the year open ("năm 20…"); a document to be numbered and dated by hand has it printed.
_DATED = re.compile(r"\bng\w{1,2}.{0,16}?th\w{2,4}\b.{0,10}?n\w{1,2}\s*(?:19|2[0o])[\doil]{2}\W*$")
_CAPITALS = re.compile(rf"[{UPPER}]{{2,}}")
_ANNEX = re.compile(
    r"\b(?:phu luc|phu bieu|bieu mau|bieu so|mau bieu|mau so|mau (?:\d|[ivx]+\b)|kem theo|dinh kem|de cuong)\b"
)
_BEGINS_AS_ANNEX = re.compile(r"\W*(?:phu luc|phu bieu|bieu mau|bieu so|mau|(?:ban hanh )?kem theo|dinh kem)\b")
_SPECKS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_FORM = re.compile(r"\w\W*?(?:\.{3,}|…)|\bten (?:co quan|cq|don vi|to chuc|tc|truong|doanh nghiep|cong ty)\b")


def beginnings(pages: Sequence[Page]) -> tuple[int, ...]:
    """Return the places in `pages`, the first being 0, at which a document begins; the first page always begins one.

    A letterhead with the number of the document before it is that document's: an annex that carries it again, or a head
    that runs from page to page. What says less than 40 words goes with the document behind it.
    """
    starts = [0]
    number: str | None = None
    words = 0
    for at, page in enumerate(pages):
        printed = [line for line in page.lines if line.text.strip()]
        lines = [line.text.strip() for line in printed]
        is_new = _is_opening(lines, [line.raw for line in printed]) and not (number and number == _number(lines))
        if is_new and words >= _LEAST_WORDS:
            starts.append(at)
            words = 0
        if is_new or at == 0:
            number = _number(lines)
        words += sum(len(line.split()) for line in lines)
    return tuple(starts)


def _is_opening(lines: Sequence[str], read: Sequence[str]) -> bool:
    """Say whether a page's printed lines open with a whole letterhead, and not with that of an annex or a form.

    A form's dots stand in what was `read`; handwriting that was left unread is no blank to be filled in.
    """
    numbered = _numbered(lines)
    if numbered is None:
        return False
    titled = next((at for at in range(numbered + 1, min(len(lines), numbered + _REACH)) if _is_title(lines[at])), None)
    if titled is None:
        return False
    belongs_to_another = (
        any(_ANNEX.search(_bare(line)) for line in lines[:numbered])
        or any(_FORM.search(_bare(line)) for line in read[: numbered + 1])
        or any(_is_annexed(line) for line in lines[numbered + 1 : titled + _TITLE_LINES])
    )
    return _is_whole(lines[:titled], lines[:numbered]) and not belongs_to_another


def _is_whole(head: Sequence[str], above: Sequence[str]) -> bool:
    """Say whether a head has the national title, place and date, and the issuer's name `above` the number."""
    return (
        any(_motto_in(line) for line in head)
        and any(_DATED.search(_bare(line)) for line in head)
        and sum(len(_CAPITALS.findall(_without_motto(line))) for line in above) > 1
    )


def _numbered(lines: Sequence[str]) -> int | None:
    """Return which line is the document's number and symbol; the number itself may be left open for the pen."""
    return next((at for at, line in enumerate(lines[:_HEAD_LINES]) if _NUMBER.match(line)), None)


def _number(lines: Sequence[str]) -> str | None:
    """Return the number of the document without leading noughts; None where none stands there or can be read."""
    at = _numbered(lines)
    match = _NUMBER.match(lines[at]) if at is not None else None
    read = _READ_NUMBER.fullmatch(match["number"]) if match else None
    return read[1] if read else None


def _is_title(line: str) -> bool:
    """Say whether a line names the document's type in capitals, or says whom it is sent to.

    A stamp ("HỎA TỐC") may stand in the same line before either.
    """
    bare = _SPECKS.sub("", _bare(line))
    if _ADDRESSEE in bare or fuzz.ratio(bare[: len(_ADDRESSEE)], _ADDRESSEE) >= _SAME_ADDRESSEE:
        return True
    return _is_capital(line) and any(_is_at_an_end(bare, name) for name in _TYPES)


def _is_at_an_end(bare: str, name: str) -> bool:
    """Say whether a line begins or ends with the name of a type, as a word of its own."""
    size = len(name)
    begins = fuzz.ratio(bare[:size], name) >= _SAME_NAME and not bare[size : size + 1].isalpha()
    return begins or (fuzz.ratio(bare[-size:], name) >= _SAME_NAME and bare[-size - 1 : -size].isspace())


def _is_annexed(line: str) -> bool:
    """Say whether a line begins as that of an annex does: "(Kèm theo Quyết định số …)", "Phụ lục I", "Mẫu số 01"."""
    first = next((letter for letter in line if letter.isalpha()), "")
    return first.isupper() and bool(_BEGINS_AS_ANNEX.match(_bare(line)))


def _motto_in(line: str) -> bool:
    return any(True for _ in _mottoes(line))


def _without_motto(line: str) -> str:
    """Return what stands beside the national title: the name of the issuer, where both columns are in one line."""
    for start, end in _mottoes(line):
        line = line[:start] + " " * (end - start) + line[end:]
    return line


def _mottoes(line: str) -> Iterator[tuple[int, int]]:
    """Yield where quốc hiệu, tiêu ngữ or the Party's name stand in a line; the first and the last are in capitals."""
    bare = _bare(line)
    for title in (*_TITLES, _MOTTO):
        if len(bare) < len(title) * _SAME_TITLE / 100:
            continue
        found = fuzz.partial_ratio_alignment(title, bare, score_cutoff=_SAME_TITLE)
        if found and (title == _MOTTO or _is_capital(line[found.dest_start : found.dest_end])):
            yield found.dest_start, found.dest_end


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) * 100 >= _SAME_TITLE * len(letters)


def _bare(text: str) -> str:
    """Take marks and case away; every character keeps its place."""
    return strip_marks(text).lower()
