"""Quantities that a sentence states in words alone: "bảy tỷ ba trăm triệu đồng", "hai mươi lăm xã".

A lone number word is left in its sentence ("một số", "ba bên"), unless money is counted. An amount in words behind the
same amount in digits ("bằng chữ: …") is no quantity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract import names, number_words, written_out
from pipeline.extract.cues import Cue
from pipeline.extract.number_words import Worded
from pipeline.extract.quantities import Quantity, depths, qualifier
from pipeline.models import Kind

_MONEY = re.compile(r"\s+(đồng)\b(?!\s+(?:chí|bộ|bào|thời|ý|thuận|loạt|nghiệp|đều))", re.IGNORECASE)
_PERCENT = re.compile(r"\s+phần trăm\b", re.IGNORECASE)
# "hàng trăm triệu đồng", "(đơn vị: trăm triệu đồng)" name a size, not an amount.
_SIZE = re.compile(r"trăm\b", re.IGNORECASE)
_OF_TIME = frozenset({"ngày", "tháng", "năm", "giờ", "phút", "lần"})


def find(text: str, known: Sequence[Cue], stated: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities in words, in order; `known` are the sentence's cues, `stated` its quantities in digits."""
    found: list[Quantity] = []
    written = number_words.find(text, fewest=1)
    if not written:
        return found
    hidden = [*names.spans(text), *written_out.spans(text), *((quantity.start, quantity.end) for quantity in stated)]
    level = depths(text)
    for worded in written:
        taken = any(start < worded.end and worded.start < end for start, end in hidden)
        if (
            taken
            or _SIZE.match(text, worded.start)
            or any(written_out.repeats(text, quantity, worded) for quantity in stated)
        ):
            continue
        counted = _counted(text, worded, known)
        if counted:
            said, bound, start = qualifier(text, worded.start, known)
            found.append(replace(counted, start=start, qualifier=said, bound=bound, depth=level[worded.start]))
    return found


def _counted(text: str, worded: Worded, known: Sequence[Cue]) -> Quantity | None:
    """Return the quantity if something that can be counted follows the words."""
    base = Quantity(
        worded.start, worded.end, worded.start, worded.end, worded.value, _step(worded.value), Kind.COUNT
    )  # fmt: skip
    if money := _MONEY.match(text, worded.end):
        return replace(base, kind=Kind.MONEY, unit=money[1], end=money.end())
    if worded.length < 2:
        return None
    if percent := _PERCENT.match(text, worded.end):
        return replace(base, kind=Kind.PERCENT, unit="%", end=percent.end(), exact=False)
    for cue in known:
        if cue.kind == "unit" and cue.start >= worded.end and not text[worded.end : cue.start].strip():
            return None if cue.text.lower() in _OF_TIME else replace(base, unit=cue.text, end=cue.end)
    return None


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
