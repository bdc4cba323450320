"""In which legacy code a text is, if any: decided for a whole text, by how much of it is Vietnamese when read so.

A legacy text read in its own code is Vietnamese as it is printed; read in another, or as it stands, it is not. What a
wrong-language OCR made of Vietnamese has the same accented letters, but is Vietnamese in no code at all.
"""

from __future__ import annotations

import re

from pipeline.language.legacy.conversion import convert, with_capitals
from pipeline.language.legacy.tables import Encoding
from pipeline.language.plausibility import marked_syllables, vietnamese_share

# Of a text in its own code, as of any clean page, 97 % of the words are possible syllables, and 82 % of these bear a
# mark; headings in a font of capitals and names in other fonts cost some. The best of the wrong readings stays below.
_FEWEST_WORDS = 12
_POSSIBLE_FROM = 0.90
_MARKED_FROM = 0.60
# By how much the share of marked syllables must be above that of the text as it stands, and in any other code: on two
# printed lines the other codes reach 0.7 by accident, on a page 0.5.
_ABOVE_AS_IT_STANDS = 0.25
_ABOVE_OTHER_CODES = 0.15
# Characters that show no code of eight bits: Vietnamese letters beyond those of Western Europe. A text that has more
# of them than slips of the pen is in Unicode.
_BEYOND = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]")
_MOST_BEYOND = 0.005  # of all characters
_CODED = re.compile("[^\x00-\x7f]|[\x02\x05\x06\x14\x19\x1e]")


def encoding_of(text: str) -> Encoding | None:
    """Return the code that a whole text is in, as Windows shows its bytes; None where it is in none, or unclear."""
    if not _CODED.search(text) or len(_BEYOND.findall(text)) > _MOST_BEYOND * len(text):
        return None
    readings = {encoding: _marked_share(convert(text, encoding)) for encoding in Encoding}
    best = max(readings, key=readings.__getitem__)
    second = max(share for encoding, share in readings.items() if encoding is not best)
    gains = readings[best] - _marked_share(text) >= _ABOVE_AS_IT_STANDS
    is_clear = gains and readings[best] - second >= _ABOVE_OTHER_CODES
    return best if is_clear and _is_vietnamese(convert(text, best)) else None


def in_unicode(text: str) -> str:
    """Return a text in Unicode, whatever code it is in; text that is in Unicode, or unclear, comes back as it is."""
    encoding = encoding_of(text)
    return text if encoding is None else unicode_text(text, encoding)


def unicode_text(text: str, encoding: Encoding) -> str:
    """Return a whole text that is in `encoding` in Unicode, with as many lines."""
    converted = convert(text, encoding)
    return with_capitals(converted) if encoding is Encoding.TCVN3 else converted


def _marked_share(text: str) -> float:
    """Return the share (0 to 1) of the words judged that are possible Vietnamese with a mark."""
    possible, judged = vietnamese_share(text)
    marked, syllables = marked_syllables(text)
    return possible * marked / syllables if judged and syllables else 0.0


def _is_vietnamese(text: str) -> bool:
    possible, judged = vietnamese_share(text)
    marked, syllables = marked_syllables(text)
    return judged >= _FEWEST_WORDS and possible >= _POSSIBLE_FROM and marked >= _MARKED_FROM * syllables
