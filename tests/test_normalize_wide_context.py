"""Words that are not sure are weighed by what stands further around them; all others stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
LINE = "Nộp hồ sơ qua Cổng dịch vụ cộng quốc gia"


@dataclass(frozen=True)
class Case:
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


def case(line: str, token: str, readings: dict[str, float]) -> Case:
    """Lay out a line; "(kept)" is the reading that leaves the token as it is."""
    document = decided([line], doubtful={token: next(iter(readings))})
    spot = document.spot(token)
    whole = {other: _reading([outcome.forms[0]]) for other, outcome in document.found.items()}
    whole[spot] = _reading([KEEP if name == "(kept)" else FORMS[name] for name in readings])
    ids = OFFICIAL.model.ids
    lattice = lay_out(document.sentences, document.pieces, Readings(whole, {}, {}, {}), ids)
    at = np.array([lattice.spots[first] == spot for first in lattice.first])
    posterior = np.ones(len(at), dtype=np.float32)
    posterior[at] = list(readings.values())
    chosen = ~at
    chosen[np.flatnonzero(at)[0]] = True
    decoded = Decoded(chosen, posterior, np.zeros(1, dtype=np.float32))
    return Case(document, lattice, decoded, Stream.of(document.sentences, document.pieces, document.found, ids), spot)


def _reading(forms: list[int]) -> Reading:
    form = np.array(forms, dtype=np.int32)
    word = np.where(form == KEEP, OFFICIAL.model.ids["<unk>"], LEXICON.word_of(form)).astype(np.int32)
    return Reading(word, np.zeros(len(form), dtype=np.float32), form)


def test_of_two_readings_the_one_that_fits_is_taken() -> None:
    doubtful = case(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    assert doubtful.word(doubtful.decoded) == ["cộng"]
    assert doubtful.word(doubtful.weighed().decoded) == ["công"]


def test_a_word_that_is_sure_stays() -> None:
    sure = case(LINE, "cộng", {"cộng": 0.997, "công": 0.003})
    assert not len(sure.weighed().arcs)
    assert sure.word(sure.weighed().decoded) == ["cộng"]


def test_the_readings_share_what_they_had_and_a_token_kept_keeps_its_own() -> None:
    doubtful = case(LINE, "cộng", {"cộng": 0.5, "công": 0.2, "(kept)": 0.1})
    now = doubtful.probabilities(doubtful.weighed().decoded)
    assert now["(kept)"] == np.float32(0.1)
    assert abs(sum(now.values()) - 0.8) < 1e-5
    assert now["công"] > 0.2


def test_a_spot_that_was_weighed_elsewhere_is_left_alone() -> None:
    doubtful = case(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    assert not len(doubtful.weighed(settled=(doubtful.spot,)).arcs)


def test_a_network_that_has_nothing_to_say_changes_no_word() -> None:
    network = load_context()
    silent = replace(network, within=np.zeros_like(network.within), usual=np.zeros_like(network.usual))
    doubtful = case(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    now = doubtful.probabilities(doubtful.weighed(silent).decoded)
    assert now["cộng"] > now["công"]
    assert doubtful.word(doubtful.weighed(silent).decoded) == ["cộng"]


def test_what_changes_is_a_neighbour_of_what_comes_after() -> None:
    doubtful = case(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    at = doubtful.stream.at[doubtful.spot]
    doubtful.weighed()
    assert LEXICON.words[doubtful.stream.words[at]] == "công"


def test_what_is_counted_is_left_to_the_n_grams() -> None:
    doubtful = case("Toàn xã có 57 họ được vay vốn", "họ", {"họ": 0.45, "hộ": 0.55})
    assert not len(doubtful.weighed().arcs)
    in_a_list = case("57. họ và tên", "họ", {"họ": 0.45, "hộ": 0.55})
    assert len(in_a_list.weighed().arcs)
