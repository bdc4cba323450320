"""The evaluation runs the product over a rendered pile and says what each stage is worth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.generator import gold, source
from corpus.generator.build import DOCUMENTS, Order, fill
from pipeline.errors import FileAccessError, InputFileError
from pipeline.evaluation.evaluation import Outcome, SetScore, run_one, score_set
from pipeline.evaluation.pile import Pile, PileEntry, open_pile
from pipeline.evaluation.report import as_jsonl, as_table, rows
from pipeline.settings import Settings

NAMES = ("bc-cds-lamdong-08", "qd-nghean-phanbo")


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Two digital documents: a report, and a decision with its annex."""
    folder = tmp_path_factory.mktemp("pile")
    sources = [source.read(DOCUMENTS / f"{name}.txt") for name in NAMES]
    entries = [entry for item in sources for entry in fill(Order(item, folder, "digital")) if entry["set"] == "digital"]
    gold.write_findings(folder / "gold" / "findings.tsv", sources, [])
    (folder / "index.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return open_pile(folder)


@pytest.fixture(scope="module")
def score(pile: Pile) -> SetScore:
    return score_set(pile, "digital", [run_one(entry, Settings(jobs=1)) for entry in pile.of("digital")])


def test_the_pile_knows_its_documents(pile: Pile) -> None:
    assert [entry.document for entry in pile.of("digital")] == list(NAMES)
    truth = pile.gold(NAMES[0])
    assert truth.pages[0][0].endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert truth.components["number"] == "418"


def test_without_a_pile_the_message_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"corpus\.generator\.build"):
        open_pile(tmp_path)


def test_a_set_that_was_not_made_is_asked_for_with_the_command_that_makes_it(pile: Pile) -> None:
    with pytest.raises(FileAccessError, match="--forms all"):
        pile.of("scan-good")


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_text('{"set": "demo"}\n', encoding="utf-8")
    with pytest.raises(InputFileError):
        open_pile(tmp_path)


def test_digital_pages_are_read_from_their_own_text(score: SetScore) -> None:
    assert score.failed == ()
    assert score.trust.recall == 1
    assert score.recognised.words == 0


def test_most_of_what_a_clean_report_says_is_found(score: SetScore) -> None:
    assert score.figure_value.recall > 0.8
    assert score.components.recall > 0.8
    assert score.citations.recall > 0.8
    assert score.findings.consistent.hits > 5


def test_every_measure_has_a_row_in_both_forms(score: SetScore) -> None:
    measured = list(rows(score))
    assert {row.stage for row in measured} == {"ocr", "repair", "extract", "reconcile"}
    assert [json.loads(line)["measure"] for line in as_jsonl([score])] == [row.measure for row in measured]
    assert as_table([score]).row_count == len(measured)


def test_a_file_that_fails_is_counted_and_named(pile: Pile, tmp_path: Path) -> None:
    broken = tmp_path / "bc-cds-lamdong-08.pdf"
    broken.write_bytes(b"")
    entry = PileEntry("digital", NAMES[0], broken, "digital", None, ("digital",))
    outcome: Outcome = run_one(entry, Settings(jobs=1))
    assert outcome.processed is None
    assert broken.name in outcome.problem
    failed = score_set(pile, "digital", [outcome])
    assert (len(failed.failed), failed.figure_value.hits) == (1, 0)
    assert failed.figure_value.true > 40
