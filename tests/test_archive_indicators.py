"""What the archive states of an indicator: which figures, as people corrected them, and the series that these make."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from archive_documents import processed, written
from reconcile_documents import document

from pipeline.archive.decisions import CorrectFigure, DismissFinding, IndicatorTarget, MergeIndicators
from pipeline.archive.indicator_list import IndicatorFilter, StatedIndicator
from pipeline.archive.store import Archive
from pipeline.archive.windows import Window
from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.models import Extraction, Number, Verdict
from pipeline.reconcile.reconciliation import reconcile

NOW = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
READERS, BORROWERS = "thu-vien.ban-doc", "thu-vien.nguoi-muon"
CATALOGUE = Catalogue(
    {
        identity: Indicator(id=identity, name=name, name_en=name, kind=IndicatorKind.STOCK, units=("bạn đọc",))
        for identity, name in ((READERS, "Bạn đọc có thẻ"), (BORROWERS, "Người mượn sách"))
    },
    {},
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def report(name: str, value: str, as_of: str, *more: str, issuer: str = "Thư viện huyện") -> Extraction:
    extraction = document(name, f"Thư viện có {{{value} bạn đọc|indicator={READERS}; as_of={as_of}}}.", *more)
    components = extraction.components.model_copy(update={"issuer": issuer})
    return extraction.model_copy(update={"components": components})


def enter(archive: Archive, folder: Path, *extractions: Extraction) -> None:
    for extraction in extractions:
        lines = [sentence.text for sentence in extraction.sentences]
        path = written(folder, extraction.document, lines)
        archive.add([processed(path, lines).model_copy(update={"extraction": extraction})], path, path.name)
    archive.replace_findings(reconcile(archive.extractions()))


def stated(
    archive: Archive, indicator: str = READERS, *, window: Window | None = None, **asked: object
) -> StatedIndicator:
    chosen = IndicatorFilter.model_validate({"indicator": indicator, **asked})
    return archive.browsing.indicator(chosen, window or Window(), CATALOGUE)


def told(found: StatedIndicator) -> list[str]:
    return [str(value.figure.value) for value in found.values.items]


def test_values_come_the_latest_first_and_make_a_series_in_order_of_time(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("b.txt", "1.300", "2025-04-30"), report("a.txt", "1.200", "2025-03-31"))
    found = stated(archive)
    assert told(found) == ["1300", "1200"]
    (series,) = found.series
    assert [str(observed.value) for observed in series.observations] == ["1200", "1300"]
    assert not any(observed.in_conflict for observed in series.observations)


def test_values_of_one_day_that_cannot_both_be_true_are_in_conflict(archive: Archive, tmp_path: Path) -> None:
    march = report("a.txt", "1.200", "2025-03-31"), report("b.txt", "1.290", "2025-03-31", issuer="Sở Văn hóa")
    enter(archive, tmp_path, *march, report("c.txt", "1.300", "2025-04-30"))
    (series,) = stated(archive).series
    assert [observed.in_conflict for observed in series.observations] == [True, True, False]


def test_a_conflict_marks_its_figures_until_someone_dismisses_it(archive: Archive, tmp_path: Path) -> None:
    sum_of_parts = f"Cấp {{90 thẻ|id=w; indicator={READERS}}} (gồm {{40 thẻ|whole=w}} và {{60 thẻ|whole=w}})."
    enter(archive, tmp_path, report("a.txt", "1.200", "2025-03-31", sum_of_parts))
    (conflict,) = [finding for finding in archive.findings() if finding.verdict is Verdict.CONFLICT]

    def marked() -> list[tuple[str, ...]]:
        return [seen.findings for series in stated(archive).series for seen in series.observations if seen.in_conflict]

    assert marked() == [(conflict.id,)]
    target = archive.finding_target(conflict.id)
    archive.decide([DismissFinding(target=target, by="le.sua", at=NOW, reason="Mười thẻ cấp lại.")])
    assert marked() == []


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ({"issuer": "Sở Văn hóa"}, ["1290"]),
        ({"issuer": "không có"}, []),
        ({"since": dt.date(2025, 4, 1)}, ["1300"]),
        ({"until": dt.date(2025, 3, 31)}, ["1200", "1290"]),
        ({"since": dt.date(2025, 4, 30), "until": dt.date(2025, 4, 30)}, ["1300"]),
    ],
)
def test_values_are_narrowed_by_issuer_and_time(
    archive: Archive, tmp_path: Path, asked: dict[str, object], values: list[str]
) -> None:
    march = report("a.txt", "1.200", "2025-03-31"), report("b.txt", "1.290", "2025-03-31", issuer="Sở Văn hóa")
    enter(archive, tmp_path, *march, report("c.txt", "1.300", "2025-04-30"))
    found = stated(archive, **asked)
    assert told(found) == values
    assert found.values.total == len(values)
    assert archive.browsing.indicator_issuers(READERS) == ("Thư viện huyện", "Sở Văn hóa")


def test_a_period_is_told_by_its_last_day(archive: Archive, tmp_path: Path) -> None:
    quarter = document("q.txt", f"Có {{400 bạn đọc|indicator={READERS}; period=2025-04-01/2025-06-30}} mới.")
    enter(archive, tmp_path, quarter, report("a.txt", "1.200", "2025-05-31"))
    assert told(stated(archive)) == ["400", "1200"]
    assert told(stated(archive, since=dt.date(2025, 6, 1))) == ["400"]


def test_a_long_list_comes_part_by_part_and_its_series_is_of_that_part(archive: Archive, tmp_path: Path) -> None:
    months = [report(f"{month}.txt", f"1.{month}00", f"2025-0{month}-15") for month in range(1, 6)]
    enter(archive, tmp_path, *months)
    found = stated(archive, window=Window(number=2, size=2))
    assert told(found) == ["1300", "1200"]
    assert found.values.total == 5
    assert [str(observed.value) for observed in found.series[0].observations] == ["1200", "1300"]


def test_a_corrected_figure_counts_as_corrected(archive: Archive, tmp_path: Path) -> None:
    enter(archive, tmp_path, report("a.txt", "1.200", "2025-03-31"))
    (value,) = stated(archive).values.items
    target, _ = archive.figure_target(value.figure.id)
    archive.decide([CorrectFigure(target=target, number=Number(value=Decimal(1230)), by="le.sua", at=NOW)])
    found = stated(archive)
    assert told(found) == ["1230"]
    assert [str(observed.value) for observed in found.series[0].observations] == ["1230"]


def test_what_was_merged_is_told_as_what_it_was_merged_into(archive: Archive, tmp_path: Path) -> None:
    borrowed = document("b.txt", f"Có {{1.300 bạn đọc|indicator={BORROWERS}; as_of=2025-04-30}}.")
    enter(archive, tmp_path, report("a.txt", "1.200", "2025-03-31"), borrowed)
    assert [(each.indicator, each.figures) for each in archive.browsing.indicators()] == [(READERS, 1), (BORROWERS, 1)]
    archive.decide([MergeIndicators(target=IndicatorTarget(id=BORROWERS), into=READERS, by="le.sua", at=NOW)])
    (count,) = archive.browsing.indicators()
    assert (count.indicator, count.figures, count.documents) == (READERS, 2, 2)
    found = stated(archive)
    assert told(found) == ["1300", "1200"]
    assert len(found.series) == 1
    assert told(stated(archive, BORROWERS)) == ["1300", "1200"]


def test_a_copy_is_listed_but_is_no_second_source(archive: Archive, tmp_path: Path) -> None:
    words = " ".join(f"việc {number} đã làm xong trong tuần {number * 7}" for number in range(1, 60))
    enter(
        archive,
        tmp_path,
        report("a.txt", "1.200", "2025-03-31", words),
        report("quet.txt", "1.200", "2025-03-31", words, "Bản quét."),
    )
    assert [finding.code for finding in archive.findings()] == ["document.copies"]
    found = stated(archive)
    assert told(found) == ["1200", "1200"]
    assert sum(len(series.observations) for series in found.series) == 1


def test_an_indicator_that_the_catalogue_does_not_know_has_values_but_no_series(
    archive: Archive, tmp_path: Path
) -> None:
    enter(archive, tmp_path, document("a.txt", "Có {5 quầy|indicator=thu-vien.quay; as_of=2025-03-31}."))
    found = stated(archive, "thu-vien.quay")
    assert told(found) == ["5"]
    assert found.series == ()
