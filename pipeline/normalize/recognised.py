"""Repair of lines that were read from a picture: two readers' words, decided by the language around them.

Most of what a reader of Vietnamese gets wrong on poor scans are marks, and they stand in no numeral: the language model
knows them better. Numerals are left alone, they are settled by the readers in the `ocr` stage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.language.spelling import one_spelling
from pipeline.language.stream import CODE
from pipeline.models import Line
from pipeline.normalize.candidates import Proposer
from pipeline.normalize.decoder import decode
from pipeline.normalize.fusion import SOFTENED, Fusion, Sight
from pipeline.normalize.lattice import KEEP, Readings, lay_out
from pipeline.normalize.models import Language, Misreadings, load_channel, load_language, with_local
from pipeline.normalize.outcome import Outcome, outcomes
from pipeline.normalize.pieces import Piece, Sort, Spot, cut_right_line, sentences
from pipeline.normalize.repaired import RepairedLine
from pipeline.normalize.scoring import best_language, scoring, without_leaning
from pipeline.normalize.surroundings import surroundings
from pipeline.normalize.written import written

# More than for a wrong reader: two readers of one poor print are often wrong in the same way.
_LANGUAGE_WEIGHT = 1.3
_BLOCK = 3000  # lines decided together: bounds the memory that a long document takes
_TOKEN = re.compile(r"\S+")
_DISPUTED = 0.5  # how sure a numeral is on which the readers differ
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class SeenLine:
    """A line and what was seen of each of its words (those that whitespace parts)."""

    text: str
    words: tuple[Sight, ...]

    @classmethod
    def of(cls, line: Line, text: str) -> SeenLine:
        """Take a line of a recognised page; `text` is its reading with the footnote marks that were found."""
        seen = [Sight(word.text, word.confidence, word.second) for word in line.words]
        tokens = text.split()
        if len(tokens) != len(seen):
            by_text = {sight.first: sight for sight in seen}
            seen = [by_text.get(token, Sight(token, None, None)) for token in tokens]
        return cls(text, tuple(seen))


class RecognisedRepairer:
    """Repairs recognised lines; make it with `load`."""

    def __init__(self, languages: Sequence[Language], first: Proposer, second: Proposer) -> None:
        """Take the language models that a document may be written in and what proposes words for each reader."""
        self._languages = languages
        self._lexicon = languages[0].lexicon
        self._fusion = Fusion(languages[0].model, first, second)

    @classmethod
    def load(cls, local: Path | None = None) -> RecognisedRepairer:
        """Load the learned models; later calls give the same repairer.

        Args:
            local: Folder of a model of the office's own texts (`doisoat learn`).

        Raises:
            ConfigurationError: The folder does not hold such a model.
        """
        return _loaded(local)

    def repair(self, lines: Sequence[SeenLine]) -> list[RepairedLine]:
        """Return the lines as Vietnamese, one for one, with what is known of each word."""
        blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
        return [line for block in blocks for line in self._decided(block)]

    def _decided(self, lines: Sequence[SeenLine]) -> list[RepairedLine]:
        texts = [line.text for line in lines]
        pieces = [_with_digits_kept(line) for line in lines]
        found = list(sentences(pieces, texts))
        where = surroundings(pieces, found)
        sights = dict(_sights(lines, pieces))
        seen = {spot: sight for spot, sight in sights.items() if spot in where}
        if not sights:
            return [RepairedLine(text) for text in texts]
        read = self._fusion.read({(sight, where[spot]) for spot, sight in seen.items()})
        whole = {spot: read[sight, where[spot]] for spot, sight in seen.items()}
        lattice = lay_out(found, pieces, Readings(whole, {}, {}, {}), self._languages[0].model.ids)
        language = best_language(self._languages, lattice)
        decoded = decode(scoring(language, without_leaning(self._lexicon), SOFTENED * _LANGUAGE_WEIGHT), lattice.arcs)
        found_words = outcomes(lattice, decoded, pieces, self._lexicon)
        for spot, sight in seen.items():
            if (outcome := found_words[spot]).words == [sight.first]:
                outcome.words = [pieces[spot.line][spot.place].text]  # in its own spelling
        for spot, sight in sights.items():
            if spot not in where and _is_disputed(sight):
                found_words[spot] = _disputed(sight)
        return [written(pieces[number], number, found_words) for number in range(len(pieces))]


def _is_disputed(sight: Sight) -> bool:
    """Say whether two readers saw different numerals."""
    return sight.second is not None and sight.second != sight.first and bool(_DIGIT.search(sight.first))


def _disputed(sight: Sight) -> Outcome:
    """Keep a numeral as the readers settled it, with the other reading beside it."""
    others = [(sight.second, 1 - _DISPUTED)] if sight.second else []
    return Outcome(words=[sight.first], forms=[KEEP], confidence=_DISPUTED, kept=True, others=others)


@lru_cache(maxsize=2)
def _loaded(local: Path | None) -> RecognisedRepairer:
    languages = load_language()
    lexicon = languages[0].lexicon
    first, second = (Proposer(lexicon, load_channel(who)) for who in (Misreadings.FIRST, Misreadings.SECOND))
    return RecognisedRepairer(with_local(languages, local) if local else languages, first, second)


def _with_digits_kept(line: SeenLine) -> list[Piece]:
    """Cut a line; a word with a digit, symbols of documents too ("1815/SNV-CCVC"), is settled between the readers."""
    pieces = cut_right_line(line.text)
    tokens = line.text.split()
    for token, places in _places(line, pieces).items():
        second = line.words[token].second
        if not _DIGIT.search(tokens[token]) or (second and not _DIGIT.search(second)):
            continue
        for place in places:
            if pieces[place].sort is Sort.WORD:
                pieces[place] = Piece(Sort.FIXED, pieces[place].text, CODE)
    return [Piece(Sort.NUMBER, p.text, p.symbol) if p.sort is Sort.EITHER else p for p in pieces]


def _places(line: SeenLine, pieces: Sequence[Piece]) -> dict[int, list[int]]:
    """Return the places of the pieces of each word of a line, spaces and punctuation left out."""
    starts = [match.start() for match in _TOKEN.finditer(line.text)]
    at = 0
    inside: dict[int, list[int]] = {}
    for place, piece in enumerate(pieces):
        if piece.sort is not Sort.GLUE:
            inside.setdefault(bisect_right(starts, at) - 1, []).append(place)
        at += len(piece.text)
    return inside


def _sights(lines: Sequence[SeenLine], pieces: Sequence[Sequence[Piece]]) -> Iterator[tuple[Spot, Sight]]:
    """Say of each piece of a word what was seen of it; of the second reading only where it has as many pieces."""
    for number, line in enumerate(lines):
        for token, places in _places(line, pieces[number]).items():
            sight = line.words[token]
            second = [p.text for p in cut_right_line(sight.second or "") if p.sort is not Sort.GLUE]
            others = second if len(second) == len(places) else [None] * len(places)
            for place, other in zip(places, others, strict=True):
                first = one_spelling(pieces[number][place].text)
                yield Spot(number, place), Sight(first, sight.confidence, other and one_spelling(other))
