"""Names of communes: those of the provinces that a document speaks of, where what was read is not sure."""

from __future__ import annotations

import pytest

from pipeline.normalize.models import load_channel
from pipeline.normalize.place_names import PlaceNames
from tests.decided_words import OFFICIAL, decided

NAMES = PlaceNames(load_channel(), OFFICIAL)
PROVINCE = "Ủy ban nhân dân tỉnh Lào Cai; Sở Tài chính tỉnh Lào Cai."


def read(line: str, doubtful: dict[str, str], province: str = PROVINCE) -> list[str]:
    document = decided([province, line], doubtful=doubtful)
    found = NAMES.read(document.sentences, document.pieces, document.found)
    return [word for spot in sorted(found) for word in found[spot].words]


@pytest.mark.parametrize(
    ("line", "doubtful", "name"),
    [
        ("tại xã Nam Xay và các xã khác", {"Nam": "Nam", "Xay": "Xây"}, ["Nậm", "Xây"]),
        ("các xã Bản Xèo, Nam Xay", {"Nam": "Nam", "Xay": "Xây"}, ["Nậm", "Xây"]),
        ("02 xã chậm, gồm: Nam Xay", {"Nam": "Nam", "Xay": "Xây"}, ["Nậm", "Xây"]),
    ],
)
def test_a_name_of_the_province_is_read_behind_its_rank(line: str, doubtful: dict[str, str], name: list[str]) -> None:
    assert read(line, doubtful) == name


def test_syllables_that_the_models_do_not_know_are_read_too() -> None:
    province = "tỉnh Gia Lai; tỉnh Gia Lai"
    assert read("Ủy ban nhân dân xã Ia Ptich", {"Ptich": "tịch"}, province) == ["Ia", "Púch"]


def test_names_of_other_provinces_are_not_thought_of() -> None:
    assert not read("tại xã Nam Xay và các xã khác", {"Nam": "Nam", "Xay": "Xây"}, "tỉnh Cà Mau; tỉnh Cà Mau")


def test_what_is_sure_stays() -> None:
    assert not read("tại xã Nam Xây và các xã khác", {})


def test_words_that_follow_no_rank_are_no_names_of_communes() -> None:
    assert not read("ông Nam Xay và các ông khác", {"Nam": "Nam", "Xay": "Xây"})
