"""Refuse documents that bear a secrecy mark (dấu chỉ độ mật).

Luật Bảo vệ bí mật nhà nước 2018, điều 8, knows three: Tuyệt mật, Tối mật, Mật. The mark is stamped alone, under the
number of the document, on its first page (Nghị định 30/2020/NĐ-CP, phụ lục I). The word inside a sentence ("bảo mật")
or a heading is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.unicode import fold, vietnamese_nfc
from pipeline.models import Line, Reading, Word
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
    filled = [line for line in reading.pages[0].lines if line.text.strip()] if reading.pages else []
    stamped = [region.text for region in reading.pages[0].regions] if reading.pages else []
    for text in (*stamped, *(column for line in filled[:_LETTERHEAD_LINES] for column in _columns(line))):
        if mark := _mark(text):
            raise refusals.secret(reading.document, mark)


def _columns(line: Line) -> Iterator[str]:
    """Yield the parts of a line that wide gaps keep apart: the stamp stands beside the place and date."""
    column: list[Word] = []
    for word in line.words:
        if column and _gap(column[-1], word) > _COLUMN_GAP:
            yield " ".join(part.text for part in column)
            column = []
        column.append(word)
    yield " ".join(part.text for part in column) if column else line.text


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
