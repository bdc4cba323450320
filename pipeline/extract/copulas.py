"""Where a numeral of a garbled text is the copula "là", which an English reader takes for 14: what is one has one name.

"01 bến tàu du lịch 14 Bến Cầu Đá" counts nothing the second time: a number stands behind a verb, a
preposition or a sign, never behind the noun that ends what was counted before; and what follows the copula is a name.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract import cues, offices
from pipeline.extract.doubtful import was_garbled
from pipeline.language.letters import LOWER
from pipeline.language.spelling import one_spelling
from pipeline.models import Line

_LIKE_THE_COPULA = re.compile(r"1[346]")  # l, and à as a reader of figures sees it
_ONE_THING = re.compile(rf"(?<![\d.,/])(?:0?1|một)(?P<thing>(?:\s+[{LOWER}]+){{2,}})\s+$")
_LONGEST_VERB = 3  # words
_NO_OBJECT = {"thông tin"}  # a noun more often than a verb, and as a verb it takes no object that could be counted


def is_copula(text: str, numeral: tuple[int, int], unit: str, line: Line) -> bool:
    """Say whether a numeral stands for "là": behind one thing and before its name, in a line that was garbled.

    Args:
        text: The sentence.
        numeral: Where the numeral stands in it.
        unit: What it would count.
        line: The printed line on which it stands.
    """
    start, end = numeral
    if not was_garbled(line) or not _LIKE_THE_COPULA.fullmatch(text, start, end) or not _is_name(unit):
        return False
    one = _ONE_THING.search(text[:start])
    return one is not None and not _takes_a_number(one["thing"].split())


def _is_name(unit: str) -> bool:
    return unit[:1].isupper() and unit[1:2].islower()


def _takes_a_number(words: list[str]) -> bool:
    """Say whether the last of some words is a verb or a preposition, behind which a number may stand."""
    ends = (" ".join(words[-size:]) for size in range(1, _LONGEST_VERB + 1))
    return any(one_spelling(end) in _before_numbers() for end in ends)


@cache
def _before_numbers() -> frozenset[str]:
    words = [*offices.words("verb"), *offices.words("stop"), *cues.stop_words(), "quản lý", "phụ trách"]
    return frozenset(map(one_spelling, words)) - _NO_OBJECT
