"""What its place says of a token: the same token is read differently in different surroundings.

It may begin a sentence, stand among capitals or before a numeral, or be the number of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Flag
from functools import lru_cache

from pipeline.language.lexicon import could_be_capitals, is_capitals
from pipeline.normalize.pieces import Piece, Sort, Spot


class Surroundings(Flag):
    """Where a token stands."""

    NONE = 0
    INITIAL = 1  # first word of a sentence: any word may have a capital there
    CAPITALS = 2  # between words in capitals: it is one as well, whatever its letters look like
    BEFORE_NUMERAL = 4
    SMALL = 16  # two capitals between words in small letters: rather a word whose second letter looks like a capital
    COUNTED = 32  # behind a numeral in running text: rather what is counted there
    ROW_NUMBER = 8  # "g5": the number of a row with a speck before it


_Word = tuple[int, str, list[bool], int]

# "là" and "lệ", the words that stand before numerals, as digits.
_LIKE_A_WORD = re.compile(r"1[3468]")
_FEWEST_OF_A_HEADING = 4  # words
_CAPITALS_OF_A_HEADING = 0.75  # share of the letters
_STROKES_OF_U = frozenset("lrit1")
_ROW = re.compile(r"\d{1,2}")
_SPECKED_NUMBER = re.compile(r"[a-z][1-9]\d?")


def surroundings(pieces: Sequence[Sequence[Piece]], sentences: Sequence[Sequence[Spot]]) -> Mapping[Spot, Surroundings]:
    """Tell the surroundings of every token that is to be decoded."""
    found: dict[Spot, Surroundings] = {}
    for sentence in sentences:
        initial = True
        for spot in sentence:
            piece = pieces[spot.line][spot.place]
            if piece.sort not in (Sort.WORD, Sort.EITHER):
                continue
            found[spot] = Surroundings.INITIAL if initial else Surroundings.NONE
            initial = False
        for spot in _counted(sentence, pieces):
            found[spot] |= Surroundings.COUNTED
    for number, line in enumerate(pieces):
        for place, where in _on_line(line):
            spot = Spot(number, place)
            if where and spot in found:
                found[spot] = where if where is Surroundings.CAPITALS else found[spot] | where
    return found


def _on_line(line: Sequence[Piece]) -> Iterator[tuple[int, Surroundings]]:
    """Yield what the words and numerals of its own line say of each token."""
    words = list(_with_neighbours(line))
    for place in _in_a_heading(line) or _among_capitals(words):
        yield place, Surroundings.CAPITALS
    for place in _among_small(words):
        yield place, Surroundings.SMALL
    for place, piece in enumerate(line):
        yield place, _beside_numbers(line, place, piece)


def _in_a_heading(line: Sequence[Piece]) -> list[int]:
    """Find the words of a line that is set in capitals as a whole, though a few of its letters were read as small."""
    words = [(place, piece.text) for place, piece in enumerate(line) if piece.sort is Sort.WORD]
    letters = [c for _, text in words for c in text if c.isalpha()]
    if len(words) < _FEWEST_OF_A_HEADING or sum(c.isupper() for c in letters) < _CAPITALS_OF_A_HEADING * len(letters):
        return []
    return [place for place, text in words if could_be_capitals(text) or _mostly_capitals(text)]


def _mostly_capitals(text: str) -> bool:
    """Say whether most letters are capitals; strokes and horn of Ư are read as small letters ("Clr" for "CỬ")."""
    clear = [c for c in text if c not in _STROKES_OF_U]
    return sum(c.isupper() for c in clear) > len(clear) / 2


def _among_capitals(words: Sequence[_Word]) -> Iterator[int]:
    """Find the words that could be capitals and whose next neighbours with a clear case are, on both sides."""
    for place, text, sides, capitals in words:
        if could_be_capitals(text) and sides and all(sides) and (len(sides) == 2 or capitals > 1):
            yield place


def _among_small(words: Sequence[_Word]) -> Iterator[int]:
    """Find the words of two capitals whose next neighbours with a clear case are in small letters."""
    for place, text, sides, _ in words:
        if len(text) == 2 and is_capitals(text) and sides and not any(sides):
            yield place


def _with_neighbours(line: Sequence[Piece]) -> Iterator[_Word]:
    """Yield each word's place and text, whether the next words of clear case are capitals, and how many words are."""
    words = [(place, piece.text) for place, piece in enumerate(line) if piece.sort is Sort.WORD]
    clear = [None if in_a_symbol(line, place) else _clear_case(text) for place, text in words]
    capitals = clear.count(True)
    for number, (place, text) in enumerate(words):
        if clear[number] is False:
            continue
        before = next((c for c in reversed(clear[:number]) if c is not None), None)
        after = next((c for c in clear[number + 1 :] if c is not None), None)
        yield place, text, [side for side in (before, after) if side is not None], capitals


def in_a_symbol(line: Sequence[Piece], place: int) -> bool:
    """Say whether a word stands behind a stroke or a dash, as in a document's symbol: "2964/STC-QLNS"."""
    return place > 0 and line[place - 1].text in ("/", "-", "–")


@lru_cache(maxsize=32768)
def _clear_case(text: str) -> bool | None:
    """Say whether a word is in capitals; None where its letters do not tell."""
    if is_capitals(text):
        return True if len(text) > 2 else None
    return None if could_be_capitals(text) else False


def _is_row(line: Sequence[Piece]) -> bool:
    """Say whether a line begins with a bare number, as the rows of a table do: there numerals stand side by side."""
    first = next((n for n, piece in enumerate(line) if piece.text.strip("| ")), len(line))
    after = line[first + 1 : first + 2]
    is_number = first < len(line) and bool(_ROW.fullmatch(line[first].text))
    return is_number and all(not piece.text.strip() or piece.text.strip() == "|" for piece in after)


def _counted(sentence: Sequence[Spot], pieces: Sequence[Sequence[Piece]]) -> Iterator[Spot]:
    """Find the words in small letters right behind a word and a numeral; numerals side by side are cells of tables."""
    before: Piece | None = None
    is_word_before = False
    for spot in sentence:
        piece = pieces[spot.line][spot.place]
        is_first_on_line = spot.place == 0
        follows = is_first_on_line or pieces[spot.line][spot.place - 1].text == " "
        if before and follows and piece.sort is Sort.WORD and piece.text[0].islower():
            yield spot
        is_numeral = piece.sort in (Sort.NUMBER, Sort.EITHER) and not _LIKE_A_WORD.fullmatch(piece.text)
        before = piece if is_numeral and is_word_before else None
        is_word_before = piece.sort is Sort.WORD


def _beside_numbers(line: Sequence[Piece], place: int, piece: Piece) -> Surroundings:
    if piece.sort is Sort.EITHER and _LIKE_A_WORD.fullmatch(piece.text) and not _is_row(line):
        rest = line[place + 1 : place + 3]
        numeral_follows = len(rest) == 2 and rest[0].text == " " and rest[1].sort is Sort.NUMBER
        return Surroundings.BEFORE_NUMERAL if numeral_follows else Surroundings.NONE
    is_row_number = place == 0 and bool(_SPECKED_NUMBER.fullmatch(piece.text))
    return Surroundings.ROW_NUMBER if is_row_number else Surroundings.NONE
