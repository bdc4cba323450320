"""Repair of what a wrong-language OCR made of Vietnamese: a noisy channel and a language model (DESIGN section 3).

Two passes: the first reads the document with the channel as it was learned, the second reads the sentences that are not
certain with the channel adapted to what the first one found, and with a leaning to the document's own words. What is
still not sure is weighed by what stands further around. Numerals keep their digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.language.context_network import ContextNetwork
from pipeline.language.unicode import strip_marks, vietnamese_nfc
from pipeline.normalize.adaptation import adapted_channel, leaning
from pipeline.normalize.candidates import Effort, Proposer
from pipeline.normalize.channel import Channel, stripped_channel
from pipeline.normalize.decoder import Decoded, decode
from pipeline.normalize.digit_words import DigitWords
from pipeline.normalize.document_language import with_document
from pipeline.normalize.doubtful import DOUBTFUL_BELOW
from pipeline.normalize.expected import expected, fitting
from pipeline.normalize.explanation import Explanation, explanation
from pipeline.normalize.footnotes import raise_marks
from pipeline.normalize.gate import lost_marks_only, needs_repair
from pipeline.normalize.lattice import Lattice, Pair, Reading, lay_out, neighbours
from pipeline.normalize.lone_capitals import with_small_letters
from pipeline.normalize.lost_bars import with_bars
from pipeline.normalize.lost_marks import recover_marks
from pipeline.normalize.models import Language, load_channel, load_context, load_language, with_local
from pipeline.normalize.national_title import with_national_title
from pipeline.normalize.odd_signs import widened
from pipeline.normalize.outcome import Outcome, doubtful_sentences, outcomes
from pipeline.normalize.pieces import Piece, Spot, cut_line, cut_right_line, sentences
from pipeline.normalize.place_names import PlaceNames
from pipeline.normalize.readings import Reader
from pipeline.normalize.repaired import RepairedLine
from pipeline.normalize.run_together import run_together
from pipeline.normalize.scoring import best_language, scoring, without_leaning
from pipeline.normalize.seal_remains import without_seal_remains
from pipeline.normalize.splitting import Cuts, find_cuts
from pipeline.normalize.surroundings import Surroundings, surroundings
from pipeline.normalize.wide_context import Stream, Weighed, weighed
from pipeline.normalize.written import written

Floats = npt.NDArray[np.float32]

_MARKED = Effort(32)  # there are many ways to put marks on one word
_BLOCK = 3000  # lines decoded together: bounds the memory that a long document takes
_ENOUGH_TO_ADAPT = 120  # distinct tokens
_SURE_FROM = 0.99  # words above it are not looked at again
_MOST_PASSES = 3
_FAR = 0.18  # share of doubtful words, at first, of a reader that is far from those known
_STILL_OPEN = 0.06  # share of doubtful words that makes another pass worth its time
_SAMPLE = 24  # sentences from which it is told what kind of text a document is
_LONG_ENOUGH = 6  # words of a sentence of the sample
_ENUMERATOR = re.compile(r"\s*([a-zđA-ZĐ])\)\s")
_BARRED = {"d": "đ", "D": "Đ"}


@dataclass(frozen=True)
class _Task:
    """What is to be decoded: lines in pieces, their sentences, the surroundings of the tokens, where they may be cut.

    `proposer` proposes what they may be, before anything is known of the document. `marks_only` says that the text lost
    its marks and nothing else.
    """

    pieces: list[list[Piece]]
    sentences: list[list[Spot]]
    where: Mapping[Spot, Surroundings]
    cuts: Cuts
    proposer: Proposer
    marks_only: bool

    def text(self, spot: Spot) -> str:
        return self.pieces[spot.line][spot.place].text


@dataclass(frozen=True)
class _Means:
    """What sentences are decoded with.

    `more` are readings that the channel does not propose, `pairs` two words that one token may be, `kept` the tokens
    that the document has as words of its own.
    """

    language: Language
    proposer: Proposer
    bonus: Floats
    more: Mapping[Spot, Reading] = field(default_factory=dict)
    pairs: Mapping[Spot, Sequence[Pair]] = field(default_factory=dict)
    kept: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Pass:
    """Sentences as they were decoded once, with which language model, and what was found."""

    lattice: Lattice
    decoded: Decoded
    language: Language
    found: dict[Spot, Outcome]


class Repairer:
    """Repairs lines of text; make it with `load`."""

    def __init__(self, languages: Sequence[Language], channel: Channel, network: ContextNetwork) -> None:
        """Take the language models that a document may be written in, the usual one first, the channel, the network."""
        self._languages = languages
        self._network = network
        self._lexicon = languages[0].lexicon
        self._proposer = Proposer(self._lexicon, channel)
        self._digit_words = DigitWords(languages[0].model.ids)
        self._place_names = PlaceNames(channel, languages[0])

    @classmethod
    def load(cls, local: Path | None = None) -> Repairer:
        """Load the learned models; later calls give the same repairer.

        Args:
            local: Folder of a model of the office's own texts (`doisoat learn`).

        Raises:
            ConfigurationError: The folder does not hold such a model.
        """
        return _loaded(local)

    def repair_lines(self, lines: Sequence[str], page_starts: Sequence[int] = ()) -> list[str]:
        """Return the lines as Vietnamese, one for one; lines that are already right come back unchanged (in NFC).

        `page_starts` are the indices of the lines that begin pages, where they are known.
        """
        return [line.text for line in self.repair(lines, page_starts)]

    def repair(self, lines: Sequence[str], page_starts: Sequence[int] = ()) -> list[RepairedLine]:
        """Return the lines as `repair_lines` does, with what is known of each word of those that were repaired."""
        out = [RepairedLine(vietnamese_nfc(line)) for line in lines]
        wrong, marked = _to_repair([line.text for line in out], page_starts)
        repaired: list[RepairedLine] = []
        for start in range(0, len(wrong), _BLOCK):
            repaired += self._decode([marked[number] for number in wrong[start : start + _BLOCK]])
        # Glued digits are raised last: before, digits glued to letters are misread letters more often than marks.
        texts = raise_marks([line.text for line in repaired])
        for number, line, text in zip(wrong, repaired, texts, strict=True):
            out[number] = line.with_text(text)
        return out

    def explain(self, lines: Sequence[str], token: str) -> list[Explanation]:
        """Say for each place where `token` was read what it may be, with the scores that decided, in order of lines.

        `token` is a word as it was seen, without the punctuation around it. Lines that need no repair have none.
        """
        wrong, text = _to_repair([vietnamese_nfc(line) for line in lines], ())
        found: list[Explanation] = []
        for start in range(0, len(wrong), _BLOCK):
            numbers = wrong[start : start + _BLOCK]
            task = self._task([text[number] for number in numbers])
            passes = list(self._passes(task))
            outcome = {spot: known for p in passes for spot, known in p.found.items()}
            by_spot: dict[Spot, tuple[_Pass, Decoded]] = {}
            for p, newly in self._weighed(task, passes, outcome):
                places = (spot for spot in p.lattice.spots if task.text(spot) == token)
                by_spot = dict.fromkeys(places, (p, newly.decoded)) | by_spot
            found += [
                explanation(p.lattice, decoded, spot, p.language, (numbers[spot.line], token))
                for spot, (p, decoded) in sorted(by_spot.items(), key=lambda item: (item[0].line, item[0].place))
                if spot in task.where
            ]
        return found

    def _decode(self, lines: list[str]) -> list[RepairedLine]:
        task = self._task(lines)
        found: dict[Spot, Outcome] = {}
        passes = list(self._passes(task))
        for decided in passes:
            found |= decided.found
        for decided, newly in self._weighed(task, passes, found):
            found |= outcomes(decided.lattice, newly.alone, task.pieces, self._lexicon)
        found |= self._place_names.read(task.sentences, task.pieces, found)
        found |= with_small_letters(task.sentences, task.pieces, found, self._lexicon)
        found |= with_bars(task.sentences, task.pieces, found)
        found |= with_national_title(task.sentences, task.pieces, found)
        return _with_barred_enumerators([written(pieces, number, found) for number, pieces in enumerate(task.pieces)])

    def _task(self, lines: list[str]) -> _Task:
        marks_only = lost_marks_only(lines, self._bare_words)
        pieces = list(map(cut_right_line, lines) if marks_only else map(cut_line, without_seal_remains(lines)))
        found = list(sentences(pieces, lines))
        where = surroundings(pieces, found)
        tokens = sorted({pieces[spot.line][spot.place].text for spot in where})
        proposer = self._marks_only if marks_only else self._for_signs(tokens)
        cuts = {} if marks_only else find_cuts(tokens, proposer)
        return _Task(pieces, found, where, cuts, proposer, marks_only)

    def _passes(self, task: _Task) -> Iterator[_Pass]:
        """Decode all sentences, then those again that are not certain, and once more where much is still doubtful."""
        if not task.where:
            return
        base = task.proposer
        language = self._language(task, base)
        latest = self._pass(task, task.sentences, self._first_means(language, base))
        found = dict(latest.found)
        is_far = _doubtful_share(found) >= _FAR
        yield latest
        for _ in range(_MOST_PASSES - 1):
            decided = _decided(task, found)
            if len(decided) < _ENOUGH_TO_ADAPT:
                return
            doubtful = doubtful_sentences(latest.lattice, latest.decoded, _SURE_FROM)
            again = [latest.lattice.sentences[number] for number in doubtful]
            bonus = leaning(self._lexicon, _weighted_forms(task, found))
            means = _Means(language, base, bonus, kept=_kept(task, found))
            if not task.marks_only:
                channel = adapted_channel(base.channel, self._lexicon, decided)
                means = replace(means, proposer=base.adapted(channel, _sure_tokens(task, found), is_far))
                means = _with_context(means, task, again, found)
            latest = self._pass(task, again, means)
            found |= latest.found
            yield latest
            if _doubtful_share(found) < _STILL_OPEN:
                return

    def _weighed(
        self, task: _Task, passes: Sequence[_Pass], found: Mapping[Spot, Outcome]
    ) -> Iterator[tuple[_Pass, Weighed]]:
        """Weigh what is not sure once more, in the pass that decided it last; latest passes first."""
        stream = Stream.of(task.sentences, task.pieces, found, self._languages[0].model.ids)
        decided: set[Spot] = set()
        for latest in reversed(passes):
            digits = self._digit_words.as_seen(latest.lattice, latest.decoded, stream, decided)
            left = decided.union(digits.spots(latest.lattice))
            newly = weighed(self._network, latest.lattice, digits.decoded, stream, left)
            yield latest, newly.and_also(digits.arcs)
            decided.update(latest.lattice.spots)

    def _pass(self, task: _Task, which: Sequence[Sequence[Spot]], means: _Means) -> _Pass:
        """Decode some of the sentences once."""
        lattice = self._lattice(task, which, means)
        decoded = decode(scoring(means.language, means.bonus), lattice.arcs)
        return _Pass(lattice, decoded, means.language, outcomes(lattice, decoded, task.pieces, self._lexicon))

    def _lattice(self, task: _Task, which: Sequence[Sequence[Spot]], means: _Means) -> Lattice:
        """Lay out some of the sentences; all language models are over the same words."""
        model = means.language.model
        is_official = model is self._languages[0].model
        reader = Reader(model, means.proposer, means.kept, is_official)
        tokens = {s: (task.text(s), task.where[s]) for sentence in which for s in sentence if s in task.where}
        pairs = neighbours(which, task.pieces)
        readings = reader.bare(tokens) if task.marks_only else reader.read(tokens, task.cuts, pairs)
        return lay_out(which, task.pieces, readings.with_more(means.more, means.pairs), model.ids)

    def _language(self, task: _Task, proposer: Proposer) -> Language:
        """Choose the language model that reads a sample of the sentences best."""
        long = [sentence for sentence in task.sentences if len(sentence) >= _LONG_ENOUGH] or task.sentences
        sample = long[:: max(1, len(long) // _SAMPLE)][:_SAMPLE]
        first = self._first_means(self._languages[0], proposer)
        return best_language(self._languages, self._lattice(task, sample, first))

    def _first_means(self, language: Language, proposer: Proposer) -> _Means:
        """Return what a document is decoded with of which nothing is known yet."""
        return _Means(language, proposer, without_leaning(self._lexicon))

    def _for_signs(self, tokens: Sequence[str]) -> Proposer:
        """Take the proposer that knows the signs which stand for letters in this document."""
        channel = widened(self._proposer.channel, tokens)
        return self._proposer if channel is self._proposer.channel else self._proposer.through(channel)

    @cached_property
    def _marks_only(self) -> Proposer:
        """Candidates for text that lost its marks and nothing else."""
        alphabet = sorted({letter for form in self._lexicon.forms for letter in form})
        return Proposer(self._lexicon, stripped_channel("".join(alphabet)), _MARKED)

    @cached_property
    def _bare_words(self) -> frozenset[str]:
        return frozenset(map(strip_marks, self._lexicon.words))


def _with_context(means: _Means, task: _Task, which: Sequence[Sequence[Spot]], found: Mapping[Spot, Outcome]) -> _Means:
    """Add the document's own phrases, where no local model has the office's, and the words that contexts call for."""
    language = means.language
    if language.local is None:
        language = with_document(language, task.sentences, task.pieces, found)
    more = expected(language, means.proposer, which, task.pieces, found)
    return replace(
        means,
        language=language,
        more=fitting(more, task.where, task.pieces, language.lexicon),
        pairs=run_together(language.lexicon, means.proposer.channel, task.sentences, task.pieces, found),
    )


def _decided(task: _Task, found: Mapping[Spot, Outcome]) -> dict[tuple[str, int], float]:
    """Count which tokens were decided to be which forms, each as much as it is sure."""
    times: dict[tuple[str, int], float] = {}
    for spot, outcome in found.items():
        if outcome.is_whole_word:
            pair = task.text(spot), outcome.forms[0]
            times[pair] = times.get(pair, 0.0) + outcome.confidence
    return times


def _weighted_forms(task: _Task, found: Mapping[Spot, Outcome]) -> Iterator[tuple[int, float]]:
    """Yield the forms found, each with how much it tells of the document's words.

    What is doubtful tells as much as it is likely; where only marks were lost it is one of a few words of the same
    letters, and tells nearly as much as what is sure.
    """
    for outcome in found.values():
        weight = 1.0 if task.marks_only else outcome.confidence
        yield from ((form, weight) for form in outcome.forms if form >= 0)


def _kept(task: _Task, found: Mapping[Spot, Outcome]) -> dict[str, float]:
    """Count how often tokens were kept as they are."""
    times: dict[str, float] = {}
    for spot, outcome in found.items():
        if outcome.kept:
            times[task.text(spot)] = times.get(task.text(spot), 0.0) + outcome.confidence
    return times


def _sure_tokens(task: _Task, found: Mapping[Spot, Outcome]) -> set[str]:
    """Find the tokens of which no place is doubtful."""
    doubtful = {task.text(spot) for spot, outcome in found.items() if outcome.confidence < _SURE_FROM}
    return set(map(task.text, found)) - doubtful


def _doubtful_share(found: Mapping[Spot, Outcome]) -> float:
    return sum(outcome.confidence < DOUBTFUL_BELOW for outcome in found.values()) / max(1, len(found))


def _to_repair(text: list[str], page_starts: Sequence[int]) -> tuple[list[int], list[str]]:
    """Say which lines are wrong; returns their indices, and all lines with the marks set that were read as signs.

    These are found first: behind "phuong®." the decoder would look for a word with a sign.
    """
    wrong = [number for number, is_wrong in enumerate(needs_repair(text)) if is_wrong]
    return wrong, recover_marks(text, page_starts) if wrong else text


def _with_barred_enumerators(lines: list[RepairedLine]) -> list[RepairedLine]:
    """Mend the order of list marks: a, b, c, d, đ, e. A second "d)" after "d)" is "đ)"."""
    last = ""
    for number, line in enumerate(lines):
        match = _ENUMERATOR.match(line.text)
        if match:
            if match[1] == last and last in _BARRED:
                lines[number] = line.with_text(line.text[: match.start(1)] + _BARRED[last] + line.text[match.end(1) :])
            last = match[1]
    return lines


@lru_cache(maxsize=2)
def _loaded(local: Path | None) -> Repairer:
    languages = load_language()
    return Repairer(with_local(languages, local) if local else languages, load_channel(), load_context())
