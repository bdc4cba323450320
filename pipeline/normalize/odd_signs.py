r"""Signs inside words that stand for letters: what an old engine made of marks, consistently and in its own way.

"th\lc" for "thực", "m!;lnh" for "mạnh", "Vi~t" for "Việt": the learned channel does not know such runs of signs. They
are taken in with a small probability for every marked vowel; which one they stand for, the adaptation to the document
finds out (`adaptation`), as with any letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from pipeline.normalize.channel import Channel

# A semicolon and a backslash stand with the strokes beside them.
_RUN = re.compile(r"(?<=[^\W_])(?:[01lIf!]?;[1lIt!]?|\(?\\[1lI]?|[~@§(){}!|]{1,2})(?=[^\W\d_])")
_FEWEST = 3  # different words with a run, before it is taken for a letter
_SHARE = 0.004  # of a run among what a marked vowel is read as


def widened(channel: Channel, tokens: Iterable[str]) -> Channel:
    """Return the channel with the runs of signs that stand inside words of a document, itself if there are none."""
    runs = Counter(run for token in set(tokens) for run in set(_RUN.findall(token)))
    new = sorted(run for run, times in runs.items() if times >= _FEWEST and run not in channel.seen_chunks)
    if not new:
        return channel
    first = max(channel.seen_chunks.values()) + 1
    seen = channel.seen_chunks | {run: number for number, run in enumerate(new, first)}
    table = np.full((len(channel.table), first + len(new)), channel.table.min(), dtype=np.float32)
    table[:, : channel.table.shape[1]] = channel.table
    marked = [number for chunk, number in channel.true_chunks.items() if _is_marked_vowel(chunk)]
    table[np.ix_(marked, range(first, first + len(new)))] = np.log(_SHARE)
    return replace(channel, seen_chunks=seen, table=table)


def as_letters(token: str) -> str:
    """Return the token with a letter in the place of each run of signs that stands inside a word."""
    return _RUN.sub("a", token)


def _is_marked_vowel(chunk: str) -> bool:
    return len(chunk) == 1 and len(unicodedata.normalize("NFD", chunk)) > 1
