"""What people decide is kept, holds at the next run, outlives a new reading, and can be replayed."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from archive_documents import session_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from pipeline.archive import decisions as files
from pipeline.archive.decisions import (
    AcceptFinding,
    CorrectFigure,
    Decision,
    DismissFinding,
    FigureTarget,
    FindingTarget,
    IndicatorTarget,
    MergeIndicators,
    ReopenFinding,
    RestoreFigure,
    SplitIndicators,
)
from pipeline.archive.schema import FigureRow
from pipeline.archive.standing import Standing
from pipeline.archive.store import Archive
from pipeline.archive.summaries import EventKind
from pipeline.errors import BadArgumentsError, FileAccessError, InputFileError
from pipeline.models import Figure, Finding, Number, ProcessedDocument, ReviewStatus, Verdict
from pipeline.ocr.intake import IncomingFile
from pipeline.reconcile.reconciliation import reconcile
from pipeline.run import process
from pipeline.settings import Settings

pytestmark = pytest.mark.usefixtures("either_database")

REPORT = """\
BÁO CÁO
Kết quả cấp giấy phép năm 2024

Trong năm, huyện đã cấp 150 giấy phép (gồm: 90 giấy phép xây dựng và 50 giấy phép khai thác cát).
Tổng số lượt khám là 300 lượt (gồm: 120 lượt tại trạm y tế và 190 lượt tại nhà).
"""
START = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)


def moment(minute: int) -> dt.datetime:
    return START + dt.timedelta(minutes=minute)


@cache
def read_once(content: bytes) -> tuple[ProcessedDocument, ...]:
    """The documents of a report; reading it anew for each example of a property takes most of its time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bao-cao.txt"
        path.write_bytes(content)
        return process(IncomingFile(path.name, path), Settings())


def filled(folder: Path, text: str = REPORT) -> Archive:
    """An archive with one report, reconciled."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bao-cao.txt"
    path.write_text(text, encoding="utf-8")
    archive = Archive.create(folder / "kho")
    archive.add(read_once(path.read_bytes()), path, path.name)
    return again(archive)


def again(archive: Archive) -> Archive:
    archive.replace_findings(reconcile(archive.extractions()))
    return archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with filled(tmp_path) as made:
        yield made


def conflicts(archive: Archive) -> list[Finding]:
    return [finding for finding in archive.findings() if finding.verdict is Verdict.CONFLICT]


def figure_id(archive: Archive, numeral: str) -> str:
    (extraction,) = archive.extractions()
    (found,) = (figure.id for figure in extraction.figures if figure.id.endswith(f"-{numeral}"))
    return found


def correction(archive: Archive, numeral: str, value: int, minute: int = 0) -> CorrectFigure:
    target, _ = archive.figure_target(figure_id(archive, numeral))
    return CorrectFigure(target=target, number=Number(value=Decimal(value)), by="Bình", at=moment(minute))


def standings(archive: Archive) -> list[Standing]:
    return [item.standing for item in archive.decisions()]


def test_an_accepted_finding_says_by_whom_when_and_why(archive: Archive) -> None:
    target = archive.finding_target(conflicts(archive)[0].id)
    archive.decide([AcceptFinding(target=target, by="Bình", at=moment(0), reason="đã hỏi phòng Kinh tế")])
    review = conflicts(archive)[0].review
    assert (review.status, review.by, review.at) == (ReviewStatus.ACCEPTED, "Bình", moment(0))
    assert review.reason == "đã hỏi phòng Kinh tế"
    assert conflicts(archive)[1].review.status is ReviewStatus.OPEN


def test_a_decision_about_a_finding_holds_after_the_next_reconciliation(archive: Archive) -> None:
    target = archive.finding_target(conflicts(archive)[0].id)
    archive.decide([DismissFinding(target=target, by="Bình", at=moment(0), reason="còn 10 giấy phép khác")])
    assert conflicts(again(archive))[0].review.status is ReviewStatus.DISMISSED
    assert standings(archive) == [Standing.IN_FORCE]


def test_of_several_decisions_about_one_finding_the_latest_holds_and_all_are_kept(archive: Archive) -> None:
    target = archive.finding_target(conflicts(archive)[0].id)
    archive.decide([ReopenFinding(target=target, by="An", at=moment(2))])
    archive.decide([DismissFinding(target=target, by="Bình", at=moment(1), reason="nhầm")])
    assert conflicts(archive)[0].review.status is ReviewStatus.OPEN
    assert standings(archive) == [Standing.SUPERSEDED, Standing.IN_FORCE]


def test_a_finding_that_a_correction_settles_is_gone_after_the_next_reconciliation(archive: Archive) -> None:
    assert [finding.values for finding in conflicts(archive)] == [("150", "90", "50"), ("300", "120", "190")]
    archive.decide([correction(archive, "300", 310)])
    assert [finding.values for finding in conflicts(again(archive))] == [("150", "90", "50")]
    (held,) = (finding for finding in archive.findings() if "310" in finding.values)
    assert held.verdict is Verdict.CONSISTENT


def test_a_corrected_figure_keeps_what_the_machine_read_and_can_be_given_back(archive: Archive) -> None:
    identity = figure_id(archive, "300")
    archive.decide([correction(archive, "300", 310)])
    (extraction,) = archive.extractions()
    (figure,) = (figure for figure in extraction.figures if figure.id == identity)
    assert figure.value == 310
    assert figure.correction is not None
    assert figure.correction.machine.value == 300
    target, read = archive.figure_target(identity)
    assert read.value == 300
    archive.decide([RestoreFigure(target=target, by="Bình", at=moment(1))])
    (extraction,) = archive.extractions()
    assert [figure.value for figure in extraction.figures] == [150, 90, 50, 300, 120, 190]
    assert len(conflicts(again(archive))) == 2


def test_a_decision_does_not_hold_for_a_finding_that_has_other_values_now(archive: Archive) -> None:
    finding = conflicts(archive)[1]
    archive.decide(
        [DismissFinding(target=archive.finding_target(finding.id), by="An", at=moment(0), reason="làm tròn")]
    )
    archive.decide([correction(archive, "300", 330, minute=1)])
    (changed,) = (item for item in again(archive).findings() if item.id == finding.id)
    assert changed.values == ("330", "120", "190")
    assert changed.review.status is ReviewStatus.OPEN
    assert standings(archive) == [Standing.CHANGED, Standing.IN_FORCE]


Change = Callable[[Figure], Figure]


def _read_anew(archive: Archive, change: Change) -> None:
    """Change the stored figures as a newer version would read them."""
    with session_of(archive) as session:
        for row in session.scalars(select(FigureRow)):
            row.record = change(Figure.model_validate_json(row.record)).model_dump_json()


def _renumbered(figure: Figure) -> Figure:
    return figure.model_copy(update={"id": f"{figure.id}~2"})


def _moved(figure: Figure, **place: int) -> Figure:
    return figure.model_copy(update={"evidence": figure.evidence.model_copy(update=place)})


def _reworded(figure: Figure, before: str, after: str) -> Figure:
    return Figure.model_validate_json(figure.model_dump_json().replace(before, after))


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: _moved(figure, line=figure.evidence.line + 3),
        lambda figure: _reworded(figure, "Tổng số lượt", "Tổng số lươt"),
        _renumbered,
    ],
    ids=["lines counted otherwise", "sentence read otherwise", "other figures of this number before it"],
)
def test_a_figure_is_found_again_when_its_document_was_read_anew(archive: Archive, change: Change) -> None:
    archive.decide([correction(archive, "300", 310)])
    _read_anew(archive, change)
    (extraction,) = archive.extractions()
    assert [figure.value for figure in extraction.figures] == [150, 90, 50, 310, 120, 190]


@pytest.mark.parametrize(
    "change",
    [
        lambda figure: _reworded(figure, "300 lượt", "310 lượt"),
        lambda figure: _moved(_reworded(figure, "Tổng số lượt", "Tổng số lươt"), line=9),
        lambda figure: _moved(figure, page=2),
    ],
    ids=["the number is read otherwise", "neither line nor sentence are the same", "another page"],
)
def test_a_correction_whose_figure_is_gone_is_kept_told_and_given_to_no_other_figure(
    archive: Archive, change: Change
) -> None:
    made = correction(archive, "300", 999)
    archive.decide([made])
    _read_anew(archive, change)
    (extraction,) = archive.extractions()
    assert 999 not in [figure.value for figure in extraction.figures]
    assert [(item.decision, item.standing) for item in archive.decisions()] == [(made, Standing.GONE)]


def test_one_of_two_like_numbers_in_a_sentence_is_told_from_the_other(tmp_path: Path) -> None:
    with filled(tmp_path, "Xã có 30 tổ dân phố và 30 nhà văn hóa.\n") as archive:
        archive.decide([correction(archive, "30~2", 29)])
        _read_anew(archive, _renumbered)
        (extraction,) = archive.extractions()
        assert [figure.value for figure in extraction.figures] == [30, 29]


def merge(merged: str, kept: str, minute: int) -> MergeIndicators:
    return MergeIndicators(target=IndicatorTarget(id=merged), into=kept, by="An", at=moment(minute))


def test_merged_indicators_are_told_by_the_one_that_is_left_and_can_be_split_again(archive: Archive) -> None:
    archive.decide([merge("a.mot", "a.hai", 0), merge("a.hai", "a.ba", 1)])
    assert archive.merged_indicators() == {"a.mot": "a.ba", "a.hai": "a.ba"}
    archive.decide([SplitIndicators(target=IndicatorTarget(id="a.hai"), by="An", at=moment(2))])
    assert archive.merged_indicators() == {"a.mot": "a.hai"}
    assert standings(archive) == [Standing.IN_FORCE, Standing.SUPERSEDED, Standing.IN_FORCE]


def test_merges_that_go_round_in_a_circle_do_not_count(archive: Archive) -> None:
    archive.decide([merge("a.mot", "a.hai", 0), merge("a.hai", "a.mot", 1), merge("a.ba", "a.bon", 2)])
    assert archive.merged_indicators() == {"a.ba": "a.bon"}


def test_decisions_cannot_be_changed_or_removed_by_any_program(archive: Archive) -> None:
    archive.decide([correction(archive, "300", 310)])
    for statement in ("UPDATE decisions SET \"by\" = 'ai đó'", "DELETE FROM decisions"):
        with pytest.raises(FileAccessError, match="only added"), session_of(archive) as session:
            session.execute(text(statement))
    assert [item.decision.by for item in archive.decisions()] == ["Bình"]


def test_the_history_tells_of_decisions(archive: Archive) -> None:
    archive.decide([correction(archive, "300", 310)])
    last = archive.events()[-1]
    assert (last.kind, last.subject, last.detail) == (EventKind.DECIDED, figure_id(archive, "300"), "correct (Bình)")


def test_a_finding_may_be_named_by_the_beginning_of_its_id(archive: Archive) -> None:
    finding = conflicts(archive)[0]
    assert archive.finding_target(finding.id[:4]).id == finding.id
    with pytest.raises(BadArgumentsError):
        archive.finding_target(finding.id[:3])


@pytest.mark.parametrize("identity", ["", "khong-co", "%"])
def test_an_id_that_names_none_or_too_little_of_one_is_refused(archive: Archive, identity: str) -> None:
    with pytest.raises(BadArgumentsError):
        archive.finding_target(identity)
    with pytest.raises(BadArgumentsError):
        archive.figure_target(identity)


def test_decisions_of_another_archive_hold_where_they_are_replayed(archive: Archive, tmp_path: Path) -> None:
    target = archive.finding_target(conflicts(archive)[0].id)
    made: list[Decision] = [
        DismissFinding(target=target, by="An", at=moment(0), reason="còn loại khác"),
        correction(archive, "300", 310),
    ]
    content = "\n".join(map(files.to_json, made)).encode()
    with filled(tmp_path / "may-khac") as other:
        assert other.decide(files.of_file(content, "q.jsonl")) == 2
        assert other.decide(files.of_file(content, "q.jsonl")) == 0
        again(other)
        assert [finding.review.status for finding in conflicts(other)] == [ReviewStatus.DISMISSED]
        assert standings(other) == [Standing.IN_FORCE] * 2


@pytest.mark.parametrize("line", ["khong phai json", '{"kind": "accept"}', '{"kind": "xoa", "by": "An"}'])
def test_a_file_with_a_line_that_is_no_decision_is_refused_as_a_whole(archive: Archive, line: str) -> None:
    content = f"{files.to_json(correction(archive, '300', 310))}\n\n{line}\n".encode()
    with pytest.raises(InputFileError, match="dòng 3"):
        archive.decide(files.of_file(content, "q.jsonl"))
    assert archive.decisions() == []


FINDING = FindingTarget(id="0123456789abcdef", code="sum.parts", values=("150", "90"), message="Tổng không khớp.")
FIGURE = FigureTarget(
    id="3f0c91ab-p1-300",
    digest="3f0c91ab" * 8,
    document="khac.txt",
    page=1,
    line=1,
    numeral="300",
    text="Có 300 lượt.",
    start=3,
    machine=Number(value=Decimal(300)),
)
MOMENTS = st.integers(0, 3).map(moment) | st.datetimes(timezones=st.timezones()).filter(
    lambda at: dt.datetime(1, 1, 3) < at.replace(tzinfo=None) < dt.datetime(9999, 12, 29)
)
PEOPLE = st.sampled_from(["An", "Bình"]) | st.text(min_size=1).filter(lambda name: name.strip() != "")
REASONS = st.none() | st.sampled_from(["làm tròn", "hai kỳ khác nhau"])
IDS = st.sampled_from(["a.mot", "a.hai", "a.ba"])
INDICATORS = st.builds(IndicatorTarget, id=IDS)
NUMBERS = st.builds(Number, value=st.decimals(allow_nan=False, allow_infinity=False, places=2))


def decisions_about(finding: FindingTarget, figure: FigureTarget) -> st.SearchStrategy[Decision]:
    return (
        st.builds(AcceptFinding, target=st.just(finding), by=PEOPLE, at=MOMENTS, reason=REASONS)
        | st.builds(DismissFinding, target=st.just(finding), by=PEOPLE, at=MOMENTS, reason=st.just("làm tròn"))
        | st.builds(ReopenFinding, target=st.just(finding), by=PEOPLE, at=MOMENTS, reason=REASONS)
        | st.builds(CorrectFigure, target=st.just(figure), by=PEOPLE, at=MOMENTS, reason=REASONS, number=NUMBERS)
        | st.builds(RestoreFigure, target=st.just(figure), by=PEOPLE, at=MOMENTS, reason=REASONS)
        | st.builds(MergeIndicators, target=INDICATORS, into=IDS, by=PEOPLE, at=MOMENTS, reason=REASONS)
        | st.builds(SplitIndicators, target=INDICATORS, by=PEOPLE, at=MOMENTS, reason=REASONS)
    )


@given(decision=decisions_about(FINDING, FIGURE))
def test_any_decision_comes_out_of_a_file_as_it_went_in(decision: Decision) -> None:
    (read,) = files.of_file(files.to_json(decision).encode(), "q.jsonl")
    assert read == decision
    assert files.identity(read) == files.identity(decision)


def state(archive: Archive) -> tuple[object, ...]:
    return archive.extractions(), archive.findings(), archive.decisions(), archive.merged_indicators()


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_replaying_any_decisions_twice_or_in_another_order_is_replaying_them_once(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("kho")
    with filled(folder / "mot") as once, filled(folder / "hai") as other:
        finding = once.finding_target(conflicts(once)[0].id)
        figure, _ = once.figure_target(figure_id(once, "300"))
        known: Sequence[Decision] = data.draw(
            st.lists(decisions_about(finding, figure) | decisions_about(FINDING, FIGURE), max_size=8)
        )
        once.decide(known)
        for decision in data.draw(st.permutations([*known, *known])):
            other.decide([decision])
        assert state(other) == state(once)
        other.decide(known)
        assert state(other) == state(once)
