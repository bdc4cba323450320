"""How well the figures of our own documents are given their indicators, against what a person read."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.generator import gold, indicator_gold, source
from corpus.generator.build import DOCUMENTS
from corpus.generator.forms import Print
from corpus.generator.indicator_gold import HELD_BACK
from pipeline.evaluation import figures
from pipeline.evaluation.figures import Found
from pipeline.extract.catalogue import shipped
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from tests.extract_reading import reading

SOURCES = {item.name: item for item in source.read_all(DOCUMENTS)}


def score(name: str) -> Found:
    item = SOURCES[name]
    found = linked(extract(reading(gold.text(Print(item).sheets))), shipped())
    true = [figures.from_json(record) for record in gold.figures(item)]
    return figures.score(true, [figures.from_record(figure) for figure in found.figures]).indicator


@pytest.fixture(scope="module")
def developed() -> Found:
    return sum((score(name) for name in SOURCES if name not in HELD_BACK), Found())


@pytest.fixture(scope="module")
def held_back() -> Found:
    return sum((score(name) for name in HELD_BACK), Found())


def test_there_is_gold_for_some_hundred_figures_in_both_halves(developed: Found, held_back: Found) -> None:
    assert developed.true >= 200
    assert held_back.true >= 80


def test_nearly_every_indicator_given_is_right(developed: Found, held_back: Found) -> None:
    assert developed.precision >= 0.97
    assert held_back.precision >= 0.95


def test_most_figures_that_state_an_indicator_are_given_it(developed: Found, held_back: Found) -> None:
    assert developed.recall >= 0.85
    assert held_back.recall >= 0.85


def test_the_gold_names_indicators_of_the_catalogue() -> None:
    told = {figure.indicator for item in SOURCES.values() for figure in item.figures if figure.indicator}
    assert told <= shipped().indicators.keys()


def test_gold_of_a_figure_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = DOCUMENTS / "hd-sonla-bcd.txt"
    copy = tmp_path / path.name
    copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (copy.parent / indicator_gold.NAME).write_text(
        "hd-sonla-bcd\t999 hồ sơ\t1\ttthc.ho-so-tiep-nhan\n", encoding="utf-8"
    )
    with pytest.raises(source.SourceError, match="999 hồ sơ"):
        source.read(copy)
