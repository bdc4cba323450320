"""Refuse documents that bear a secrecy mark (dấu chỉ độ mật).

Luật Bảo vệ bí mật nhà nước 2018, điều 8, knows three: Tuyệt mật, Tối mật, Mật. The mark is stamped alone, under the
number of the document, on its first page (Nghị định 30/2020/NĐ-CP, phụ lục I). The word inside a sentence ("bảo mật")
or a heading is no mark.
"""

from __future__ import annotations

import re

from pipeline.language.unicode import fold
from pipeline.models import Line, Reading
from pipeline.ocr import refusals

_LETTERHEAD_LINES = 15
_MARKS = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}
_BORDER = re.compile(r"[^\w\s]|_")


def refuse_if_secret(reading: Reading) -> None:
    """Refuse `reading` if a line of its first page's letterhead is a secrecy mark and nothing else.

    Raises:
        SecretDocumentError: It is.
    """
    filled = [line for line in reading.pages[0].lines if line.text.strip()] if reading.pages else []
    for line in filled[:_LETTERHEAD_LINES]:
        mark = _mark(line)
        if mark:
            raise refusals.secret(reading.document, mark)


def _mark(line: Line) -> str | None:
    """Return the secrecy mark that this line is, or None; a stamp is in capitals, and its frame may be read too."""
    bare = " ".join(_BORDER.sub(" ", line.text).split())
    return _MARKS.get(fold(bare)) if bare and bare == bare.upper() else None
