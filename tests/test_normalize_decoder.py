"""The search through a lattice: the best path is the best of all paths, and posteriors are probabilities."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalize.decoder import Arcs, Scoring, decode
from pipeline.normalize.lattice import KEEP, Reading, Readings, lay_out
from pipeline.normalize.models import load_language
from pipeline.normalize.pieces import Piece, Sort, Spot

LANGUAGE = load_language()[0]
SCORING = Scoring(LANGUAGE.trie, None, 0.2, 0.7, np.zeros(len(LANGUAGE.model.words), dtype=np.float32))
WORDS = st.lists(st.integers(6, 400), min_size=1, max_size=3, unique=True)


def chain(places: list[list[int]], scores: list[list[float]]) -> Arcs:
    """A sentence whose place i may be any of `places[i]`."""
    sizes = [len(place) for place in places]
    return Arcs(
        sentence=np.array([[0, len(places)]], dtype=np.int32),
        start=np.concatenate([[0, 0], np.cumsum(sizes)]).astype(np.int32),
        origin=np.repeat(np.arange(len(places)), sizes).astype(np.int32),
        word=np.concatenate(places).astype(np.int32),
        score=np.concatenate(scores).astype(np.float32),
    )


def log_weight(path: tuple[int, ...], scores: list[float]) -> float:
    words = np.array([0, *path, 0], dtype=np.int32)
    return 0.7 * float(LANGUAGE.trie.score(words).sum()) + sum(scores)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_best_path_and_the_posteriors_are_those_of_all_paths(places: list[list[int]], chance: object) -> None:
    scores = [[-chance.random() * 3 for _ in place] for place in places]  # type: ignore[attr-defined]
    decoded = decode(SCORING, chain(places, scores))
    paths = list(itertools.product(*(range(len(place)) for place in places)))
    weights = np.array(
        [
            log_weight(
                tuple(p[k] for p, k in zip(places, path, strict=True)),
                [s[k] for s, k in zip(scores, path, strict=True)],
            )
            for path in paths
        ]
    )
    starts = np.cumsum([0, *(len(place) for place in places)])[:-1]
    taken = tuple(int(arc) - int(start) for arc, start in zip(np.flatnonzero(decoded.chosen), starts, strict=True))
    assert decoded.best[0] == pytest.approx(weights.max(), abs=1e-3)
    assert weights[paths.index(taken)] == pytest.approx(weights.max(), abs=1e-3)
    shares = np.exp(weights - weights.max())
    shares /= shares.sum()
    for place, start in enumerate(starts):
        for k in range(len(places[place])):
            expected = sum(share for share, path in zip(shares, paths, strict=True) if path[place] == k)
            assert decoded.posterior[start + k] == pytest.approx(expected, abs=2e-3)


def reading(*words: str) -> Reading:
    ids = np.array([LANGUAGE.model.ids[word] for word in words], dtype=np.int32)
    return Reading(ids, np.zeros(len(words), dtype=np.float32), np.arange(len(words), dtype=np.int32))


def test_a_token_can_be_cut_and_two_can_be_joined() -> None:
    pieces = [
        [Piece(Sort.WORD, text) if text != " " else Piece(Sort.GLUE, " ") for text in ("donvi", " ", "tie", " ", "nr")]
    ]
    spots = [Spot(0, 0), Spot(0, 2), Spot(0, 4)]
    none = Reading(np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.int32))
    unlikely = none.plus(LANGUAGE.model.ids["<unk>"], -30.0, KEEP)
    readings = Readings(
        whole=dict.fromkeys(spots, unlikely),
        parts={"don": reading("đơn"), "vi": reading("vị")},
        joined={"tie nr": reading("tiên")},
        cuts={"donvi": (3,)},
    )
    lattice = lay_out([spots], pieces, readings, LANGUAGE.model.ids)
    chosen = np.flatnonzero(decode(SCORING, lattice.arcs).chosen)
    assert [LANGUAGE.model.words[word] for word in lattice.arcs.word[chosen]] == ["đơn", "vị", "tiên"]
    assert [(lattice.first[arc], lattice.last[arc]) for arc in chosen] == [(0, 0), (0, 0), (1, 2)]
    assert list(lattice.whole[chosen]) == [False, False, True]
