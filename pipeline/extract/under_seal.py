"""What stands under a seal in the lines of a signature: what a reader made of it, looked at again.

The seal covers the left third of the signature (Nghị định 30/2020/NĐ-CP, điều 33). What is under it is no reading to be
believed; but what it can be is a closed set: the marks of an authority and the usual titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import office_words
from pipeline.language.letters import LETTER, LOWER, UPPER
from pipeline.models import Line
from pipeline.ocr.unread import UNREAD

# "Noi nhan: aoe CHU TICH": on 56 signatures rendered for it, two to four small letters before the head's title were
# left of "KT." alone. A title that stands by itself lies under the seal as a whole, longer marks ("TUQ.") beside it.
_REMAINS = re.compile(rf"(?:[^:]{{4,14}}:\s+|\s*)[{LOWER}]{{2,4}}\s+(?=[A-ZĐ]{{2}})")
# Repair leaves out what stands between the heading and a title, and makes a word of it on a line of their own.
_WITH_TITLE = re.compile(rf"(?:(?P<heading>\s*Nơi nhận\s*:)|\s*[{LOWER}]{{1,6}})\s+(?P<title>[{UPPER}][{UPPER} ]+)$")
_FEWEST = 2
_LIST_DASH = re.compile(r"\s*[-–+•]")
_AN_OFFICE = rf"(?:Các|Sở|Bộ|Ban|Cục|UBND|HĐND|Đảng|Tỉnh|Văn phòng|VP|Công an)\s+(?![{UPPER}]{{2}})"
# What is left of the first recipient has neither its dash nor its semicolon; capitals of the signature may follow.
_FIRST_COVERED = re.compile(
    rf"(?!Như\b|{_AN_OFFICE})[^;]{{1,12}}?[\s_–-]*"
    rf"(?P<right>(?<![{UPPER}])(?:[{UPPER}]{{1,3}}\.\s*)?[{UPPER}]{{2,}}(?:\s+[{UPPER}]+)+)?$"
)
_COVERED = re.compile(rf"{UNREAD}\s+(?P<rest>[{UPPER}]+)\s*$")


def read_again(line: Line) -> Line:
    """Return a line with what its raw reading tells of words under a seal.

    Bits before a title, beside "Nơi nhận" or on a line of its own, are unread; a usual title of which only the end
    counts as read is whole where a reader saw all of it.
    """
    if not line.confidences:
        return line  # taken as it was read
    with_title = _WITH_TITLE.match(line.text)
    if with_title and _REMAINS.match(line.raw) and with_title["title"] in office_words.TITLES:
        text = f"{with_title['heading'] or ''} {UNREAD} {with_title['title']}".strip()
        return line.model_copy(update={"text": text})
    covered = _COVERED.search(line.text)
    title = _title_seen(line.raw, covered["rest"]) if covered else None
    return line.model_copy(update={"text": f"{line.text[: covered.start()]}{title}"}) if covered and title else line


def with_first_unread(listed: Sequence[str], printed: Sequence[Line]) -> list[str]:
    """Return the lines from "Nơi nhận" on with the first recipient unread, where a seal left only bits of it.

    It has neither dash nor semicolon then ("Fs CHÁNH VĂN PHÒNG"), and the next one has its dash.

    Args:
        listed: The lines as they are to be read.
        printed: The same lines as they are printed.
    """
    below = [at for at, text in enumerate(listed) if at and text.strip()]
    if len(below) < _FEWEST or not printed[below[0]].confidences or not _LIST_DASH.match(listed[below[1]]):
        return list(listed)
    first = None if _LIST_DASH.match(listed[below[0]]) else _FIRST_COVERED.match(listed[below[0]])
    unread = f"- {UNREAD}; {first['right'] or ''}".rstrip() if first else listed[below[0]]
    return [unread if at == below[0] else text for at, text in enumerate(listed)]


def _title_seen(raw: str, rest: str) -> str | None:
    """Return the usual title that a raw line ends with, if it ends with what counts as read and says more."""
    ends = (title for title in office_words.TITLES if title != rest and title.endswith(rest))
    return next((title for title in ends if re.search(rf"(?<!{LETTER}){title}\s*$", raw)), None)
