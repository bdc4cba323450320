"""Lines cut into pieces: what has to be decoded, what must stay, and where sentences end.

Joining all pieces of a line gives the line back, without stray signs (specks that were read as a lone mark) and with
the spaces that were lost beside punctuation. A whitespace token may hold several words: "tử/Chính", "QĐ-UBND".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.stream import ADDRESS, CODE, COMMA, END, NUMBER
from pipeline.language.syllables import is_bare_syllable
from pipeline.language.unicode import SUPERSCRIPTS, strip_marks
from pipeline.normalize.specks import specks


class Sort(Enum):
    """What a piece is to the decoder."""

    WORD = "word"  # to be decoded
    NUMBER = "number"  # a numeral: never changed
    EITHER = "either"  # digits that may be a word: "13" for "là", "6" for "ở"
    FIXED = "fixed"  # addresses and codes: never changed
    GLUE = "glue"  # spaces and punctuation


@dataclass(frozen=True)
class Piece:
    """A run of characters of one line. `symbol` is its class in the language model, "" for none (words too)."""

    sort: Sort
    text: str
    symbol: str = ""


_ADDRESS = re.compile(
    r"(?:https?:|www\.)\S+|[\w.+-]+@[\w-]+\.\S+|\w[\w-]*(?:\.[\w-]+)*\.(?:vn|com|org|net|info)(?:[/?]\S*)?(?=$|[\W])",
    re.IGNORECASE,
)
_NUMERAL = re.compile(r"\d+(?:[.,/:]\d+)*(?:[-–]\d+(?:[.,/:]\d+)*)*")
_MARKED_PERCENT = re.compile(r"(\d+(?:[.,]\d+)*)(%\d{1,3})")
# A mark glued to a unit or a code: 5G, QH15, B1, 100m2, 24h, 03b (bản, copies). Lower-case letters around other
# digits are garbled words.
# One letter and one digit may as well be a misread word ("B6" for "Bộ").
_CODE = re.compile(r"[A-ZĐ]{2,6}\d{1,4}|[A-ZĐ]\d{2,4}|\d{1,4}[A-ZĐ]{1,2}|\d+(?:m2|m3|km|kg|ha|m|h)|\d{2}b|0\d[a-zđ]")
# "20I5": a numeral in which a digit was taken for a letter is no word; which digit it was is not for us to say.
_MISREAD_NUMERAL = re.compile(r"\d(?=[\dIlO]*\d[\dIlO]*\d)[\dIlO]*[IlO][\dIlO]*\d")
# Behind a numeral: square and cubic metres.
_UNIT = re.compile(r"k?m[23](?!\w)")
_COUNTER = re.compile(r"\(\d\)")  # the number of an item within a sentence: "bảo đảm: (1) …; (2) …"
_READ_AS_ONES = re.compile(r"[Il1|!]+")
_OPENING = re.compile(r"[\"'“”‘’(\[{<>«»–—•+*~_=.,:;…-]+")
# An apostrophe after u or o is the horn of ư or ơ.
_CLOSING = re.compile(r"(?:[\"“”.,;:!?)\]}>»…*–—-]|(?<![UuOo])['’])+$")
_CLOSING_OF_RIGHT = re.compile(r"[\"“”.,;:!?)\]}>»…*–—'’-]+$")
# An ampersand joins abbreviations (KHCN&ĐMST); elsewhere it is a misread letter, and so is a semicolon between strokes
# ("m!;lnh" for "mạnh").
_STROKES = re.compile(r"(?<=[!1lf|\\0O]);(?=[1lI!|t])")
_JOINT = re.compile(rf"(?:(?!{_STROKES.pattern})[-–—/+,.;:)\"“”…{SUPERSCRIPTS}]|\((?!\\)|~(?=\d))+")
_INSIDE = re.compile(rf"({_JOINT.pattern}|(?<=[A-ZĐ][A-ZĐ])&(?=[A-ZĐ][A-ZĐ]))")
# Bars and ones that make a Roman numeral; a bar alone is a table's rule.
_ROMAN = re.compile(r"[Il1|!]*[Il|!VX][Il1|!VX]*[.):]?")
# "a)", and "II." where it was read whole: the number of a heading is as sacred as any other.
_ENUMERATOR = re.compile(r"\s*(?:[a-zđA-ZĐ]\)|(?:X{0,2}(?:I{1,3}|IV|VI{0,3}|IX)|X{1,2})\.(?=\s))")
# "S6: 12/BC-UBND": the number of a document has one word before it (Nghị định 30/2020/NĐ-CP, annex I, II.3).
_NUMBER_OF_DOCUMENT = re.compile(r"^(\s*)S[^\s:]{1,2}\s?:(?=\s*\d+\s?[/-]\s?[A-ZĐ])")
_NUMBER_WORD = re.compile(r"\s*Số:(?=\s*\d)")
# "2.Việc", "-Các": the space behind a list mark is the first to be lost; in running text too ("…nêu trên. 3.Các…").
_GLUED_LIST_MARK = re.compile(
    r"(^\s*(?:\d{1,2}(?:\.\d{1,2})*\.|[-–+•])|(?<=[^\W\d_][.;:] )\d{1,2}\.(?=[^\W\d_a-z]))(?=[^\W\d_]{2})"
)
# "33-NQITW": the stroke in a document's symbol is read as a letter or a one; types of documents have two capitals.
_STROKE_AS_LETTER = re.compile(r"(?<=\d-)((?:[A-ZĐ]{2}|CTr|TTr))[Il1](?=[A-ZĐ]{2})")
# Offices ask nothing in the middle of a line: there a question mark behind a word is what was read of a hook ("ct?" for
# "cứ"). Marks of footnotes that were read so have been found before.
_HOOK = re.compile(r"(?<=[^\W\d_])\?(?=[:,;]|\s+\w)")
# An apostrophe that nothing opens is what was read of a horn ("cv’" for "cứ"); behind u and o it tells the letter.
_HORN = re.compile(r"(?<=[^\W\d_uoUO])['’](?=[\s.,;:]|$)")
# Two marks on one letter, a horn and a tone, are read as a quotation mark or as two: "SU“DUNG" for "SỬ DỤNG".
_HORN_AND_TONE = re.compile(r"(?<=[uoUO])(?:[’'‘]*[“”\"][’'‘]*|[’'‘]{2,})(?=[^\W\d_])")
# Behind ư and ơ no syllable has these letters: "co’so" is "cơ sở", "tu’phap" "tư pháp".
_HORN_ENDS_WORD = re.compile(r"(?<=[uoùòúóUOÙÒÚÓ][’'‘])(?=[bhklsxBHKLSX]|[tnpcTNPC][hH]|[tT][rR])")
# "QH15ve": a code of capitals and digits has no small letters.
_CODE_ENDS = re.compile(r"(?<=[A-ZĐ]{2}\d{2})(?=[^\W\d_A-ZĐ]{2})")
# "tu’701": behind a horn the space before a numeral is lost; and no word has a digit behind a nought in it ("giit02").
_LOST_BEFORE_NUMERAL = re.compile(r"(?<=[uoUO][’'‘])(?=\d{2})|(?<=[^\W\d_A-ZĐ]{3})(?=0[1-9](?:\s|$))")
# "9thang": no letter that a digit stands for goes before these.
_BEHIND_NUMERAL = re.compile(
    r"(?<![^\s(])(\d{1,2})((?:th|tr|ch|nh|ng|ph|kh|qu|[bcdđklmstvx])[aeiouyà-ỹ][^\W\d_]{1,4})(?=[\s,.;:)]|$)",
    re.IGNORECASE,
)
_OPENED = re.compile(r"‘|(?<!\w)['’](?=\w)")
# A table's rule that touches a word or a numeral is read as a bracket, "_", "~" or "=". Offices pair their brackets.
_RULE_AT_A_WORD = re.compile(r"(?<=[^\W_]|[)%])[_~=]+(?=[\s|]|$)|(?<![^\s|])[_~=]+(?=[^\W\d_])")
_SQUARE, _CURLY = re.compile(r"[\[\]]"), re.compile(r"[{}]")
# Among capitals the bar of Đ makes two letters of it, one of them small: "LElLEl" for "LĐLĐ".
_BARRED_AS_TWO = re.compile(r"(?<=[A-ZĐ])El(?=[A-Z]|\b)|\bEl(?=[A-Z]{2})")
# Between words a space stands behind a comma and a semicolon, and before a bracket.
_LOST_SPACE = re.compile(r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{3})|(?<=[\"”];)(?=[\"“])|(?<=[^\W\d_]{2})(?=\([^\W\d_]{2})")
# Official documents end with "./."; the first point is read as a comma or an apostrophe, or not at all.
_END_OF_DOCUMENT = re.compile(r"(?<=[^\W\d_])[,;:’']?/[.,]$")
# No list counts from nought: "19.0." is the row 19 and a speck.
_NO_SUCH_LEVEL = re.compile(r"^(\s*\d{1,2}\.)0\.(?=\s)")
_SPACE = Piece(Sort.GLUE, " ")
_SENTENCE_END = frozenset(".;!?…")
_WORDLIKE_DIGITS = re.compile(r"[1-9]\d?|1[0156]{2,3}")


def cut_line(line: str) -> list[Piece]:
    """Cut one line of a wrong reading into pieces; specks are left out, lost spaces behind list marks put in."""
    line = _LOST_SPACE.sub(" ", _HORN_AND_TONE.sub("’", _BARRED_AS_TWO.sub("Đ", line)))
    line = _CODE_ENDS.sub(" ", _HORN_ENDS_WORD.sub(" ", _LOST_BEFORE_NUMERAL.sub(" ", line)))
    line = _BEHIND_NUMERAL.sub(_parted, line)
    line = _HOOK.sub("", _without_rules(_END_OF_DOCUMENT.sub("./.", line.rstrip())))
    line = line if _OPENED.search(line) else _HORN.sub("", line)
    line = _NUMBER_OF_DOCUMENT.sub(r"\1Số:", line)
    mended = _STROKE_AS_LETTER.sub(r"\1/", _GLUED_LIST_MARK.sub(r"\1 ", _NO_SUCH_LEVEL.sub(r"\1", line)))
    return list(_cut(mended, specks, _CLOSING))


def _parted(found: re.Match[str]) -> str:
    """Part a numeral from the syllable behind it; what is none is a word that was misread ("9tioc" for "quốc")."""
    return f"{found[1]} {found[2]}" if is_bare_syllable(strip_marks(found[2]).lower()) else found[0]


def _without_rules(line: str) -> str:
    """Leave out what was read of a table's rules beside words and numerals."""
    line = _RULE_AT_A_WORD.sub("", line)
    for brackets in (_SQUARE, _CURLY):
        line = line if len(brackets.findall(line)) != 1 else brackets.sub("", line)
    return line


def cut_right_line(line: str) -> list[Piece]:
    """Cut one line whose characters are right (its marks may be lost) into pieces."""
    return list(_cut(line, lambda _: set(), _CLOSING_OF_RIGHT))


def _cut(line: str, find_noise: Callable[[Sequence[str]], set[int]], closing: re.Pattern[str]) -> Iterator[Piece]:
    """Cut a line; `find_noise` gives the places of the tokens that are no text."""
    start = 0
    if number := _NUMBER_WORD.match(line):
        start = number.end()
        yield Piece(Sort.GLUE, number.group(), COMMA)
    elif enumerator := _ENUMERATOR.match(line):
        start = enumerator.end()
        yield Piece(Sort.GLUE, enumerator.group(), END)
    noise = find_noise(line[start:].split())
    place = 0
    before = ""
    for part in re.split(r"(\s+)", line[start:]):
        if part == " ":
            yield _SPACE
            continue
        if part.isspace() or not part:
            yield Piece(Sort.GLUE, part)
            continue
        if before[-1:].isdigit() and (unit := _UNIT.match(part)):
            yield Piece(Sort.FIXED, unit[0], CODE)
            yield from _cut_token(part[unit.end() :], closing)
        elif part != "|" and _ROMAN.fullmatch(part):
            yield from _cut_token(part, closing)
        elif place not in noise:
            yield from _cut_cells(part, closing) if "|" in part else _cut_token(part, closing)
        place += 1
        before = part


def _cut_cells(part: str, closing: re.Pattern[str]) -> Iterator[Piece]:
    """Cut what stands between spaces at the rules of a table."""
    for cell in re.split(r"(\|)", part):
        yield from (Piece(Sort.GLUE, cell, END),) if cell == "|" else _cut_token(cell, closing)


@lru_cache(maxsize=32768)
def _cut_token(token: str, closing: re.Pattern[str]) -> tuple[Piece, ...]:
    """Cut one token; the words of a document repeat."""
    return tuple(_parts(token, closing))


def _parts(token: str, closing: re.Pattern[str]) -> Iterator[Piece]:
    start = match.end() if (match := _OPENING.match(token)) else 0
    stop = match.start() if (match := closing.search(token, start)) else len(token)
    if start:
        yield from _glue(token[:start], ends=False)
    address = _ADDRESS.match(token, start, stop) if "." in token or "@" in token or ":" in token else None
    if address:
        yield Piece(Sort.FIXED, address.group(), ADDRESS)
        start = address.end()
    if _COUNTER.fullmatch(token, max(0, start - 1), stop + 1):
        yield Piece(Sort.NUMBER, token[start:stop], NUMBER)
    elif start < stop:
        yield from _cut_core(token[start:stop])
    if stop < len(token):
        yield from _glue(token[stop:], ends=True)


def _cut_core(core: str) -> Iterator[Piece]:
    bare = core.rstrip(SUPERSCRIPTS)
    if bare and bare != core:
        yield from _cut_core(bare)
        yield Piece(Sort.GLUE, core[len(bare) :])
        return
    if marked := _MARKED_PERCENT.fullmatch(core):
        yield from (Piece(Sort.NUMBER, marked[1], NUMBER), Piece(Sort.GLUE, marked[2]))
        return
    if _NUMERAL.fullmatch(core.rstrip("%°")):
        yield from _cut_numeral(core)
        return
    for number, part in enumerate(_INSIDE.split(core)):
        if not part:
            continue
        if number % 2 or part in "%‰":
            yield from _glue(part, ends=False)
        elif _NUMERAL.fullmatch(part.rstrip("%°")):
            yield from _cut_numeral(part)
        elif _MISREAD_NUMERAL.fullmatch(part):
            yield Piece(Sort.NUMBER, part, NUMBER)
        elif _CODE.fullmatch(part) and not _READ_AS_ONES.fullmatch(part):
            yield Piece(Sort.FIXED, part, CODE)
        else:
            yield Piece(Sort.WORD, part)


def _cut_numeral(text: str) -> Iterator[Piece]:
    digits = text.rstrip("%°")
    is_bare = digits == text and _WORDLIKE_DIGITS.fullmatch(digits)
    yield Piece(Sort.EITHER if is_bare else Sort.NUMBER, digits, NUMBER)
    if digits != text:
        yield Piece(Sort.GLUE, text[len(digits) :])


def _glue(text: str, ends: bool) -> Iterator[Piece]:
    if ends and not _SENTENCE_END.isdisjoint(text):
        symbol = END
    elif "," in text or ":" in text:
        symbol = COMMA
    else:
        symbol = ""
    yield Piece(Sort.GLUE, text, symbol)


class Spot(NamedTuple):
    """A piece that takes part in a sentence: its line and its place in the line's pieces."""

    line: int
    place: int


_LIST_MARK = re.compile(r"\s*(?:[-–•+*]\s|\d{1,3}(?:\.\d+)*[.)]\s|[a-zđA-ZĐ]\)\s|[IVX|l1]{1,5}\.\s)")
_TABLE_HEADER = re.compile(r"[\s|]*(?:STT|TT|S[ốỐ6o] TT)[\s|]")
LONGEST_SENTENCE = 250


def sentences(lines: Sequence[Sequence[Piece]], raw: Sequence[str]) -> Iterator[list[Spot]]:
    """Yield the sentences of a document as spots, running on over line breaks; cells of tables stand alone."""
    running: list[Spot] = []
    for number, pieces in enumerate(lines):
        is_header = bool(_TABLE_HEADER.match(raw[number]))
        is_row = is_header or any(piece.text == "|" for piece in pieces)
        if running and (is_row or not pieces or _LIST_MARK.match(raw[number])):
            yield running
            running = []
        for place, piece in enumerate(pieces):
            if running and ((is_header and _is_capitalised(piece)) or len(running) >= LONGEST_SENTENCE):
                yield running
                running = []
            if piece.symbol == END:
                if running:
                    yield running
                running = []
            elif piece.sort is not Sort.GLUE or piece.symbol:
                running.append(Spot(number, place))
        if is_row and running:
            yield running
            running = []
    if running:
        yield running


def _is_capitalised(piece: Piece) -> bool:
    """Say whether a word begins with a capital: so do the cells of a table's header, which no sign parts."""
    return piece.sort is Sort.WORD and piece.text[:1].isupper() and not piece.text[1:2].isupper()
