"""Everything that the tokens of a document may be: readings with their scores, before any context is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log1p

import numpy as np

from pipeline.language.ngrams import NgramModel
from pipeline.language.stream import NUMBER, UNKNOWN
from pipeline.normalize.candidates import Candidates, Proposer
from pipeline.normalize.lattice import KEEP, Reading, Readings
from pipeline.normalize.pieces import Spot
from pipeline.normalize.splitting import CUT, Cuts, word_scores
from pipeline.normalize.surroundings import Surroundings

Token = tuple[str, Surroundings]

# What it costs to take a token as it stands for a word that the lexicon does not have.
_KEEP_CAPITALS = -9.0
_KEEP_ASCII = -12.0
_KEEP_CODE = -10.0
_KEEP_ODD = -18.0
_TOO_LONG = -2.0  # each letter more than the longest syllable has: rather words that were run together
_LONGEST_SYLLABLE = 7
_KEEP_UNBARRED = -30.0  # "CDS": an abbreviation that is known, with Đ; few readers know the letter
_COUNTED_WEIGHT = 0.7  # of what is known of words behind numerals: that of the language model
_KEPT_ELSEWHERE = 2.5  # what short capitals gain by the logarithm of how often the document has them
_LONGEST_ABBREVIATION = 5
_ONE_LETTER, _LONGEST_LETTER = -3.0, 3  # that two or three characters are one consonant: "C6" is rather "Có"
_ABBREVIATION = 4.0  # what capitals gain where no capitals stand around them: they abbreviate something
# A numeral is one of ten, of a hundred, of a thousand: so much less likely is each. Long ones are never words. Offices
# write a nought before a digit that stands alone ("06 hộ"), so one without is rather a word.
_NUMERAL = {1: -2.0, 2: -2.0, 3: -6.5, 4: -8.0}
_LONG_NUMERAL = -12.0
_READ_AS_NUMERAL = -5.0  # that a word is read as digits throughout
_BEFORE_A_NUMERAL = -11.0  # two numerals in a row are rare in running text
_ROW_NUMBER = 10.0
_JOINED = -6.0
_LONGEST_JOINED = 7
_SHORT = 2
_GOOD_WORD = -6.0  # tokens that are read this well are not joined with their neighbours


@dataclass(frozen=True)
class Reader:
    """Finds readings: for one model's words and one channel.

    `kept` says of tokens how often the document was found to have them as words of its own, doubtful ones in part.
    `is_official` says that the text is an office's, of which is known what it counts.
    """

    model: NgramModel
    proposer: Proposer
    kept: Mapping[str, float] = field(default_factory=dict)
    is_official: bool = True

    def read(self, tokens: Mapping[Spot, Token], cuts: Cuts, pairs: Iterable[tuple[str, str]]) -> Readings:
        """Read tokens in their surroundings; `cuts` says where they may be cut, `pairs` are tokens side by side."""
        texts = sorted({text for text, _ in tokens.values()})
        here = {text: cuts[text] for text in texts if text in cuts}
        parts = sorted(
            {t[i:j] for t, cut in here.items() for i in (0, *cut) for j in (*cut, len(t)) if i < j and j - i < len(t)}
        )
        return Readings(
            whole=self._whole(tokens, texts),
            parts=dict(zip(parts, self._readings(self.proposer.propose_parts(parts), CUT / 2), strict=True)),
            joined=self._joined(texts, pairs),
            cuts=here,
        )

    def bare(self, tokens: Mapping[Spot, Token]) -> Readings:
        """Read tokens that lost their marks and nothing else: none was run together or torn, digits are numerals."""
        texts = sorted({text for text, _ in tokens.values()})
        return Readings(self._whole(tokens, texts, digits_are_words=False), {}, {}, {})

    def _whole(
        self, tokens: Mapping[Spot, Token], texts: Sequence[str], digits_are_words: bool = True
    ) -> Mapping[Spot, Reading]:
        wanted = set(tokens.values())
        usual = dict(zip(texts, self._readings(self.proposer.propose(texts), 0.0), strict=True))
        # A word of one letter ("ở", "6") is misread as any letter is, without a thought of numerals.
        digits = [text for text in texts if text.isdigit() and len(text) > 1]
        if digits_are_words and digits:
            read = self.proposer.of_digits.propose(digits)
            usual |= dict(zip(digits, self._readings(read, _READ_AS_NUMERAL), strict=True))
        among = sorted({text for text, where in wanted if Surroundings.CAPITALS in where})
        capitals = dict(zip(among, self._readings(self.proposer.propose_capitals(among), 0.0), strict=True))
        small = sorted({text for text, where in wanted if Surroundings.SMALL in where})
        titles = self._readings(self.proposer.propose_capitalised(small), 0.0)
        either = {text: usual[text].or_else(title) for text, title in zip(small, titles, strict=True)}

        def fitting(text: str, where: Surroundings) -> Reading:
            if Surroundings.CAPITALS in where:
                return capitals[text]
            return either[text] if Surroundings.SMALL in where else usual[text]

        placed = {(text, where): self._placed(fitting(text, where), text, where) for text, where in wanted}
        return {spot: placed[token] for spot, token in tokens.items()}

    def _placed(self, reading: Reading, text: str, where: Surroundings) -> Reading:
        """Fit a reading to its surroundings, and add that the token stays as it is."""
        if Surroundings.INITIAL in where and text[0].isupper():
            reading = replace(reading, score=self.proposer.initially(reading.form, reading.score))
        if Surroundings.SMALL in where:
            reading = replace(reading, score=self.proposer.among_small(reading.form, reading.score))
        if 1 < len(text) <= _LONGEST_LETTER and text.isalnum() and not text.isdigit():
            letters = self.proposer.lexicon.is_letter(reading.form)
            reading = replace(reading, score=(reading.score + _ONE_LETTER * letters).astype(np.float32))
        if Surroundings.COUNTED in where and self.is_official:
            reading = self._counted(reading)
        ids = self.model.ids
        if text.isdigit():
            kept = _NUMERAL.get(len(text), _LONG_NUMERAL)
            kept += _BEFORE_A_NUMERAL if Surroundings.BEFORE_NUMERAL in where else 0
            return reading.plus(ids[NUMBER], kept, KEEP)
        kept = keep_score(text) + (_ROW_NUMBER if Surroundings.ROW_NUMBER in where else 0)
        kept += _ABBREVIATION if text.isupper() and text.isalpha() and Surroundings.CAPITALS not in where else 0
        kept += _KEPT_ELSEWHERE * log1p(self.kept.get(text, 0.0)) if _may_abbreviate(text) else 0
        kept = _KEEP_UNBARRED if self._lost_its_bar(text) else kept
        return reading.plus(ids[UNKNOWN], kept, KEEP)

    def _counted(self, reading: Reading) -> Reading:
        """Give the scores that words have behind a numeral in running text."""
        lexicon = self.proposer.lexicon
        gain = _COUNTED_WEIGHT * lexicon.counted[reading.word] * lexicon.is_small(reading.form)
        return replace(reading, score=(reading.score + gain).astype(np.float32))

    def _lost_its_bar(self, text: str) -> bool:
        if not text.isupper() or "D" not in text or len(text) < _SHORT:
            return False
        ids = self.model.ids
        return text.lower() not in ids and text.replace("D", "Đ").lower() in ids

    def _joined(self, texts: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, Reading]:
        scores = word_scores(self.proposer.propose(texts), self.proposer.lexicon)
        # A letter alone is a word that was torn before it is one of the few words of one letter.
        good = {text for text, score in zip(texts, scores, strict=True) if score > _GOOD_WORD and len(text) > 1}
        torn = {(one, other) for one, other in pairs if _may_join(one, other) and not (one in good and other in good)}
        wholes = sorted({one + other for one, other in torn})
        found = dict(zip(wholes, self._readings(self.proposer.propose_parts(wholes), _JOINED), strict=True))
        return {f"{one} {other}": found[one + other] for one, other in torn}

    def _readings(self, found: Candidates, added: float) -> list[Reading]:
        words = self.proposer.lexicon.word_of(found.form)
        counts = (found.form >= 0).sum(axis=1)
        scores = (found.score + added).astype(np.float32)
        rows = enumerate(counts)
        return [Reading(words[n, :count], scores[n, :count], found.form[n, :count]) for n, count in rows]


def _may_abbreviate(text: str) -> bool:
    return text.isupper() and len(text) <= _LONGEST_ABBREVIATION


def _may_join(one: str, other: str) -> bool:
    both = one + other
    is_one_word = both.isalpha() and (both[1:].islower() or both.isupper())
    return is_one_word and len(both) <= _LONGEST_JOINED and min(len(one), len(other)) <= _SHORT


def keep_score(token: str) -> float:
    """Return what it costs to take a token as it stands for a word that the lexicon does not have."""
    if len(token) == 2 and token[0].isupper() and token[1].isdigit():
        return _KEEP_CODE
    too_long = _TOO_LONG * max(0, len(token) - _LONGEST_SYLLABLE) if token.isalpha() else 0.0
    if not token.replace("Đ", "D").isascii() or not token.isalpha():
        return _KEEP_ODD + too_long
    return _KEEP_CAPITALS if token.isupper() and len(token) > 1 else _KEEP_ASCII + too_long
