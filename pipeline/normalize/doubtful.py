"""Which repaired words are doubtful: those that are shown with a sign, and searched under their other readings too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.models import Doubt

# A sign on every tenth word is a sign on none: below four in five the other readings together are right often enough to
# be worth a reader's look, and a good page keeps few such words.
DOUBTFUL_BELOW = 0.8

_WORD = re.compile(r"\S+")


def doubts(text: str, confidences: Sequence[float], others: Sequence[Sequence[str]]) -> tuple[Doubt, ...]:
    """Return the doubtful words of a repaired line.

    Args:
        text: The line.
        confidences: How sure each word of `text.split()` is, from 0 to 1.
        others: The next best readings of each word, best first.

    Raises:
        ValueError: There are not as many confidences or readings as words.
    """
    return tuple(
        Doubt(start=word.start(), end=word.end(), confidence=confidence, others=tuple(readings))
        for word, confidence, readings in zip(_WORD.finditer(text), confidences, others, strict=True)
        if confidence < DOUBTFUL_BELOW
    )
