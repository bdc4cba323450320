"""Ids of figures: from what stands on the page, so that reading a document anew gives a figure the id it had.

What people decide about a figure or a finding is kept by its id for years; a running number would move with every
figure that a newer version finds or leaves out before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.found import Found

_SIGNS = re.compile(r"[^\d.,]+")


def figure_ids(found: Sequence[Found], digest: str) -> tuple[str, ...]:
    """Return an id for each of a document's quantities, in their order: "3f0c91ab-p3-4.122".

    It names the file (`digest`, the beginning of its SHA-256), the page, and the number as it is printed; "~2" tells
    the second such number of a page from the first. Of words the value stands for the number.
    """
    names = [f"{digest}-p{_page(item)}-{_numeral(item)}" for item in found]
    times: Counter[str] = Counter()
    ids = []
    for name in names:
        times[name] += 1
        ids.append(name if times[name] == 1 else f"{name}~{times[name]}")
    return tuple(ids)


def _page(item: Found) -> int:
    return item.sentence.line_at(item.quantity.at).page


def _numeral(item: Found) -> str:
    """Return the number as printed, without blanks that a reader put into it: "4.122", "63-124"."""
    printed = item.sentence.text[item.quantity.at : item.quantity.numeral_end]
    if not any(character.isdecimal() for character in printed):
        return f"{item.quantity.value:f}"
    return _SIGNS.sub("-", re.sub(r"\s", "", printed)).strip("-")
