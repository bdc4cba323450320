"""Cue phrases and unit nouns in a sentence, found with spaCy's PhraseMatcher over the lexicon of `data/lexicon.toml`.

spaCy's blank Vietnamese pipeline is used for its vocabulary and matcher only; the words are ours (one syllable each),
so no word segmenter is needed. It is loaded on first use. On text that was repaired imperfectly, the few long cues
that decide a breakdown are also found fuzzily (RapidFuzz), for there a single wrong letter would lose a whole sum.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import SUPERSCRIPTS

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

# Superscript digits are letters to a regular expression; here they end a word.
_TOKEN = re.compile(rf"(?:(?![{SUPERSCRIPTS}])[^\W\d_])+|\d+|[^\w\s]")
# A fuzzy cue must be followed by what a cue is followed by: "trong độ tuổi" is one letter from "trong đó".
_AFTER_CUE = re.compile(r"\s*[:,(]|\s+(?:có|là|gồm|đến|\d)")
_FUZZY_SCORE = 83
# "quy ước", "hương ước", "công ước": agreements, no estimates.
_AGREEMENT = re.compile(r"\b(?:quy|hương|giao|công|hiệp|khế|cam|điều)\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Cue:
    """A cue phrase at [start, end) of a text: `kind` is the lexicon's table, `label` the key in it."""

    start: int
    end: int
    kind: str
    label: str
    text: str


@cache
def _lexicon() -> Mapping[str, Any]:
    source = resources.files("pipeline.extract").joinpath("data/lexicon.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def dimensions() -> Mapping[str, Mapping[str, str]]:
    """Return dimension → phrase → value."""
    table: Mapping[str, Mapping[str, str]] = _lexicon()["dimension"]
    return table


@cache
def stop_words() -> frozenset[str]:
    """Return the words that neither are nor go on a unit."""
    return frozenset(_lexicon()["words"]["not_in_units"].split())


@cache
def of_everything() -> frozenset[str]:
    """Return the words that say whose a number is, or when, and so nothing of what is counted."""
    return frozenset(_lexicon()["words"]["of_everything"].split())


@cache
def narrowing_nothing() -> frozenset[str]:
    """Return the words that do not narrow what a noun beside them counts."""
    return stop_words() | of_everything()


@cache
def states() -> tuple[str, ...]:
    """Return the states into which a total falls apart: "đang thực hiện"."""
    phrases: list[str] = _lexicon()["state"]["partition"]
    return tuple(phrases)


@cache
def offices() -> tuple[str, ...]:
    """Return the names of offices by what they are for: "sở khoa học và công nghệ"."""
    words = _lexicon()["words"]
    return tuple(f"{office} {field}" for office in words["offices"] for field in words["fields"])


@cache
def _empty_ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def alternatives(*keys: str) -> str:
        phrases = [phrase for key in keys for phrase in _lexicon()["words"][key]]
        return "|".join(map(_alone, sorted(phrases, key=len, reverse=True)))

    first = re.compile(rf"(?:(?:{alternatives('empty_first', 'empty')})(?:\s+|$))+", re.IGNORECASE)
    last = re.compile(rf"(?:(?:^|\s+)(?:{alternatives('empty_last', 'empty')}))+$", re.IGNORECASE)
    return first, last


def _alone(phrase: str) -> str:
    """Return the pattern of a phrase where it is neither the end nor the beginning of a longer word."""
    wholes = [one_spelling(whole) for whole in _lexicon()["words"]["whole"]]
    spelled = one_spelling(phrase)
    before = "".join(
        rf"(?<!\b{re.escape(whole.removesuffix(spelled))})" for whole in wholes if whole.endswith(f" {spelled}")
    )
    behind = "".join(
        rf"(?!{re.escape(whole.removeprefix(spelled))}\b)" for whole in wholes if whole.startswith(f"{spelled} ")
    )
    return before + re.escape(spelled) + behind


def without_empty_words(phrase: str, *, head: bool) -> str:
    """Strip from a phrase's ends what is said of every figure; its beginning only with `head`."""
    first, last = _empty_ends()
    if head and (match := first.match(one_spelling(phrase))):
        phrase = phrase[match.end() :]
    match = last.search(one_spelling(phrase))
    return phrase[: match.start()] if match else phrase


@cache
def _matcher() -> tuple[Vocab, PhraseMatcher, Mapping[int, tuple[str, str]]]:
    # Loaded here, not at import: spaCy takes more than a second, and most commands never extract.
    import spacy  # noqa: PLC0415
    from spacy.matcher import PhraseMatcher  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415

    vocab = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}}).vocab
    matcher = PhraseMatcher(vocab, attr="LOWER")
    labels: dict[int, tuple[str, str]] = {}
    for kind in ("qualifier", "status", "whole", "state", "cumulative", "scale", "unit"):
        for label, phrases in _lexicon()[kind].items():
            key = f"{kind}.{label}"
            matcher.add(key, [Doc(vocab, words=_TOKEN.findall(one_spelling(phrase))) for phrase in phrases])
            labels[vocab.strings[key]] = (kind, label)
    return vocab, matcher, labels


def find(text: str) -> list[Cue]:
    """Return the cues of a text in order; of one kind, the longest at a place."""
    from spacy.tokens import Doc  # noqa: PLC0415

    vocab, matcher, labels = _matcher()
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return []
    cues: list[Cue] = []
    for key, first, last in matcher(Doc(vocab, words=[one_spelling(token[0]) for token in tokens])):
        kind, label = labels[key]
        start, end = tokens[first].start(), tokens[last - 1].end()
        if label == "estimate" and _AGREEMENT.search(text[:start]):
            continue
        cues.append(Cue(start, end, kind, label, text[start:end]))
    return _longest([*cues, *_fuzzy(text, tokens, cues)])


def _longest(cues: Sequence[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (c.start - c.end, c.start)):
        if not any(k.kind == cue.kind and k.start < cue.end and cue.start < k.end for k in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _fuzzy(text: str, tokens: Sequence[re.Match[str]], exact: Sequence[Cue]) -> list[Cue]:
    """Return the cues of the lexicon's table `fuzzy` that an imperfect repair left with a wrong letter."""
    found: list[Cue] = []
    for key, phrases in _lexicon()["fuzzy"].items():
        kind, label = key.split("-")
        for phrase in phrases:
            for start, end in _windows(tokens, phrase):
                if text[start].lower() != phrase[0] or not _AFTER_CUE.match(text, end):
                    continue
                if any(c.kind == kind and c.start < end and start < c.end for c in exact):
                    continue
                if fuzz.ratio(text[start:end].lower(), phrase) >= _FUZZY_SCORE:
                    found.append(Cue(start, end, kind, label, text[start:end]))
    return found


def _windows(tokens: Sequence[re.Match[str]], phrase: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of as many words and about as many characters as the phrase has."""
    size = phrase.count(" ") + 1
    for index in range(len(tokens) - size + 1):
        start, end = tokens[index].start(), tokens[index + size - 1].end()
        if abs(end - start - len(phrase)) <= 1:
            yield start, end
