"""How many words of a document were repaired."""

from __future__ import annotations

from collections import Counter

from pipeline.language.unicode import lowered, vietnamese_nfc
from pipeline.models import Line, Reading


def repaired_words(reading: Reading) -> int:
    """Count the words of the repaired lines that were read otherwise; a word read as two counts once, two as one twice.

    Lines taken as they were read count nothing, and a footnote's mark that was raised is no repair.
    """
    return sum(_repaired(line) for page in reading.pages for line in page.lines if line.confidences)


def _repaired(line: Line) -> int:
    return (Counter(lowered(line.text).split()) - Counter(lowered(vietnamese_nfc(line.raw)).split())).total()
