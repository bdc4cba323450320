"""Learning how an office writes from its own clean texts: a local model beside those that ship.

Opt-in: nothing is learned unless `doisoat learn` is run, and what it writes stays on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from pipeline.language.kneser_ney import KneserNey
from pipeline.language.mixture import Part, mix
from pipeline.language.ngrams import NgramModel
from pipeline.language.spelling import one_spelling
from pipeline.language.stream import END, UNKNOWN, words_of
from pipeline.language.unicode import vietnamese_nfc
from pipeline.normalize.gate import needs_repair
from pipeline.normalize.models import load_language

FEWEST_WORDS = 2000  # less text teaches next to nothing
_EVERY_ONE = (1, 1, 1, 1)
_MOST = (0, 500_000, 1_000_000, 1_000_000)  # n-grams kept; about 12 MB


def clean_lines(lines: Sequence[str]) -> list[str]:
    """Return those lines of a document that are right as they stand: a wrong reading must not be learned from."""
    return [line for line, is_wrong in zip(lines, needs_repair(lines), strict=True) if line.strip() and not is_wrong]


def learn(documents: Iterable[Sequence[str]]) -> tuple[NgramModel | None, int]:
    """Make a model of documents' lines; returns it, and of how many words. Fewer than `FEWEST_WORDS` make none."""
    words = load_language()[0].model.words
    ids = {word: number for number, word in enumerate(words)}
    text: list[int] = []
    known = 0
    for lines in documents:
        # Printed lines are no sentences: they are run on, and a document ends with an end.
        running = " ".join(one_spelling(vietnamese_nfc(line)) for line in clean_lines(lines))
        document = [ids.get(word, ids[UNKNOWN]) for word, _ in words_of(running)]
        known += len(document)
        text += [ids[END], *document]
    if known < FEWEST_WORDS:
        return None, known
    counted = KneserNey(np.array([*text, ids[END]], dtype=np.int64), len(words))
    return mix([Part(counted, 1.0, _EVERY_ONE)], words, _MOST), known
