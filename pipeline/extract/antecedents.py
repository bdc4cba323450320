"""What a bare class noun stands for: "hệ thống tiếp nhận 120 hồ sơ" after "hệ thống một cửa điện tử của tỉnh".

Vietnamese takes a name up again by its class noun alone, as English does with "the system". It stands for the last
thing of its class that the paragraph has named in full.
"""

from __future__ import annotations

import re

from pipeline.language.letters import LETTER, LOWER

# One thing of its class: neither several, nor those that a number counts.
_NOUN = r"(?<!các )(?<!những )(?<!mỗi )(?<!\d )\b(?P<noun>hệ thống|cổng|nền tảng|trung tâm|trục|kho|phần mềm|sàn)"
# A verb and its number follow a noun that is bare; where more stands between, the noun is a name's first word.
_BARE = re.compile(
    rf"{_NOUN}(?:\s+(?:đã|đang|hiện|có|được|cũng|mới)\b)*(?:\s+(?-i:[{LOWER}]+)){{0,3}}\s*$", re.IGNORECASE
)
_ENDS = (
    r"(?:của|được|đã|đang|hiện|cho|tại|với|có|để|do|theo|từ|là|trên|trong|bằng|gồm|bao gồm|hoạt động|vận hành|phục vụ|"
    r"góp phần|bảo đảm|đảm bảo|nhằm|tiếp nhận)\b"
)
_FEWEST_WORDS, _MOST_WORDS = 2, 12


def named(clause: str, before: str) -> str:
    """Return the full name of what a clause up to its number calls by a bare class noun; empty where there is none.

    Args:
        clause: what stands before the number in its clause.
        before: the paragraph up to there.
    """
    bare = _BARE.search(clause)
    if bare is None:
        return ""
    name = rf"\b{re.escape(bare['noun'])}(?:\s+(?!{_ENDS}){LETTER}+){{{_FEWEST_WORDS},{_MOST_WORDS}}}"
    begun = before.rfind(clause) if clause.strip() else len(before)
    return next((match[0] for match in reversed(list(re.finditer(name, before[:begun], re.IGNORECASE)))), "")
