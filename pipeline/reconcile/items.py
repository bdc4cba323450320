"""List items of a document that tell the same of different things.

"2.1. Bệnh viện A: …; lũy kế 15 tỷ đồng" and "2.2. Bệnh viện B: …; lũy kế 20 tỷ đồng", or "- Đối với phương thức thi:
…" and "- Đối với phương thức xét: …": items of one list, whose openings are alike and each name something of their own,
are parallel. What they tell is told of what they name, even where a sentence does not repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.passages import Level, level_of
from pipeline.models import Sentence

# An item opens with the words before its first colon, bracket, comma, point or number.
_OPENING = re.compile(r"[^\d:;,.()]+")
_MARK = re.compile(r"[\W_]*(?:[\dIVXLC.]+[.)]|[a-zđ]\))?[\W_]*")


@dataclass(frozen=True)
class Item:
    """A list item: the depth of its mark, the headings above it, the number of its first sentence, its opening."""

    level: Level
    heading: tuple[str, ...]
    first: int
    opening: str


def items_of(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Item]]:
    """Yield the number of each sentence of a document that stands in a list item, with the item."""
    item: Item | None = None
    for sentence in sentences:
        if sentence.footnote is not None:
            continue
        level = level_of(sentence.text)
        if level is not Level.TEXT:
            opening = _OPENING.match(sentence.text, _mark_end(sentence.text))
            item = Item(level, sentence.heading, sentence.number, opening[0] if opening else "")
        elif item is not None and item.heading != sentence.heading:
            item = None
        if item is not None:
            yield sentence.number, item


def _mark_end(text: str) -> int:
    mark = _MARK.match(text)
    return mark.end() if mark else 0


def siblings(one: Item, other: Item) -> bool:
    """Say whether two items stand in one list."""
    return one.first != other.first and (one.level, one.heading) == (other.level, other.heading)
