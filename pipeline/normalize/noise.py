"""Noise: rules, and what a reader made of seals, signatures and specks.

A line is noise only where nothing in it can be a word or a numeral. Short lines of the genre (list marks, initials,
units, signs in cells of a table) are not; when in doubt a line is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import strip_marks
from pipeline.models import Line, Page, TextSource

_RULE = re.compile(r"[\s_\-–—.…*=~]{3,}")
_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|_=~^`´°"
# Signs that office text has, alone or beside letters; any other says that a picture was read.
_USUAL = frozenset('.,;:()%/-–—…+•*&“”"')
_LONE = re.compile(
    r"[-–—+•*●▪…]|[^\W\d_][.)]?|\(?[ivxIVX]{1,5}[.)]?|\(?(?:%|‰|k?m[23]?|kg|km/h|K/T|V/v|N/A|b/c)\)?:?|\(\d{1,2}\)"
)
_INITIALS = re.compile(r"(?:[A-ZĐ]\.\s*){1,4}[A-ZĐ]?\.?")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CELL = re.compile(r"[xX\s|–—-]+")
_NEAR = 3  # printed lines over which the remains of one seal or signature may reach
_SHORTEST_WORD = 3


def noise(pages: Sequence[Page], kept: frozenset[int]) -> frozenset[int]:
    """Return the numbers of the lines that are noise; lines `kept` (page numbers, cells of tables) are not judged.

    Rules are noise wherever they stand, and so is what was left unread. Specks only stand on pages that were
    recognised from a picture, by whomever.
    """
    found: set[int] = set()
    for page in pages:
        filled = [line for line in page.lines if line.text.strip() and line.number not in kept]
        found.update(line.number for line in filled if _RULE.fullmatch(line.text) or _is_unread(line))
        if page.source in (TextSource.RECOGNISED, TextSource.REPAIRED_LAYER):
            found.update(_specks([line for line in filled if line.number not in found]))
    return frozenset(found)


def _is_unread(line: Line) -> bool:
    """Say whether a line holds nothing but handwriting: only its raw reading has any letters."""
    return line.raw != line.text and not any(map(str.isalnum, line.text))


def _specks(filled: Sequence[Line]) -> set[int]:
    """Return the lines without a word: those with signs of a picture, and the doubtful ones that stand near these."""
    wordless = [index for index, line in enumerate(filled) if is_wordless(line.raw)]
    sure = {index for index in wordless if _has_strange_signs(filled[index].raw)}
    near = {index for index in wordless if any(abs(index - other) <= _NEAR for other in sure)}
    return {filled[index].number for index in sure | near}


def is_wordless(text: str) -> bool:
    """Say whether nothing in a line can be a word, a numeral, or one of the genre's short lines."""
    stripped = text.strip()
    if _LONE.fullmatch(stripped) or _INITIALS.fullmatch(stripped) or _CELL.fullmatch(stripped):
        return False
    return not any(_is_word(token) for token in stripped.split())


def _is_word(token: str) -> bool:
    core = token.strip(_EDGE)
    # A numeral stays one with a speck beside it; digits within letters ("1o~") are letters that were misread.
    has_digit = any(char.isdigit() for char in token)
    if has_digit and not any(char.isalpha() for char in token):
        return True
    return any(_is_possible(letters) for letters in _LETTERS.findall(core))


def _is_possible(letters: str) -> bool:
    """Say whether letters can be a word, a wrong-language reader's spelling allowed for, or an abbreviation."""
    bare = strip_marks(letters)
    if len(letters) >= _SHORTEST_WORD:
        return bool(_VOWEL.search(bare)) or letters.isupper()
    return len(letters) > 1 and (is_syllable(bare) or letters.isupper())


def _has_strange_signs(text: str) -> bool:
    """Say whether a line has signs that offices do not print, or no letter and no digit at all."""
    bare = [char for char in text if not char.isspace()]
    return any(not char.isalnum() and char not in _USUAL for char in bare) or not any(map(str.isalnum, bare))
