"""Kinds that exclude each other: what is told of one of them is never what is told of another.

"Vốn ngân sách trung ương" and "vốn ngân sách địa phương" share most of their words, and no rarity of words tells that
the two that differ part them. The list of `data/contrasts.txt` does.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from pipeline.language.spelling import one_spelling

_KNOWN_NAMES = 32_768


@cache
def _lines() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the list: its lines, of each the kinds, of each the phrases with a blank on both sides."""
    text = files("pipeline.extract").joinpath("data/contrasts.txt").read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        tuple(tuple(f" {_spelled(phrase)} " for phrase in kind.split(",")) for kind in line.split("|")) for line in told
    )


@lru_cache(maxsize=_KNOWN_NAMES)
def kinds(name: str) -> dict[int, frozenset[int]]:
    """Return for each line of the list of which a name has a phrase the kinds that it names, by their places."""
    spelled = f" {_spelled(name)} "
    found: dict[int, frozenset[int]] = {}
    for number, line in enumerate(_lines()):
        named = _named(spelled, line)
        if named:
            found[number] = named
    return found


def _named(spelled: str, line: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    """Return the kinds of a line that a name has; a phrase within a longer one that is there does not count."""
    said = [(place, phrase) for place, kind in enumerate(line) for phrase in kind if phrase in spelled]
    return frozenset(
        place for place, phrase in said if not any(phrase != other and phrase.strip() in other for _, other in said)
    )


def exclude(one: str, other: str) -> bool:
    """Say whether two names tell of kinds that exclude each other."""
    left, right = kinds(one), kinds(other)
    return any(not left[line] & right[line] for line in left.keys() & right.keys())


def without_excluded(name: str, own: str) -> str:
    """Return a name without the phrases that another one's kinds exclude.

    "Đã giải quyết 28.977 hồ sơ" goes on with what "tiếp nhận 31.604 hồ sơ đất đai" counts, but not with the receiving.
    """
    told, kept = kinds(own), name
    for number, named in kinds(name).items():
        if number not in told or told[number] & named:
            continue
        for place in named:
            for phrase in _lines()[number][place]:
                kept = _cut(kept, phrase)
    return kept


def _spelled(phrase: str) -> str:
    """Return a phrase with its marks, which tell "bò" from "bộ": what a wrong reading lost is not guessed at."""
    return one_spelling(" ".join(phrase.lower().split()))


def _cut(name: str, phrase: str) -> str:
    words, cut = name.split(), phrase.split()
    spelled = [_spelled(word) for word in words]
    at = next((i for i in range(len(words)) if spelled[i : i + len(cut)] == cut), None)
    return name if at is None else " ".join([*words[:at], *words[at + len(cut) :]])
