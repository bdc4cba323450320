"""The parts of an official document (thể thức văn bản) after Nghị định 30/2020/NĐ-CP, phụ lục I, and its Party form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import letterhead, signature
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.models import Components

_ADDRESSEE = re.compile(r"Kính\s+gửi\s*:?\s*", re.IGNORECASE)
_ITEM = re.compile(r"\s*[-–+•]\s*")
_DAY = re.compile(r",\s+ngày\s+(\S+)\s+tháng\s", re.IGNORECASE)
_SEARCHED = 40


def extract(document: str, passages: Sequence[Passage], lines: Sequence[PrintedLine]) -> Components:
    """Return the components of a document from its passages and printed lines."""
    head = letterhead.read(passages)
    end = signature.read(lines)
    return Components(
        document=document,
        type=head.type,
        number=head.number,
        symbol=head.symbol,
        issuer=head.issuer or _signing_body(end.authority),
        parent=head.parent,
        place=head.place,
        date=None if _is_day_doubtful(lines) else head.date,
        subject=head.subject,
        to=_addressees(passages),
        authority=end.authority,
        signer_title=end.title,
        signer=end.name,
        recipients=end.recipients,
        urgency=head.urgency,
        secrecy=head.secrecy,
    )


def _is_day_doubtful(lines: Sequence[PrintedLine]) -> bool:
    """Say whether the day of signing was read in two ways: it is written by hand more often than not."""
    for printed in lines[:_SEARCHED]:
        if match := _DAY.search(printed.line.text):
            return any(doubt.start < match.end(1) and doubt.end > match.start(1) for doubt in printed.line.doubts)
    return False


def _signing_body(authority: str | None) -> str | None:
    """Return the body on whose behalf (TM.) a document without letterhead is signed."""
    match = re.search(r"TM\. (.+?)(?=\s+(?:KT|TL|TUQ)\.|$)", authority or "")
    return match[1] if match else None


def _addressees(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return whom the document is sent to (Kính gửi): on the line itself, or as a list below it."""
    for index, passage in enumerate(passages[:_SEARCHED]):
        match = _ADDRESSEE.match(passage.text)
        if not match:
            continue
        found = [passage.text[match.end() :].strip(" .;")]
        for item in passages[index + 1 :]:
            if item.level is not Level.DASH:
                break
            found.append(_ITEM.sub("", item.text, count=1).strip(" .;"))
        return tuple(text for text in found if text)
    return ()
