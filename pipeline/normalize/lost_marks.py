"""Footnote marks (chỉ số chú thích) that a reader took for other signs, found again.

"phuong®." is "phường" with mark 6, if a note 6 stands below and nothing else on the page can be its mark. Notes run
1, 2, 3, …, and so do their marks in the text above them, so both are found by the likeliest series. Weighed
are how a raised digit is read (pipeline.normalize.mark_signs), how often words end in such signs without a mark, and
that a mark may have been lost altogether. A mark is written where its place is next to certain.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from pipeline.language.unicode import SUPERSCRIPTS, lowered, raised
from pipeline.normalize.list_marks import TABLE_HEADER, TABLE_ROW
from pipeline.normalize.mark_signs import NOTE_MARK, Reader, Sign, SignTable, load_signs, signs_of
from pipeline.normalize.proportions import Proportions

Floats = npt.NDArray[np.float64]

_ENDS_IN_NUMERAL = re.compile(r"\d%?\s*$")
_REACH = 90  # printed lines from a mark to its note: a page and the rest of a paragraph
_PAGE = 20  # printed lines between notes that stand at the feet of two pages
_TABLE = 60  # printed lines below a table's header in which numbered lines are rows
_HIGHEST_READ = 100  # a mark above is never looked for in signs
_CONTEXT = 300
_RAISED = "raised"  # kind of a sign that is a superscript digit already
_RAISED_MARK = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]{{1,3}}")
_RAISED_GAIN = 1000.0
_SKIPPED = 4  # notes missing from the series
_SKIP, _RESTART = -1.5, -6.0  # log probabilities: a note missing from the series; a series that begins again
_NOTE_ANYWHERE, _NOTE_AT_FOOT, _NOTE_ABOVE = -3.7, -3.0, -5.0  # log odds that a line begins a note, by its place
_TRUE_NUMBER = 0.4  # least share of notes whose number is read right: readers other than the one learned from do better
_LEAST_LIKELY = 0.002
_BODY_BEGINS = 0.004  # share of body lines that begin with one certain number and a word, or with signs and a word
_SURE = math.log(0.9)  # probability of a place from which on its mark is written
_NO_PERCENT = 500.0  # how much a percent sign that cannot be one speaks for a mark
_PERCENT = re.compile(r"(?<![\w.,/-])(\d{1,6})%$")
_COUNTED = re.compile(r"(?:^|\s)\d+(?:\.\d{3})*(?:\s[^\W\d_]\w*,?){0,3}$")
_FROM_COUNT, _FROM_NONE = (
    4.0,
    0.4,
)  # how much likelier a note that lists names is called by a count, and by another word
_LEAST_NAMES = 3
_ONE_MORE = 0.1  # probability of a note behind the last one that was made out, and of one more
_CHANGED = 0.03  # share of marks whose reading is too rare to be known


@dataclass(frozen=True)
class _Note:
    """A line that begins a footnote: its index, the mark it must have, and where its own number or signs stand.

    `read` is the number that was read, 0 for signs. A note that was not made out has no place of its own (end 0);
    `exists` is the probability that there is one. `lists` says that it begins with names.
    """

    line: int
    mark: int
    start: int
    end: int
    read: int
    lists: bool = False
    exists: float = 1.0

    @property
    def is_number(self) -> bool:
        """Say whether digits were read."""
        return self.read > 0

    @property
    def is_exact(self) -> bool:
        """Say whether the note's own number was read right."""
        return self.read == self.mark


@dataclass(frozen=True)
class _Place:
    """Signs in a line that may be a mark; `at` counts printed lines.

    `percent` says that the percent sign before them belongs to them: a share of the number stands right behind it;
    `counted` that a count stands right before them ("12 xã, phường®").
    """

    line: int
    at: int
    sign: Sign
    percent: bool = False
    counted: bool = False


def recover_marks(lines: Sequence[str], page_starts: Sequence[int] = (), reader: Reader = Reader.ENGLISH) -> list[str]:
    """Write marks that were read as other signs as superscript digits, and the misread numbers of their notes.

    Nothing else is changed, and lines without such marks come back as they are.

    Args:
        lines: One document as a reader left it, footnotes included.
        page_starts: Indices of the lines that begin pages, where they are known.
        reader: Who read it. The Vietnamese reader takes marks for signs as well, in its own way.
    """
    table = load_signs(reader)
    before, found = list(lines), _with_marks(lines, table, page_starts)
    # What is sure makes its neighbours surer.
    while found != before:
        before, found = found, _with_marks(found, table, page_starts)
    return found


def _with_marks(lines: Sequence[str], table: SignTable, page_starts: Sequence[int]) -> list[str]:
    text = _Text(lines, table, page_starts)
    series = _notes(text)
    found = dict(_matched(text, series))
    changes = [
        (place.line, place.sign.start - place.percent, place.sign.end, series[number].mark)
        for number, place in found.items()
        if place.sign.kind != _RAISED
    ]
    for number in range(min(found, default=0), max(found, default=-1) + 1):
        # A note between two whose marks were found is one, its own mark found or not.
        note = series[number]
        if (note.is_exact or (number in found and not note.is_number)) and note.end:
            changes.append((note.line, note.start, note.end, note.mark))
    out = list(lines)
    for line, start, end, mark in sorted(changes, reverse=True):
        out[line] = out[line][:start] + raised(str(mark)) + out[line][end:]
    return out


class _Text:
    """A document's lines with its signs, and counts of its printed lines and words up to each line."""

    def __init__(self, lines: Sequence[str], table: SignTable, page_starts: Sequence[int] = ()) -> None:
        self.lines = lines
        self.filled = list(accumulate(bool(line.strip()) for line in lines))
        self.places = _places(lines)
        self._starts = sorted({0, *page_starts})
        self._ends = dict(pairwise([*self._starts, len(lines)]))
        self._at = [place.at for place in self.places]
        self._words = list(accumulate(len(line.split()) for line in lines))
        self._table = table
        self.likelihood = table.text.likelihood
        self.note_likelihood = table.notes.likelihood

    def above(self, first: int, line: int) -> tuple[range, int]:
        """Return which signs stand on the printed lines from `first` on above a line, and how many words do."""
        here = self.filled[line]
        start = bisect_left(self.filled, first)
        words = self._words[line] - self._words[min(start, line)]
        return range(bisect_left(self._at, first), bisect_left(self._at, here)), max(1, words)

    def page(self, line: int) -> int:
        """Return the index of the line that begins a line's page, the document's first where pages are not known."""
        return self._starts[bisect_right(self._starts, line) - 1]

    def page_top(self, line: int) -> int:
        """Return the number of the first printed line that may bear the mark of a note on a line."""
        start = self.page(line)
        return max(self.filled[start] + (not self.lines[start].strip()), self.filled[line] - _REACH)

    def foot(self, line: int) -> float:
        """Return the log odds that a line begins a note, by its place on the page where pages are known."""
        if len(self._starts) == 1:
            return _NOTE_ANYWHERE
        start, end = self.page(line), self._ends[self.page(line)]
        return _NOTE_AT_FOOT if line - start >= (end - start) / 2 else _NOTE_ABOVE

    def likelier(self, place: int, mark: int, words: int) -> float:
        """Return how much likelier a sign is as a mark, which may stand behind any of so many words, than as none."""
        sign = self.places[place].sign
        if sign.kind == _RAISED:
            return _RAISED_GAIN if lowered(sign.text) == str(mark) else 0.0
        gain = _NO_PERCENT if self.places[place].percent else 1.0
        return gain * self.likelihood(sign.text, mark) / (self._table.background(sign) * words)

    def lost(self, mark: int) -> float:
        """Return the probability that a mark left no sign."""
        return self.likelihood("", mark) + _CHANGED


def _places(lines: Sequence[str]) -> list[_Place]:
    """Return all signs that may be marks, and marks that are raised already, in their order."""
    places: list[_Place] = []
    proportions = Proportions(lines)
    at = 0
    above = ""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        at += 1
        known = [Sign(match.start(), match.end(), match[0], _RAISED) for match in _RAISED_MARK.finditer(line)]
        found = sorted([*signs_of(line, above), *known], key=lambda sign: sign.start)
        below = lines[number + 1] if number + 1 < len(lines) else ""
        places += [
            _Place(
                number,
                at,
                sign,
                _is_no_percent(line, sign, below, proportions),
                bool(_COUNTED.search(f"{above} {line[: sign.start]}")),
            )
            for sign in found
        ]
        above = f"{above} {line}"[-_CONTEXT:]
    return places


def _is_no_percent(line: str, sign: Sign, below: str, proportions: Proportions) -> bool:
    """Say whether a percent sign before signs was part of the mark: "86%°, đạt 69,35%" where 86 of 124 are 69,35 %."""
    match = _PERCENT.search(line[: sign.start])
    return match is not None and proportions.agrees(int(match[1]), f"{line[sign.end :]} {below}")


# --- the notes --------------------------------------------------------------------------------------------------

_Series = tuple[float, tuple[_Note, ...]]


def _notes(text: _Text) -> list[_Note]:
    """Return the likeliest series of notes."""
    best: dict[int, _Series] = {}
    nothing: _Series = (0.0, ())
    for note, gains in _candidates(text):
        reached: dict[int, _Series] = {}
        anywhere = max(best.values(), default=nothing, key=_score)
        for mark, gain in gains.items():
            # Only a document begins with a note that cannot be made out; a series that begins again shows its 1.
            starts: list[_Series] = [(_SKIP * (mark - 1), ())] if mark <= 1 + _SKIPPED else []
            if mark == 1 and anywhere[1]:
                starts.append((anywhere[0] + _RESTART, anywhere[1]))
            for skipped in range(_SKIPPED + 1):
                if (before := best.get(mark - 1 - skipped)) is not None:
                    starts.append((before[0] + _SKIP * skipped, before[1]))
            if starts:
                score, series = max(starts, key=_score)
                reached[mark] = score + gain, (*series, replace(note, mark=mark))
        for mark, entry in reached.items():
            if mark not in best or entry[0] > best[mark][0]:
                best[mark] = entry
    score, series = max(best.values(), default=nothing, key=_score)
    return _completed(series) if score > 0 else []


def _completed(series: Sequence[_Note]) -> list[_Note]:
    """Put in the notes that were not made out but whose marks stand somewhere.

    Those that the series passes over must be there. Behind the last one of a series there may be more: their marks
    must not be taken for those of the notes that were found.
    """
    notes: list[_Note] = []
    for note, after in zip(series, [*series[1:], None], strict=True):
        last = notes[-1].mark if notes and notes[-1].mark < note.mark else 0
        notes += [_Note(note.line, mark, 0, 0, 0) for mark in range(last + 1, note.mark)]
        notes.append(note)
        if after is None or after.mark <= note.mark:
            notes += [_Note(note.line, note.mark + more, 0, 0, 0, exists=_ONE_MORE) for more in (1, 2)]
    return notes


def _score(entry: _Series) -> float:
    return entry[0]


def _candidates(text: _Text) -> Iterator[tuple[_Note, dict[int, float]]]:
    """Yield the lines that may begin a note, each with the marks that it may have and how much speaks for them."""
    header = -_TABLE
    for number, line in enumerate(text.lines):
        if TABLE_HEADER.search(line):
            header = text.filled[number]
        match = NOTE_MARK.match(line)
        if match is None or "|" in line or TABLE_ROW.search(line[match.end() :]):
            continue
        in_table = text.filled[number] - header < _TABLE or _ENDS_IN_NUMERAL.search(line)
        if match["mark"].isdigit() and in_table:
            continue
        begin, end = match.span("mark")
        read = lowered(match["mark"])
        places, words = text.above(text.page_top(number), number)
        gains = {}
        for mark, likely in _readings(text, read):
            called = text.lost(mark) + sum(text.likelier(place, mark, words) for place in places)
            gains[mark] = math.log(likely / _BODY_BEGINS) + math.log(called) + text.foot(number)
        yield _Note(number, 0, begin, end, int(read) if read.isdigit() else 0, _lists(line[end:])), gains


def _lists(text: str) -> bool:
    """Say whether a note begins with names, parted by commas."""
    names = [piece.split() for piece in re.split(r"[,;]", text)[:-1]]
    proper = [words for words in names if any(word[:1].isupper() for word in words)]
    return len(names) >= _LEAST_NAMES and len(proper) == len(names) and not re.search(r"\d{2}", text)


def _readings(text: _Text, read: str) -> Iterator[tuple[int, float]]:
    """Yield the marks of notes that may have been read so, and how likely each is to be."""
    for mark in range(1, _HIGHEST_READ):
        likely = text.note_likelihood(read, mark)
        if likely >= _LEAST_LIKELY and read != str(mark):
            yield mark, likely
    if read.isdigit():
        yield int(read), max(text.note_likelihood(read, int(read)), _TRUE_NUMBER)


# --- their marks ------------------------------------------------------------------------------------------------


def _matched(text: _Text, notes: Sequence[_Note]) -> Iterator[tuple[int, _Place]]:
    """Yield the indices of the notes whose marks can stand in one place only, with that place."""
    if not notes or not text.places:
        return
    score = _scores(text, notes)
    lost = np.array([math.log(1 - note.exists * (1 - text.lost(note.mark))) for note in notes])
    behind = _behind(score, lost)
    before = np.full(len(text.places) + 1, -np.inf)
    before[0] = 0.0
    for k in range(len(notes)):
        # All series of the notes above whose marks stand left of each place, this place, all series below.
        reached = np.logaddexp.accumulate(before)[:-1] + score[k]
        share = reached + behind[k + 1, 1:] - behind[0, 0]
        best = int(np.argmax(share))
        if share[best] >= _SURE and notes[k].exists == 1.0:
            yield k, text.places[best]
        before = before + lost[k]
        before[1:] = np.logaddexp(before[1:], reached)


def _fit(note: _Note, place: _Place) -> float:
    """Return how much the kind of note speaks for its mark's place: lists of names are called by what they count."""
    if not note.lists:
        return 1.0
    return _FROM_COUNT if place.counted else _FROM_NONE


def _behind(score: Floats, lost: Floats) -> Floats:
    """Return for every note and place the sum over all ways to place this note and those below from that place on."""
    notes, places = score.shape
    behind = np.zeros((notes + 1, places + 1))
    for k in range(notes - 1, -1, -1):
        placed = score[k] + behind[k + 1, 1:]
        from_here = np.append(np.logaddexp.accumulate(placed[::-1])[::-1], -np.inf)
        behind[k] = np.logaddexp(lost[k] + behind[k + 1], from_here)
    return behind


def _scores(text: _Text, notes: Sequence[_Note]) -> Floats:
    """Return how much likelier each sign is as the mark of each note than as something else, as logarithms.

    Marks stand above the first note of their page, and below the notes of the page before.
    """
    score = np.full((len(notes), len(text.places)), -np.inf)
    foot = notes[0]
    first = text.page_top(foot.line)
    for k, note in enumerate(notes):
        above = notes[k - 1] if k else note
        same_page = text.page(above.line) == text.page(note.line)
        if not same_page or text.filled[note.line] - text.filled[above.line] >= _PAGE:
            foot = note
            first = max(text.page_top(note.line), text.filled[above.line] if same_page else 0)
        places, words = text.above(first, foot.line)
        for place in places:
            if likelier := text.likelier(place, note.mark, words):
                score[k, place] = math.log(likelier * note.exists * _fit(note, text.places[place]))
    return score
