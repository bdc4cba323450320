"""Lines of which one word has several readings, for tests of what chooses among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.language.context_network import ContextNetwork
from pipeline.normalize.decoder import Decoded
from pipeline.normalize.lattice import KEEP, Lattice, Reading, Readings, lay_out
from pipeline.normalize.models import load_context
from pipeline.normalize.outcome import outcomes
from pipeline.normalize.pieces import Spot
from pipeline.normalize.wide_context import Stream, Weighed, weighed
from tests.decided_words import OFFICIAL, Decided, decided

LEXICON = OFFICIAL.lexicon
FORMS = {form: number for number, form in reversed(list(enumerate(LEXICON.forms)))}


@dataclass(frozen=True)
class OpenWord:
    """A line of which one token has several readings, with the probability of each; the first is chosen."""

    document: Decided
    lattice: Lattice
    decoded: Decoded
    stream: Stream
    spot: Spot

    def weighed(self, network: ContextNetwork | None = None, settled: tuple[Spot, ...] = ()) -> Weighed:
        return weighed(network or load_context(), self.lattice, self.decoded, self.stream, settled)

    def probabilities(self, decoded: Decoded) -> dict[str, float]:
        arcs = [arc for arc, spot in enumerate(self.lattice.first) if self.lattice.spots[spot] == self.spot]
        names = ("(kept)" if self.lattice.form[arc] == KEEP else LEXICON.forms[self.lattice.form[arc]] for arc in arcs)
        return dict(zip(names, decoded.posterior[arcs].tolist(), strict=True))

    def word(self, decoded: Decoded) -> list[str]:
        return outcomes(self.lattice, decoded, self.document.pieces, LEXICON)[self.spot].words


def open_word(
    line: str, token: str, readings: Mapping[str, float], looks_like: Mapping[str, float] | None = None
) -> OpenWord:
    """Lay out a line; "(kept)" is the reading that leaves the token as it is.

    `readings` are the probabilities, `looks_like` how much the token looks like each (log, 0 for none given).
    """
    document = decided([line], doubtful={token: next(iter(readings))})
    spot = document.spot(token)
    whole = {other: _reading([outcome.forms[0]], [0.0]) for other, outcome in document.found.items()}
    scores = [(looks_like or {}).get(name, 0.0) for name in readings]
    whole[spot] = _reading([KEEP if name == "(kept)" else FORMS[name] for name in readings], scores)
    ids = OFFICIAL.model.ids
    lattice = lay_out(document.sentences, document.pieces, Readings(whole, {}, {}, {}), ids)
    at = np.array([lattice.spots[first] == spot for first in lattice.first])
    posterior = np.ones(len(at), dtype=np.float32)
    posterior[at] = list(readings.values())
    chosen = ~at
    chosen[np.flatnonzero(at)[0]] = True
    decoded = Decoded(chosen, posterior, np.zeros(1, dtype=np.float32))
    return OpenWord(
        document, lattice, decoded, Stream.of(document.sentences, document.pieces, document.found, ids), spot
    )


def _reading(forms: list[int], scores: list[float]) -> Reading:
    form = np.array(forms, dtype=np.int32)
    word = np.where(form == KEEP, OFFICIAL.model.ids["<unk>"], LEXICON.word_of(form)).astype(np.int32)
    return Reading(word, np.array(scores, dtype=np.float32), form)
