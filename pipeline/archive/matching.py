"""What a search asks of an index of passages, in no database's language.

An index holds of every passage a set of tokens (`pipeline.archive.tokens`), no text and no places: it tells which
passages hold all words, neighbours among them; how near the words stand is seen in the few passages that it finds. Its
implementations (`pipeline.archive.fts5`, `pipeline.archive.tsvector`) find the same passages for the same question.
"""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, ...]
"""Words as `pipeline.archive.terms` makes them: letters and digits only."""

OPEN = "*"
"""Ends a word of which only the beginning is given; only the last word of a phrase may be open."""


@dataclass(frozen=True)
class Token:
    """The passage has this token, or, where it ends in `OPEN`, one that begins so."""

    text: str


NOWHERE = Token("@nowhere")
"""Which no passage has: where nothing can be found, a search finds nothing."""


@dataclass(frozen=True)
class AllOf:
    """The passage satisfies every part, of which there is at least one."""

    parts: tuple[Token | AllOf | AnyOf, ...]


@dataclass(frozen=True)
class AnyOf:
    """The passage satisfies one of the ways, of which there is at least one."""

    ways: tuple[Token | AllOf | AnyOf, ...]


Matching = Token | AllOf | AnyOf


@dataclass(frozen=True)
class Entry:
    """What the index holds of a passage: its id and its tokens, none of them twice."""

    passage: int
    tokens: tuple[str, ...]
