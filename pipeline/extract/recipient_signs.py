"""The signs between the parts of a recipient, where a reader took one for another or lost it.

An item of the list of recipients is no sentence: within it stand commas (Nghị định 30/2020/NĐ-CP, phụ lục I). Only
lines that were misread are mended; what is printed otherwise stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.letters import LOWER, UPPER
from pipeline.language.syllables import is_syllable
from pipeline.models import Line

# "Giám đốc. các Phó Giám đốc": behind a full stop stands a capital.
_WITHIN = re.compile(rf"(?<=[{LOWER}]{{2}})\.\s+(?=[{LOWER}]{{2}})")
_GLUED = re.compile(rf"(?<=[{UPPER}{LOWER}]),[\s.]*(?=[{UPPER}{LOWER}])")
_FILED = re.compile(r"\s*[-–+•]?\s*Lưu\b")
# "Lưu: VT. KGVX."
_BETWEEN_OFFICES = re.compile(rf"(?<=[{UPPER}]{{2}})\.\s+(?=(?P<office>[{UPPER}]{{2,}})\b)")
# Fields of work are things of one kind: two side by side are a list ("ĐMST CĐS và ĐA 06").
_FIELDS = r"(?:KHCN|KH&CN|ĐMST|CĐS|CNTT|GDĐT|GD&ĐT|TNMT|TN&MT|CCHC|TTHC)"
_FIELD_AT_END = re.compile(rf"\b{_FIELDS}\s*$")
_FIELD_AT_START = re.compile(rf"\s*{_FIELDS}\b")
_FIELDS_SIDE_BY_SIDE = re.compile(rf"\b({_FIELDS})\s+(?={_FIELDS}\b)")


def with_commas(texts: Sequence[str], printed: Sequence[Line]) -> list[str]:
    """Return the lines of a list of recipients with the commas that were misread or lost in those that were misread.

    Args:
        texts: The lines, their abbreviations mended.
        printed: The same lines as they are printed.
    """
    following = [*texts[1:], ""]
    return [
        _with_commas(text, after) if line.confidences else text
        for text, after, line in zip(texts, following, printed, strict=True)
    ]


def _with_commas(text: str, after: str) -> str:
    text = _FIELDS_SIDE_BY_SIDE.sub(r"\1, ", _WITHIN.sub(", ", _GLUED.sub(", ", text)))
    if _FILED.match(text):
        text = _BETWEEN_OFFICES.sub(lambda stop: stop[0] if is_syllable(stop["office"].lower()) else ", ", text)
    is_cut = _FIELD_AT_END.search(text) and _FIELD_AT_START.match(after)
    return f"{text.rstrip()}," if is_cut else text
