"""Names of communes by province, on both sides of 1 July 2025."""

from __future__ import annotations

from pipeline.language.places import communes, provinces


def test_a_former_province_belongs_to_one_of_today() -> None:
    assert provinces()["yên bái"] == provinces()["lào cai"] == "Lào Cai"


def test_a_province_has_the_names_of_communes_that_are_and_that_were() -> None:
    assert {("Nậm", "Xây"), ("Mù", "Cang", "Chải")} <= communes()["Lào Cai"]


def test_names_have_two_words_and_no_rank() -> None:
    assert all(len(name) > 1 and name[0] not in ("Xã", "Phường") for names in communes().values() for name in names)
    assert set(communes()) == set(provinces().values())
