"""The parts of an official document (thể thức văn bản) after Nghị định 30/2020/NĐ-CP, phụ lục I, and its Party form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import agreeing_parts, letterhead, signature
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.language.letters import UPPER
from pipeline.models import Components

# A stamp, or specks, may stand before it in the same line.
# Of "Kính gửi:" a line begins with, the frame is enough: "Kinh giữ:".
_ADDRESSEE = re.compile(r"(?:.{0,24}?\b(?=Kính\s+gửi\s*:))?K[íi]nh\s+(?:gửi|g\S{1,3}(?=\s*:))\s*:?\s*", re.IGNORECASE)
# A telegram (công điện) names the sender first: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:".
_WIRED_TO = re.compile(rf"[{UPPER}][^.;:]{{5,120}}\s+điện\s*:")
_LONGEST_ADDRESSEE = 120
_ITEM = re.compile(r"\s*[-–+•]\s*")
_SEARCHED = 40


def extract(document: str, passages: Sequence[Passage], lines: Sequence[PrintedLine]) -> Components:
    """Return the components of a document from its passages and printed lines."""
    head = letterhead.read(passages)
    to = _addressees(passages)
    end = signature.read(lines, addressed=bool(to))
    found = Components(
        document=document,
        type=head.type,
        number=head.number,
        symbol=head.symbol,
        issuer=head.issuer or _signing_body(end.authority) or _issuing_body(passages, head.type),
        parent=head.parent,
        place=head.place,
        date=head.date,
        subject=head.subject,
        to=to,
        authority=end.authority,
        signer_title=end.title,
        signer=end.name,
        recipients=end.recipients,
        urgency=head.urgency,
        secrecy=head.secrecy,
    )
    was_misread = any(line.line.confidences for line in lines)
    return agreeing_parts.mended(found, [passage.text for passage in passages]) if was_misread else found


def _signing_body(authority: str | None) -> str | None:
    """Return the body on whose behalf (TM.) a document without letterhead is signed."""
    match = re.search(r"TM\. (.+?)(?=\s+(?:KT|TL|TUQ)\.|$)", authority or "")
    return match[1] if match else None


def _issuing_body(passages: Sequence[Passage], kind: str | None) -> str | None:
    """Return the body that the text says to issue it: "Chính phủ ban hành Nghị định quy định …"."""
    if kind is None:
        return None
    issues = re.compile(rf"(?P<body>[{UPPER}][^,;:.]{{2,80}}?) ban hành {kind}\b(?! số)")
    return next((m["body"] for passage in passages[:_SEARCHED] if (m := issues.match(passage.text))), None)


def _addressees(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return whom the document is sent to (Kính gửi): on the line itself, or as a list below it."""
    for index, passage in enumerate(passages[:_SEARCHED]):
        match = _addressed(passage) or _WIRED_TO.fullmatch(passage.text)
        if match is None:
            continue
        found = [passage.text[match.end() :].strip(" .;")]
        before = passage
        for item in passages[index + 1 :]:
            # Where the dashes were lost, a semicolon says that another one follows.
            goes_on = before.text.endswith(";") and item.level is Level.TEXT and len(item.text) <= _LONGEST_ADDRESSEE
            if item.level is not Level.DASH and not goes_on:
                break
            before = item
            found.append(_ITEM.sub("", item.text, count=1).strip(" .;"))
        return tuple(text for text in found if text)
    return ()


def _addressed(passage: Passage) -> re.Match[str] | None:
    """Match "Kính gửi" on one of a passage's lines."""
    on_lines = (_ADDRESSEE.match(passage.text, start) for start in passage.starts)
    return next((match for match in on_lines if match), None)
