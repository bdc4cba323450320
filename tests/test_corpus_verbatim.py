"""Documents whose layout is told line by line: the piles made of them, and how well the product reads both halves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from corpus.generator import verbatim
from corpus.generator.figure_marks import SourceError
from pipeline.evaluation import findings
from pipeline.evaluation.evaluation import SetScore, run_one, score_set
from pipeline.evaluation.pile import open_pile
from pipeline.settings import Settings

SMALL = """type: Báo cáo
issuer: UBND XÃ BÌNH THỌ
number: 12
symbol: BC-UBND
place: Bình Thọ
date: 2025-09-05
subject: Kết quả
signer: Lê Văn Lành
signer_title: CHỦ TỊCH
arrives: text
width: 40
spacing: double
---
UBND XÃ BÌNH THỌ
I. KẾT QUẢ
Trong tháng, xã tiếp nhận {1.250 hồ sơ|hồ sơ tiếp nhận|#hs}[^1] theo <Kế hoạch số 12/KH-UBND ngày 05/9/2025>.
=== trang mới
[^1] Cả hồ sơ nộp lại.
=== kiểm tra
=== nhiệm vụ
"""


FOLDERS = (verbatim.DOCUMENTS, verbatim.SECOND)


@pytest.fixture(scope="module", params=["open", "control"])
def score(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SetScore:
    return _scored(request.param, verbatim.DOCUMENTS, tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module", params=["open", "control"])
def second_score(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SetScore:
    return _scored(request.param, verbatim.SECOND, tmp_path_factory.getbasetemp())


@cache
def _scored(half: str, folder: Path, output: Path) -> SetScore:
    made = output / folder.name / half
    verbatim.build(made, half, garbled=False, folder=folder)
    pile = open_pile(made / "plain")
    return score_set(pile, "plain", [run_one(entry, Settings()) for entry in pile.of("plain")])


def test_a_line_is_printed_as_it_stands_or_broken_at_the_width(tmp_path: Path) -> None:
    path = tmp_path / "bc-xa.txt"
    path.write_text(SMALL, encoding="utf-8")
    document = verbatim.read(path)
    first, second = document.pages
    assert first[:3] == ("UBND XÃ BÌNH THỌ", "", "I. KẾT QUẢ")
    assert all(len(line) <= 40 for line in first)
    assert " ".join(filter(None, first)).endswith("12/KH-UBND ngày 05/9/2025.")
    assert "\n\nsơ¹ theo" in document.text()
    assert second[0] == "[^1] Cả hồ sơ nộp lại."
    (figure,) = document.source.figures
    assert (figure.value, figure.subject) == ("1250", "hồ sơ tiếp nhận")


def test_a_head_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bc-xa.txt"
    path.write_text("màu: xanh\n---\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"bc-xa\.txt"):
        verbatim.read(path)


def test_the_halves_have_no_document_in_common_and_together_all() -> None:
    names: Mapping[str, set[str]] = {
        half: {document.source.name for folder in FOLDERS for document in verbatim.read_all(folder, half)}
        for half in verbatim.HALVES
    }
    assert names["control"] == verbatim.CONTROL
    assert not names["open"] & names["control"]
    assert names["open"] | names["control"] == names["all"]


def test_a_pile_names_its_files_as_the_other_piles_do(tmp_path: Path) -> None:
    count = verbatim.build(tmp_path, "control", garbled=False)
    assert count == len(verbatim.read_all(half="control"))
    entries = [json.loads(line) for line in (tmp_path / "plain" / "index.jsonl").read_text("utf-8").splitlines()]
    assert {entry["form"] for entry in entries} == {"text"}
    assert findings.read_gold(tmp_path / "plain" / "gold" / "findings.tsv")


def test_a_pile_holds_the_checks_between_documents_that_are_all_in_it(tmp_path: Path) -> None:
    for half in ("open", "control"):
        verbatim.build(tmp_path / half, half, garbled=False, folder=verbatim.SECOND)
    told = {
        half: (tmp_path / half / "plain" / "gold" / "findings.tsv").read_text("utf-8") for half in ("open", "control")
    }
    assert "across-01" in told["open"]
    assert "across-" not in told["control"]


def test_figures_of_layouts_that_no_rule_was_made_for_are_found(score: SetScore) -> None:
    assert score.figure_value.f1 >= 0.98
    assert score.figure_unit.f1 >= 0.97
    assert score.figure_subject.f1 >= 0.86


def test_components_citations_and_tasks_of_such_layouts_are_found(score: SetScore) -> None:
    assert score.components.recall >= 0.97
    assert score.citations.f1 >= 0.98
    assert score.tasks.task.f1 >= 0.95
    assert score.tasks.whole.f1 >= 0.8


def test_no_conflict_is_told_that_is_none_and_most_that_are_planted_are(score: SetScore) -> None:
    assert score.findings.false_alarms == ()
    assert score.findings.conflicts.recall >= 0.8


def test_the_documents_of_other_genres_are_read_as_well_as_they_were(second_score: SetScore) -> None:
    assert second_score.components.recall >= 0.98
    assert second_score.figure_unit.f1 >= 0.95
    assert second_score.figure_subject.f1 >= 0.85
    assert second_score.tasks.task.f1 >= 0.78
