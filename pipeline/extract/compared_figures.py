"""Figures that are named only to compare another one with: what they count is what that one counts.

"Doanh thu đạt 173,8 tỷ đồng, giảm 6,8% so với tháng 8 (186,4 tỷ đồng)"; "đạt 87%, thấp hơn mục tiêu 90%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Figure

_IN_A_BRACKET = re.compile(r"\b(?:so với|so)\s[^;:()]{2,40}\((?:[^\d();:]{0,12}\s)?$", re.IGNORECASE)
_AIMED_AT = re.compile(
    r"\b(?:thấp hơn|cao hơn|vượt|so với|chưa đạt)\s(?:mục tiêu|chỉ tiêu)(?:\s(?:đề ra|được giao|là))?\s$", re.IGNORECASE
)


def compared_with(figure: Figure, text: str, figures: Sequence[Figure]) -> Figure | None:
    """Return the figure that a figure is compared with; None where it is not named for that.

    Args:
        figure: The figure.
        text: Its sentence.
        figures: All figures of that sentence.
    """
    before = text[: figure.place.start]
    if not (_IN_A_BRACKET.search(before) or _AIMED_AT.search(before)):
        return None
    earlier = [
        f for f in figures if f.place.end <= figure.place.start and (f.kind, f.unit) == (figure.kind, figure.unit)
    ]
    return max(earlier, key=lambda other: other.place.start, default=None)
