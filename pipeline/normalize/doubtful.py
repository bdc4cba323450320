"""Which repaired words are doubtful: those that are shown with a sign, and searched under their other readings too."""

from __future__ import annotations

from pipeline.models import Doubt
from pipeline.normalize.repaired import RepairedLine

# On a transcribed document one repaired word in forty is below it, and six of ten wrong words are among them.
DOUBTFUL_BELOW = 0.9


def doubts_of(line: RepairedLine) -> tuple[Doubt, ...]:
    """Return the doubtful words of a repaired line; one that was read as a numeral ("13" for "là") always is one."""
    return tuple(
        Doubt(
            start=word.start,
            end=word.end,
            confidence=round(word.confidence, 2),
            others=tuple(text for text, _ in word.others),
        )
        for word in line.words
        if word.confidence < DOUBTFUL_BELOW or word.was_digits
    )
