"""Refuse documents that bear a secrecy mark (dấu chỉ độ mật).

Luật Bảo vệ bí mật nhà nước 2018, điều 8, knows three: Tuyệt mật, Tối mật, Mật. The mark is stamped alone, under the
number of the document, on its first page (Nghị định 30/2020/NĐ-CP, phụ lục I). The word inside a sentence ("bảo mật")
or a heading is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.unicode import fold, vietnamese_nfc
from pipeline.models import Line, Page, Reading, Word
from pipeline.ocr import refusals

_LETTERHEAD_LINES = 15
_COLUMN_GAP = 1.5
_MARKS = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}
_BORDER = re.compile(r"[^\w\s]|_")


def refuse_if_secret(reading: Reading) -> None:
    """Refuse `reading` if a stamp of its first page, or a line of the letterhead, is a secrecy mark and nothing else.

    Raises:
        SecretDocumentError: It is.
    """
    mark = mark_of(reading.pages[0]) if reading.pages else None
    if mark:
        raise refusals.secret(reading.document, mark)


def mark_of(page: Page) -> str | None:
    """Return the secrecy mark of a page, stamped askew or standing where a letterhead has it; None for none."""
    filled = [line for line in page.lines if line.text.strip()]
    stamped = [region.text for region in page.regions]
    texts = (*stamped, *(column for line in filled[:_LETTERHEAD_LINES] for column in _columns(line)))
    return next((mark for text in texts if (mark := _mark(text))), None)


def _columns(line: Line) -> Iterator[str]:
    """Yield the line, and the parts of it that wide gaps keep apart: the stamp stands beside the place and date."""
    yield line.text
    tokens = line.text.split()
    if len(tokens) != len(line.words):  # repair cut or joined some
        tokens = [word.text for word in line.words]
    column: list[str] = []
    for before, word, token in zip((None, *line.words), line.words, tokens, strict=False):
        if before and _gap(before, word) > _COLUMN_GAP:
            yield " ".join(column)
            column = []
        column.append(token)
    yield " ".join(column)


def _gap(left: Word, right: Word) -> float:
    """Return the space between two words in heights of the taller one; 0 without boxes."""
    if left.box is None or right.box is None:
        return 0.0
    height = max(left.box.y1 - left.box.y0, right.box.y1 - right.box.y0)
    return (right.box.x0 - left.box.x1) / height if height > 0 else 0.0


def _mark(text: str) -> str | None:
    """Return the secrecy mark that `text` is, or None; a stamp is in capitals, and its frame may be read too."""
    bare = " ".join(_BORDER.sub(" ", vietnamese_nfc(text)).split())
    return _MARKS.get(fold(bare)) if bare and bare == bare.upper() else None
