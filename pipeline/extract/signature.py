"""The end of an official document: recipients, authority, title and name of who signed.

Nghị định 30/2020/NĐ-CP, phụ lục I: "Nơi nhận" on the left, on the right the authority (TM., KT., TL., TUQ.), the title
and the name. A text may hold both columns in one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import office_words, person_names, recipient_signs, recipient_words, under_seal
from pipeline.extract.printed import PrintedLine
from pipeline.language.letters import LOWER, UPPER
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import fold
from pipeline.models import Line, LineRole
from pipeline.ocr.unread import UNREAD

_RECIPIENTS = re.compile(r"\s*Nơi\s+nhận\s*:?\s*", re.IGNORECASE)
_AUTHORITY = re.compile(rf"(?P<mark>TM|KT|TL|TUQ|T/M|K/T|T/L|Q)(?:\s?[.,]\s*|\s+)(?P<of>[{UPPER}][{UPPER}\s,.\-–&]+)$")
_PARTY_MARK = re.compile(r"\s*([TK]/[MTL])\s+(?=[A-ZĐ]{2})")
_TITLE = re.compile(
    r"(?P<title>(?:PHÓ\s+|THỨ\s+|Q\.\s*|QUYỀN\s+)?(?:TỔNG\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG|"
    r"CHÁNH|BÍ THƯ|CỤC TRƯỞNG|VIỆN TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|CHỦ NHIỆM|TỔNG THƯ KÝ|THỦ TƯỚNG|CHỈ HUY|"
    rf"ỦY VIÊN|TỔ TRƯỞNG|ĐỘI TRƯỞNG)[{UPPER}\s,.\-–&]*)$"
)
_SECOND_TITLE = re.compile(rf"kiêm(?:\s+(?P<title>[{UPPER}][{UPPER}\s,.\-–&]+))?", re.IGNORECASE)
# The word alone behind a recipient; its mark is often misread.
_SECOND_BESIDE = re.compile(r"(?<=[;,.)])\s+ki[êểếeé]m\s*$")
# "TRỪ NG BAN" behind "kiêm": no other title has this frame.
_HEAD_OF = re.compile(r"TR\w{0,3}\s?NG(?=\s)")
_NAME = re.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|CKI|CKII|Thạc sĩ|Tiến sĩ)\.?\s*)*"
    rf"(?P<name>(?:H['’]\s?)?[{UPPER}][{LOWER}]{{0,6}}(?:\s+[{UPPER}][{LOWER}]{{0,6}}){{1,4}})\s*$"
)
_COVERED_NAME = re.compile(rf"\s*{UNREAD}(?:\s+[{UPPER}][{LOWER}]{{0,6}}){{1,4}}\s*")
# Within a name stands no sign: "Lò: Văn Păn" has a speck of a seal.
_SIGN = re.compile(rf"(?<=[{LOWER}])[:'’\"]+(?=\s+[{UPPER}])")
_NAME_IN_CAPITALS = re.compile(rf"(?P<name>[{UPPER}]{{2,7}}(?:\s+[{UPPER}]{{2,7}}){{1,3}})\s*$")
_CAPITALS = re.compile(rf"[{UPPER}\s,.\-–&]+")
_ITEM = re.compile(r"\s*[-–+•]\s*")
# The right column's capitals behind a recipient: "-CT, PCT UBND tỉnh; PHÓ CHÁNH VĂN PHÒNG", perhaps with specks before.
_RIGHT_COLUMN = re.compile(
    rf"(?<=[;.:,])(?<!\bT\.)[\s_–-]+(?=(?:T\.\s*)?(?:{UNREAD}\s+[{UPPER}]{{2,}}|[{UPPER}]{{2,}}\.?\s+[{UPPER}]{{2,}})(?:\s+[{UPPER}]{{2,}})*[\s.]*$)"
    rf"|\s*\b(?=(?:TM|KT|TL|TUQ)\.\s*[{UPPER}]{{2,}})"
)
_RIGHT_NAME = re.compile(rf"(?<=[;.])\s+(?=[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{1,4}}\s*$)")
# An item ends with its semicolon; what an imperfect reading has behind it belongs to the signature beside the list.
_BEHIND_ITEM = re.compile(r"(?<=;)\s*(?=[^\s\-–+•])")
# Specks of a seal or a signature beside an item: no two letters together, or set off by wide blanks.
_SPECKS = re.compile(
    rf"(?:(?<=,)(?!\s*[{UPPER}]\.\s*$)|\s{{3,}})(?:\s*(?:[^\w\s,]+|\b\w\b))+\s*$|\s{{3,}}\S*$|(?<=;)\s+[-–+•]\s*\w?\s*$"
)
# Initials of offices make an item of capitals: "- Lưu: VT. KGVX."
# Where its mark was lost, its point tells it from a name: "Luu: VT".
_FILED = re.compile(r"\s*[-–+•]?\s*(?:Lưu\b|Luu(?=\s*:))")
_FILED_BARE = re.compile(r"^Luu(?=\s*:)")
_FIRST = "Như trên"
_AS_ABOVE = re.compile(r"\s*[-–+•]?\s*Như\b")
_ANNEX = re.compile(r"(?:PHỤ LỤC|BIỂU|DANH SÁCH|DANH MỤC)\b|Phụ lục\b")
_UNREAD_TITLE = re.compile(rf"{UNREAD}\s+(?P<rest>[{UPPER}\s]+)$")
_HEAD = (
    "CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|VIỆN TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    "HIỆU TRƯỞNG"
)
_HEADS_TITLE = re.compile(_HEAD)
_FOR_THE_HEAD = re.compile(r"(?:KT\.|K/T) (?P<head>.+)")
# Of the marks only KT. ends so: its first letter is what the seal takes.
_HALVED = re.compile(rf"^T\.\s*(?=(?:{_HEAD}|TRƯỞNG|CHÁNH)\b)")
_OF_A_HEAD = re.compile(rf"(?:KT\.|K/T|TL\.|T/L|TUQ\.) (?:{_HEAD})")
_OFFICE = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|HĐQT|SỞ|BỘ|BAN|CỤC|CHI CỤC|VIỆN|TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|TRƯỜNG|"
    r"CÔNG TY|TRUNG TÂM|VÀ)\b"
)
_BY_ORDER = re.compile(r"TL\.|T/L|TUQ\.")
# "VĂN PHÒNG" for "CHÁNH VĂN PHÒNG", perhaps with what a seal left before it.
_UNIT = re.compile(rf"(?:\S{{1,6}}\s+)??(?P<of>(?:VĂN PHÒNG|PHÒNG)\b[{UPPER}\s,&–-]*)")
_LINES = 45
_GUTTER = " " * 8


@dataclass(frozen=True)
class Signature:
    """Recipients, authority, title and name at the end of a document."""

    recipients: tuple[str, ...] = ()
    authority: str | None = None
    title: str | None = None
    name: str | None = None


def read(lines: Sequence[PrintedLine], *, addressed: bool = False) -> Signature:
    """Return what the end of a document states; annexes behind the signature are not looked at.

    Args:
        lines: The document's lines.
        addressed: Whether it is addressed to someone (Kính gửi), who then is the first recipient ("Như trên").
    """
    read_again = (under_seal.read_again(line.line) for line in lines if line.role is LineRole.BODY)
    printed = [_with_columns_apart(_with_party_mark(line)) for line in read_again]
    body = [person_names.with_likely_parts(line).strip() for line in printed]
    start = next((i for i, text in enumerate(body) if _RECIPIENTS.match(text)), None)
    begin = start if start is not None else _first_authority(body)
    if begin is None:
        return Signature()
    annex = next((i for i, text in enumerate(body[begin:], begin) if _ANNEX.match(text)), len(body))
    end = min(begin + _LINES, annex)
    filed = next((i for i, text in enumerate(body[begin:end], begin) if _FILED.match(text)), begin)
    listed = [recipient_words.with_abbreviations(line).strip() for line in printed[begin : filed + 1]]
    listed = recipient_signs.with_commas(listed, printed[begin : filed + 1])
    listed = under_seal.with_first_unread(listed, printed[begin : filed + 1])
    block = [*body[max(0, begin - 6) : begin], *listed, *body[begin + len(listed) : end]]
    left, right = _columns(list(map(office_words.titles_with_marks, block)), recipients_at=min(6, begin))
    authority, title, name = _signer(right)
    recipients = _recipients(left, addressed=addressed) if start is not None else []
    return Signature(tuple(recipients), authority, title, name)


def _with_party_mark(line: Line) -> Line:
    """Return a line with the mark of its authority as it was read: repair takes "T/M" for a word ("TỪ/ÂM")."""
    mark = _PARTY_MARK.match(line.raw)
    if mark is None or not line.confidences or line.text.startswith(mark[1]) or " " not in line.text.strip():
        return line
    return line.model_copy(update={"text": f"{mark[1]} {line.text.split(maxsplit=1)[1]}"})


def _with_columns_apart(line: Line) -> Line:
    """Return a line of bare text with wide blanks for the bar that a converter left between its two columns."""
    if line.confidences or line.text.count("|") != 1:
        return line
    left, right = (part.strip() for part in line.text.split("|"))
    return line.model_copy(update={"text": f"{left}{_GUTTER if left and right else ''}{right}"})


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
        cut = None if _signing(rest) else _aside(rest)
        if cut:
            rest, aside = rest[: cut.start()], rest[cut.end() :]
            right.append(aside.strip())
            rest = rest[: behind.start()] if (behind := _BEHIND_ITEM.search(rest)) else rest
        if (second := _SECOND_BESIDE.search(rest)) and right:
            rest, right = rest[: second.start()], [*right, "kiêm"]
        if not rest.strip():
            continue
        if (rest.isupper() and not _item_in_capitals(rest, left)) or (
            not _ITEM.match(rest) and left and (_closed(left) or _covered_name(rest, left))
        ):
            right.append(rest.strip())
            open_list = open_list and not _closed(left)
        elif open_list:
            left.append(rest)
        else:
            right.append(rest.strip())
    return left, right


def _aside(text: str) -> re.Match[str] | None:
    """Match where the right column begins behind a recipient; None where the line is the recipient's alone."""
    column = _RIGHT_COLUMN.search(text)
    if column and _FILED.match(text) and not _signing(text[column.end() :]):
        column = None
    return column or _RIGHT_NAME.search(text) or _BEHIND_ITEM.search(text)


def _item_in_capitals(text: str, left: Sequence[str]) -> bool:
    """Say whether a line in capitals is a recipient that is abbreviated: "- VP UBND TP (2D);"."""
    item = _ITEM.match(text)
    return bool(item and left and text.rstrip().endswith(";") and not _signing(text[item.end() :]))


def _signing(text: str) -> bool:
    return bool(_AUTHORITY.match(text) or _TITLE.match(text))


def _covered_name(text: str, left: Sequence[str]) -> bool:
    """Say whether a line behind the last recipient is a name of which a seal took the beginning: "… Kim Hùng"."""
    return bool(_FILED.match(left[-1]) and _COVERED_NAME.fullmatch(text))


def _closed(left: Sequence[str]) -> bool:
    """Say whether the list of recipients is complete: "- Lưu: VT." is its last item."""
    return any(map(_FILED.match, left)) and _SPECKS.sub("", left[-1]).rstrip().endswith((".", "./."))


def _recipients(left: Sequence[str], *, addressed: bool) -> list[str]:
    items: list[str] = []
    for text in (_SPECKS.sub("", line) for line in _with_first(left, addressed=addressed)):
        if _ITEM.match(text) or not items:
            items.append(_ITEM.sub("", text, count=1).strip())
        else:
            items[-1] = f"{items[-1]} {text.strip()}"
    return [_FILED_BARE.sub("Lưu", item.strip(" ;:.,_–—-")) for item in items if re.search(r"[^\W\d_]{2}", item)]


def _with_first(left: Sequence[str], *, addressed: bool) -> Sequence[str]:
    """Return a list of recipients with the first one, which a seal took: "Như trên" where someone is addressed.

    A list of a document that is addressed to someone begins so (Nghị định 30/2020/NĐ-CP, phụ lục III); what another one
    began with is not known.
    """
    if not left or not left[0].startswith(f"- {UNREAD}"):
        return left
    is_named = any(map(_AS_ABOVE.match, left))
    return [f"- {_FIRST}", *left[1:]] if addressed and not is_named else left[1:]


def _signer(right: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Return authority, title and name from the lines of the right column, which stand in this order."""
    authorities = _covered_authority(right)
    title: str | None = None
    name: str | None = None
    adjacent = False  # the line before ended an authority, which may run over two lines
    for number, text in enumerate(right):
        authority, continued = _AUTHORITY.match(_HALVED.sub("KT. ", text)), adjacent
        adjacent = False
        if title is None and authority:
            mark = authority["mark"] if "/" in authority["mark"] else f"{authority['mark']}."
            authorities.append(f"{mark} {' '.join(authority['of'].split()).strip(' .,')}")
            adjacent = True
        elif title is None and (told := _title_told(text, authorities, right[number + 1 :] if continued else None)):
            title = told
        elif title is None and continued and _goes_on(text, authorities):
            authorities[-1] = f"{authorities[-1]} {' '.join(text.split())}"
        elif title is not None and (second := _SECOND_TITLE.fullmatch(text)):
            title = f"{title} kiêm {second['title'] or ''}".strip()
        elif title is not None and title.endswith("kiêm") and text.isupper():
            title = f"{title} {_HEAD_OF.sub('TRƯỞNG', ' '.join(text.split()))}"
        elif (authorities or title) and (name := _name(text, after_title=title is not None)):
            break
    return " ".join(authorities) or None, title or _deputy_called("", authorities), name


def _title_told(text: str, authorities: Sequence[str], below: Sequence[str] | None) -> str | None:
    """Return the title that a line tells; `below` are the lines below one right behind an authority, else None."""
    if covered := _UNREAD_TITLE.match(text):
        return _deputy_called(covered["rest"], authorities)
    if match := _title(text, after_authority=bool(authorities)):
        return _deputy(" ".join(match["title"].split()), authorities)
    if below is None:
        return None
    return _deputy_called("", authorities) if _like_the_head(text, authorities) else _unit(text, authorities, below)


def _covered_authority(right: Sequence[str]) -> list[str]:
    """Return the authority whose mark a seal took before the head's title, where no other one can stand there.

    "KT." or "PHÓ" stands before it, and then a deputy signs for the head; by order (TL.) or on behalf (TUQ.) of the
    head someone signs whose own title stands below.
    """
    covered = _UNREAD_TITLE.match(right[0]) if right else None
    if covered is None or not _HEADS_TITLE.fullmatch(head := covered["rest"].strip()):
        return []
    return [] if any(_TITLE.match(text) and not text.endswith(head) for text in right[1:]) else [f"KT. {head}"]


def _like_the_head(text: str, authorities: Sequence[str]) -> bool:
    """Say whether a line in capitals that is no title as it was read ends as the head's does: "PHÙ ÁM ĐÓC"."""
    head = _FOR_THE_HEAD.fullmatch(authorities[-1])
    words = text.split()
    return bool(head and text.isupper() and len(words) > 1 and fold(words[-1]) == fold(head["head"]).split()[-1])


def _unit(text: str, authorities: Sequence[str], below: Sequence[str]) -> str | None:
    """Return the title of who signs by order (TL.) or on behalf (TUQ.) of the head, of which a seal left only the unit.

    The head of the unit does; where a deputy of his does, a second line names the unit.
    """
    unit = _UNIT.fullmatch(text)
    if unit is None or not _BY_ORDER.match(authorities[-1]) or any(line.endswith(unit["of"]) for line in below):
        return None
    return f"{'CHÁNH' if unit['of'].startswith('VĂN') else 'TRƯỞNG'} {' '.join(unit['of'].split())}"


def _goes_on(text: str, authorities: Sequence[str]) -> bool:
    """Say whether a line in capitals can go on with an authority: it is made of words, not of what a seal left.

    The title of a head is whole; only the office that he is the head of may stand below it.
    """
    words = re.findall(r"\w+", text)
    is_worded = all(is_syllable(word.lower()) for word in words) and any(len(word) > 1 for word in words)
    is_whole = _OF_A_HEAD.fullmatch(authorities[-1]) and not _OFFICE.match(text)
    return bool(_CAPITALS.fullmatch(text)) and is_worded and not is_whole


def _deputy_called(rest: str, authorities: Sequence[str]) -> str | None:
    """Return the title of who signs for the head, of which only the end (perhaps nothing) could be read.

    For the head (KT.) a deputy signs (Nghị định 30/2020/NĐ-CP, điều 13); any other title is not known then.
    """
    head = _FOR_THE_HEAD.fullmatch(authorities[-1]) if authorities else None
    if head is None or not head["head"].endswith(" ".join(rest.split())):
        return None
    return "THỨ TRƯỞNG" if head["head"] == "BỘ TRƯỞNG" else f"PHÓ {head['head']}"


def _title(text: str, *, after_authority: bool) -> re.Match[str] | None:
    """Match a title that a line consists of, or, below an authority, one with specks before it."""
    return (_TITLE.match(text) if text.isupper() else None) or (_TITLE.search(text) if after_authority else None)


def _deputy(title: str, authorities: Sequence[str]) -> str:
    """Return the title of who signs: for the head (KT.) a deputy does, even where only the end of it could be read."""
    called = _deputy_called("", authorities)
    return called if called and called.endswith(title) else title


def _with_surname(name: re.Match[str] | None) -> re.Match[str] | None:
    """Return a name that begins with a surname."""
    return name if name and name["name"].split(maxsplit=1)[0] in person_names.surnames() else None


def _name(text: str, *, after_title: bool) -> str | None:
    """Return the name that a line consists of; in capitals only below a title."""
    name = None if _ITEM.match(text) else _NAME.fullmatch(text) or _with_surname(_NAME.fullmatch(_SIGN.sub("", text)))
    if name:
        return name["name"] if person_names.is_whole(name["name"]) else None
    capitals = _NAME_IN_CAPITALS.fullmatch(text) if after_title and not _signing(text) else None
    named = capitals["name"].title() if capitals else ""
    # What is left of a seal's inscription stands in capitals as well.
    return named if named.split(" ")[0] in person_names.surnames() else None
