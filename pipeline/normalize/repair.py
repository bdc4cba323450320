"""Repair of what a wrong-language OCR made of Vietnamese: a noisy channel and a language model (DESIGN section 3).

Two passes: the first reads the document with the channel as it was learned, the second with the channel adapted to
what the first one found, and with a leaning to the document's own words. Numerals keep their digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import Lexicon
from pipeline.language.ngrams import NgramModel
from pipeline.language.stream import NUMBER, UNKNOWN
from pipeline.language.unicode import nfc
from pipeline.normalize.candidates import MOST, Candidates, Proposer, best_of
from pipeline.normalize.channel import Channel
from pipeline.normalize.decoder import Lattice, Scoring, decode
from pipeline.normalize.footnotes import raise_marks
from pipeline.normalize.gate import needs_repair
from pipeline.normalize.lost_marks import recover_marks
from pipeline.normalize.models import load_channel, load_language
from pipeline.normalize.pieces import Piece, Sort, Spot, cut_line, sentences
from pipeline.normalize.splitting import part_words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

LANGUAGE_WEIGHT = 0.7
_ADAPTATION = 60.0  # occurrences that the learned channel is worth beside those of the document
_CACHE_GAIN = 0.4
_BLOCK = 3000  # lines decoded together: bounds the memory that a long document takes
_ENOUGH_TO_ADAPT = 120  # distinct tokens
_KEEP_CAPITALS = -9.0
_KEEP_ASCII = -12.0
_KEEP_CODE = -10.0
_KEEP_ODD = -18.0
_NUMBER_PRIOR = {1: 0.5, 2: 2.0, 3: -6.5, 4: -8.0}
_ROW_NUMBER = 10.0  # "g5": the number of a row with a speck before it
_SPECKED_NUMBER = re.compile(r"[a-z][1-9]\d?")
_ENUMERATOR = re.compile(r"\s*([a-zđ])\)\s")
_BEFORE_A_NUMERAL = -11.0  # two numerals in a row are rare in running text
KEEP = -2  # in place of a form: the token stays as it is


@dataclass(frozen=True)
class _Task:
    """What is to be decoded: the pieces of all lines, their sentences, and the distinct tokens with the spots' ids."""

    pieces: list[list[Piece]]
    sentences: list[list[Spot]]
    tokens: list[str]
    ids: dict[str, int]


class Repairer:
    """Repairs lines of text; make it with `load`."""

    def __init__(self, model: NgramModel, lexicon: Lexicon, channel: Channel) -> None:
        self._model = model
        self._lexicon = lexicon
        self._proposer = Proposer(lexicon, channel)
        self._channel = channel

    @classmethod
    def load(cls) -> Repairer:
        """Load the learned models; later calls give the same repairer."""
        return _loaded()

    def repair_lines(self, lines: Sequence[str], page_starts: Sequence[int] = ()) -> list[str]:
        """Return the lines as Vietnamese, one for one; lines that are already right come back unchanged (in NFC).

        `page_starts` are the indices of the lines that begin pages, where they are known.
        """
        text = [nfc(line) for line in lines]
        wrong = [number for number, bad in enumerate(needs_repair(text)) if bad]
        repaired: list[str] = []
        # Marks read as other signs are found first: behind "phuong®." the decoder would look for a word with a sign.
        marked = recover_marks(text, page_starts) if wrong else text
        for start in range(0, len(wrong), _BLOCK):
            repaired += self._decode([marked[number] for number in wrong[start : start + _BLOCK]])
        # Glued digits are raised last: before, digits glued to letters are misread letters more often than marks.
        for number, line in zip(wrong, raise_marks(repaired), strict=True):
            text[number] = line
        return text

    def _decode(self, lines: list[str]) -> list[str]:
        pieces = part_words([cut_line(line) for line in lines], self._proposer)
        found = list(sentences(pieces, lines))
        tokens = sorted({p.text for line in pieces for p in line if p.sort in (Sort.WORD, Sort.EITHER)})
        if not tokens:
            return lines
        task = _Task(pieces, found, tokens, {token: number for number, token in enumerate(tokens)})
        token, form = self._proposer.pairs(tokens)
        bonus = np.zeros(len(self._lexicon.words), dtype=np.float32)
        score = self._proposer.score(self._channel, tokens, token, form)
        chosen = self._pass(task, best_of(len(tokens), token, form, score), bonus)
        if len(tokens) >= _ENOUGH_TO_ADAPT:
            channel, bonus = self._adapt(task, chosen)
            score = self._proposer.score(channel, tokens, token, form)
            chosen = self._pass(task, best_of(len(tokens), token, form, score), bonus)
        return _write(task, chosen, self._lexicon)

    def _pass(self, task: _Task, candidates: Candidates, bonus: Floats) -> dict[Spot, int]:
        """Decode all sentences once; returns the form chosen at each spot (`KEEP`: as it is)."""
        lattice, forms = self._lattice(task, candidates)
        choice = decode(Scoring(self._model, LANGUAGE_WEIGHT, bonus), lattice)
        chosen = np.take_along_axis(forms, choice[:, :, None], axis=2)[:, :, 0]
        return {spot: int(chosen[s, t]) for s, sentence in enumerate(task.sentences) for t, spot in enumerate(sentence)}

    def _lattice(self, task: _Task, candidates: Candidates) -> tuple[Lattice, Ints]:
        """Lay the sentences' candidates out; the last one of each place keeps the token."""
        ids = self._model.ids
        keep_word, keep_score = ids[UNKNOWN], np.array([_keep_score(t) for t in task.tokens], dtype=np.float32)
        for number, token in enumerate(task.tokens):
            if token.isdigit():
                keep_score[number] = _NUMBER_PRIOR.get(len(token), -12.0)
        words = np.where(candidates.form >= 0, self._lexicon.word_of(candidates.form), 0)
        keeps = np.array([ids[NUMBER] if t.isdigit() else keep_word for t in task.tokens], dtype=np.int64)
        words = np.column_stack([words, keeps])
        scores = np.column_stack([candidates.score, keep_score])
        forms = np.column_stack([candidates.form, np.full(len(words), KEEP, dtype=np.int64)])

        length = np.array([len(s) for s in task.sentences], dtype=np.int64)
        shape = (len(length), int(length.max()), MOST + 1)
        word = np.zeros(shape, dtype=np.int64)
        score = np.full(shape, -np.inf, dtype=np.float32)
        form = np.full(shape, KEEP, dtype=np.int64)
        for s, sentence in enumerate(task.sentences):
            for t, spot in enumerate(sentence):
                piece = task.pieces[spot.line][spot.place]
                if piece.sort in (Sort.WORD, Sort.EITHER):
                    number = task.ids[piece.text]
                    word[s, t], score[s, t], form[s, t] = words[number], scores[number], forms[number]
                    score[s, t, -1] += _place_gain(task, spot)
                else:
                    word[s, t, 0], score[s, t, 0] = ids[piece.symbol], 0
        return Lattice(word, score, length), form

    def _adapt(self, task: _Task, chosen: dict[Spot, int]) -> tuple[Channel, Floats]:
        """Learn from the first pass: how this document was misread, and which words it uses."""
        pairs = Counter(
            (task.ids[task.pieces[spot.line][spot.place].text], form) for spot, form in chosen.items() if form >= 0
        )
        bonus = np.zeros(len(self._lexicon.words), dtype=np.float32)
        if not pairs:
            return self._channel, bonus
        token, form = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
        weight = np.array(list(pairs.values()), dtype=np.float32)
        counts = self._proposer.count(task.tokens, token, form, weight)
        np.add.at(bonus, self._lexicon.word_of(form), weight)
        return self._channel.adapted(counts, _ADAPTATION), (_CACHE_GAIN * np.log1p(bonus)).astype(np.float32)


def _place_gain(task: _Task, spot: Spot) -> float:
    """How much its place speaks for keeping a token with digits: before a numeral against, first on its line for it."""
    line = task.pieces[spot.line]
    piece, rest = line[spot.place], line[spot.place + 1 : spot.place + 3]
    if piece.sort is Sort.EITHER and len(piece.text) == 2:
        numeral_follows = len(rest) == 2 and rest[0].text == " " and rest[1].sort is Sort.NUMBER
        return _BEFORE_A_NUMERAL if numeral_follows else 0.0
    is_row_number = spot.place == 0 and bool(_SPECKED_NUMBER.fullmatch(piece.text))
    return _ROW_NUMBER if is_row_number else 0.0


def _keep_score(token: str) -> float:
    if len(token) == 2 and token[0].isupper() and token[1].isdigit():
        return _KEEP_CODE
    if not token.isascii() or not token.isalpha():
        return _KEEP_ODD
    return _KEEP_CAPITALS if token.isupper() and len(token) > 1 else _KEEP_ASCII


def _write(task: _Task, chosen: dict[Spot, int], lexicon: Lexicon) -> list[str]:
    out = []
    for number, line in enumerate(task.pieces):
        parts = []
        for place, piece in enumerate(line):
            form = chosen.get(Spot(number, place), KEEP)
            parts.append(piece.text if form < 0 else lexicon.forms[form])
        # An English reader knows the em dash only; Vietnamese official documents are set with the en dash.
        out.append("".join(parts).replace("—", "–"))
    return _with_barred_enumerators(out)


def _with_barred_enumerators(lines: list[str]) -> list[str]:
    """Mend the order of list marks: a, b, c, d, đ, e. A second "d)" after "d)" is "đ)"."""
    last = ""
    for number, line in enumerate(lines):
        match = _ENUMERATOR.match(line)
        if match:
            if match[1] == last == "d":
                lines[number] = line[: match.start(1)] + "đ" + line[match.end(1) :]
            last = match[1]
    return lines


@lru_cache(maxsize=1)
def _loaded() -> Repairer:
    model, lexicon = load_language()
    return Repairer(model, lexicon, load_channel())
