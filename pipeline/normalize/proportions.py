"""Counts beside their shares: "66 xã, đạt 53,22%" is right if some total of the document makes it so (66 of 124).

Arithmetic is the surest witness of where a numeral ends and a footnote's mark begins: 662 of nothing is 53,22 %.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

# A share stands right behind its count, with a word or two between ("đạt", "chiếm tỷ lệ").
_SHARE = re.compile(r"(?:[^\w\s]*\s+[^\W\d_]+){0,3}[^\w\s]*\s*\(?(?P<share>\d{1,2}[.,]\d{1,2})\s?%")
_WHOLE = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3})+(?![\w/-])|(?<![\w.,/-])\d{2,7}(?![\w-])|(?<=/)\d{2,7}(?![\w/-])")
_BEHIND = 60  # characters in which the share begins


class Proportions:
    """The totals that a document states, to which counts with shares can be held."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._totals = {int(match[0].replace(".", "")) for line in lines for match in _WHOLE.finditer(line)}

    def agrees(self, count: int, behind: str) -> bool:
        """Say whether the text behind a count gives a share that some total of the document bears out."""
        match = _SHARE.match(behind[:_BEHIND])
        if match is None or not count:
            return False
        share = Decimal(match["share"].replace(",", "."))
        if not share:
            return False
        near = int((count * 100 / share).to_integral_value())
        # Offices cut shares off as often as they round them.
        step = Decimal(1).scaleb(int(share.as_tuple().exponent))
        return any(
            abs(Decimal(count) * 100 / total - share) < step
            for total in range(max(near - 1, count), near + 2)
            if total in self._totals
        )
