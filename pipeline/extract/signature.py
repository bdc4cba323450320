"""The end of an official document: recipients, authority, title and name of who signed.

Nghị định 30/2020/NĐ-CP, phụ lục I: "Nơi nhận" on the left, on the right the authority (TM., KT., TL., TUQ.), the title
and the name. A text may hold both columns in one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.printed import PrintedLine
from pipeline.language.letters import LOWER, UPPER
from pipeline.models import LineRole

_RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_AUTHORITY = re.compile(rf"(?P<mark>TM|KT|TL|TUQ|T/M|K/T|T/L|Q)(?:\s?\.\s*|\s+)(?P<of>[{UPPER}][{UPPER}\s,.\-–&]+)$")
_TITLE = re.compile(
    r"(?P<title>(?:PHÓ\s+|THỨ\s+|Q\.\s*|QUYỀN\s+)?(?:TỔNG\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG|"
    r"CHÁNH|BÍ THƯ|CỤC TRƯỞNG|VIỆN TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|CHỦ NHIỆM|TỔNG THƯ KÝ|THỦ TƯỚNG|CHỈ HUY|"
    rf"ỦY VIÊN|TỔ TRƯỞNG|ĐỘI TRƯỞNG)[{UPPER}\s,.\-–&]*)$"
)
_NAME = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|CKI|CKII|Thạc sĩ|Tiến sĩ)\.?\s*)*"
    rf"(?P<name>[{UPPER}][{LOWER}]{{0,6}}(?:\s+[{UPPER}][{LOWER}]{{0,6}}){{1,4}})\s*$"
)
_NAME_IN_CAPITALS = re.compile(rf"(?P<name>[{UPPER}]{{2,7}}(?:\s+[{UPPER}]{{2,7}}){{1,3}})\s*$")
_CAPITALS = re.compile(rf"[{UPPER}\s,.\-–&]+")
_ITEM = re.compile(r"\s*[-–+•]\s*")
# The right column's capitals behind a recipient: "-CT, PCT UBND tỉnh; PHÓ CHÁNH VĂN PHÒNG".
_RIGHT_COLUMN = re.compile(
    rf"(?<=[;.:,])\s+(?=[{UPPER}]{{2,}}\.?(?:\s+[{UPPER}]{{2,}})+[\s.]*$)|\s*\b(?=(?:TM|KT|TL|TUQ)\.\s*[{UPPER}]{{2,}})"
)
_RIGHT_NAME = re.compile(rf"(?<=[;.])\s+(?=[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{1,4}}\s*$)")
_LINES = 45


@dataclass(frozen=True)
class Signature:
    """Recipients, authority, title and name at the end of a document."""

    recipients: tuple[str, ...] = ()
    authority: str | None = None
    title: str | None = None
    name: str | None = None


def read(lines: Sequence[PrintedLine]) -> Signature:
    """Return what the end of a document states; annexes behind the signature are not looked at."""
    body = [line.text for line in lines if line.role is LineRole.BODY]
    start = next((i for i, text in enumerate(body) if _RECIPIENTS.match(text)), None)
    begin = start if start is not None else _first_authority(body)
    if begin is None:
        return Signature()
    left, right = _columns(body[max(0, begin - 6) : begin + _LINES], recipients_at=min(6, begin))
    authority, title, name = _signer(right)
    if authority and title and _is_half(title, authority):
        title = None
    return Signature(tuple(_recipients(left)) if start is not None else (), authority, title, name)


def _first_authority(body: Sequence[str]) -> int | None:
    return next((i for i, text in enumerate(body) if _AUTHORITY.match(text) and text.isupper()), None)


def _columns(block: Sequence[str], recipients_at: int) -> tuple[list[str], list[str]]:
    """Part the lines of the block into recipients and signature.

    Above "Nơi nhận" only lines in capitals can belong to the signature: the columns may stand one after the other.
    """
    left: list[str] = []
    right: list[str] = [text for text in block[:recipients_at] if text.isupper() and _signing(text)]
    open_list = True
    for text in block[recipients_at:]:
        rest = _RECIPIENTS.sub("", text, count=1) if _RECIPIENTS.match(text) else text
        cut = None if _signing(rest) else _RIGHT_COLUMN.search(rest) or _RIGHT_NAME.search(rest)
        if cut:
            rest, aside = rest[: cut.start()], rest[cut.end() :]
            right.append(aside.strip())
        if not rest.strip():
            continue
        if rest.isupper() or (not _ITEM.match(rest) and left and _closed(left)):
            right.append(rest.strip())
            open_list = open_list and not _closed(left)
        elif open_list:
            left.append(rest)
        else:
            right.append(rest.strip())
    return left, right


def _signing(text: str) -> bool:
    return bool(_AUTHORITY.match(text) or _TITLE.match(text))


def _closed(left: Sequence[str]) -> bool:
    """Say whether the list of recipients is complete: "- Lưu: VT." is its last item."""
    return any(re.match(r"\s*[-–+•]?\s*Lưu\b", item) for item in left) and left[-1].rstrip().endswith((".", "./."))


def _recipients(left: Sequence[str]) -> list[str]:
    items: list[str] = []
    for text in left:
        if _ITEM.match(text) or not items:
            items.append(_ITEM.sub("", text, count=1).strip())
        else:
            items[-1] = f"{items[-1]} {text.strip()}"
    return [item.strip(" ;.,") for item in items if re.search(r"[^\W\d_]{2}", item)]


def _signer(right: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Return authority, title and name from the lines of the right column, which stand in this order."""
    authorities: list[str] = []
    title: str | None = None
    name: str | None = None
    adjacent = False  # the line before ended an authority, which may run over two lines
    for text in right:
        authority, continued = _AUTHORITY.match(text), adjacent
        adjacent = False
        if title is None and authority:
            mark = authority["mark"] if "/" in authority["mark"] else f"{authority['mark']}."
            authorities.append(f"{mark} {' '.join(authority['of'].split()).strip(' .,')}")
            adjacent = True
        elif title is None and text.isupper() and (match := _TITLE.match(text)):
            title = " ".join(match["title"].split())
        elif title is None and continued and _CAPITALS.fullmatch(text):
            authorities[-1] = f"{authorities[-1]} {' '.join(text.split())}"
        elif (authorities or title) and (name := _name(text, after_title=title is not None)):
            break
    return " ".join(authorities) or None, title, name


def _is_half(title: str, authority: str) -> bool:
    """Say whether a title lost its beginning: who signs in a superior's place (KT.) is a deputy, not the superior."""
    return authority.endswith(f"KT. {title}")


def _name(text: str, *, after_title: bool) -> str | None:
    """Return the name that a line consists of; in capitals only below a title."""
    name = None if _ITEM.match(text) else _NAME.fullmatch(text)
    if name:
        return name["name"]
    capitals = _NAME_IN_CAPITALS.fullmatch(text) if after_title and not _signing(text) else None
    return capitals["name"].title() if capitals else None
