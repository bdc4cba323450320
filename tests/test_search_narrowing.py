"""A search is narrowed by number, office, type and day of documents, and by what a figure of the passage amounts to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from archive_documents import processed, written
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.decisions import IndicatorTarget, MergeIndicators, SplitIndicators
from pipeline.archive.narrowing import Comparison, Narrowing, split
from pipeline.archive.store import Archive
from pipeline.errors import BadArgumentsError
from pipeline.models import Kind

pytestmark = pytest.mark.usefixtures("either_database")

DOCUMENTS = (
    ("y-te.txt", "Báo cáo", "015", "BC-SYT", "SỞ Y TẾ", dt.date(2025, 3, 4), "Đã cấp 1.250 chữ ký số.", "1250"),
    ("xd.txt", "Báo cáo", "15", "BC-SXD", "SỞ XÂY DỰNG", dt.date(2025, 6, 30), "Đã cấp 900 chữ ký số.", "900"),
    (
        "ub.txt",
        "Kế hoạch",
        "7",
        "KH-UBND",
        "ỦY BAN NHÂN DÂN TỈNH",
        dt.date(2026, 1, 2),
        "Cấp 12,5 % chữ ký số.",
        "12.5",
    ),
    ("khong.txt", None, None, None, None, None, "Chữ ký số của ai không rõ.", None),
)
INDICATORS = {"y-te.txt": "chu-ky-so.da-cap", "ub.txt": "chu-ky-so.ty-le-thu"}


@pytest.fixture(scope="module")
def archive(either_database: str, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three documents with their parts and one figure each, and one of which nothing is known."""
    folder: Path = tmp_path_factory.mktemp("kho")
    archive = Archive.create(folder / "kho")
    for name, kind, number, symbol, issuer, date, text, value in DOCUMENTS:
        path = written(folder, name, (text,))
        document = processed(path, (text,), sentences=[(1,)])
        extraction = document.extraction
        parts = {"type": kind, "number": number, "symbol": symbol, "issuer": issuer, "date": date}
        figures = [
            figure.model_copy(
                update={
                    "value": Decimal(value),
                    "kind": Kind.COUNT,
                    "subject": "chữ ký số",
                    "indicator": INDICATORS.get(name),
                }
            )
            for figure in extraction.figures
            if value is not None
        ]
        extraction = extraction.model_copy(
            update={"components": extraction.components.model_copy(update=parts), "figures": tuple(figures)}
        )
        archive.add([document.model_copy(update={"extraction": extraction})], path, name)
    return archive


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chữ ký số", {"y-te.txt", "xd.txt", "ub.txt", "khong.txt"}),
        ("chữ ký số so:15", {"y-te.txt", "xd.txt"}),
        ("chữ ký số so:15/BC-SXD", {"xd.txt"}),
        ("chữ ký số so:015/bc", {"y-te.txt", "xd.txt"}),
        ("chữ ký số so:1", set()),
        ("chữ ký số số:7/kh-ubnd", {"ub.txt"}),
        ('chữ ký số co-quan:"sở y tế"', {"y-te.txt"}),
        ("chu ky so co-quan:so-xay-dung", {"xd.txt"}),
        ("chữ ký số co-quan:ty", set()),
        ("chữ ký số loai:báo-cáo", {"y-te.txt", "xd.txt"}),
        ("chữ ký số type:ke-hoach", {"ub.txt"}),
        ("chữ ký số tu:4/3/2025", {"y-te.txt", "xd.txt", "ub.txt"}),
        ("chữ ký số tu:5/3/2025 den:6/2025", {"xd.txt"}),
        ("chữ ký số den:2025", {"y-te.txt", "xd.txt"}),
        ("chữ ký số tu:2026-01-02", {"ub.txt"}),
        ("chữ ký số > 900", {"y-te.txt"}),
        ("chữ ký số >= 900", {"y-te.txt", "xd.txt"}),
        ("chữ ký số ≥900 loai:bao-cao den:5/2025", {"y-te.txt"}),
        ("chữ ký số = 12,5", {"ub.txt"}),
        ("chữ ký số > 10 < 1.000", {"xd.txt", "ub.txt"}),
        ("đã > 100", set()),
        ("chữ ký số chi-tieu:chu-ky-so.da-cap", {"y-te.txt"}),
        ("cấp chi-tieu:chữ-ký-số", {"y-te.txt", "ub.txt"}),
        ("đã chi-tieu:chữ-ký-số > 1.000", {"y-te.txt"}),
        ("đã indicator:chu-ky-so < 1.000", set()),
        ("chữ ký số chi-tieu:hồ-sơ", set()),
        ("chữ ký số so:99", set()),
        ("chữ ký số co-quan:'; DROP", set()),
    ],
)
def test_a_search_is_narrowed(archive: Archive, query: str, found: set[str]) -> None:
    result = archive.search(query, 20)
    assert {hit.document for hit in result.hits} == found
    assert result.total == len(found)


def test_fields_alone_list_documents_the_latest_first(archive: Archive) -> None:
    result = archive.search("loai:báo-cáo", 20)
    assert [(hit.document, hit.line, hit.highlights) for hit in result.hits] == [("xd.txt", 1, ()), ("y-te.txt", 1, ())]
    assert archive.search("tu:2025", 1).total == 3
    assert len(archive.search("tu:2025", 1).hits) == 1


def test_a_figure_alone_lists_the_documents_that_state_it(archive: Archive) -> None:
    assert [hit.document for hit in archive.search("> 100", 20).hits] == ["xd.txt", "y-te.txt"]
    assert [hit.document for hit in archive.search("> 100 loai:báo-cáo den:5/2025", 20).hits] == ["y-te.txt"]
    assert [hit.document for hit in archive.search("chi-tieu:chữ-ký-số", 20).hits] == ["ub.txt", "y-te.txt"]
    assert archive.search("> 100", 1).total == 2


def test_an_indicator_stands_for_those_that_were_merged_into_it(archive: Archive) -> None:
    target = IndicatorTarget(id="chu-ky-so.ty-le-thu")
    at = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    archive.decide([MergeIndicators(target=target, into="chu-ky-so.da-cap", by="An", at=at)])
    assert {hit.document for hit in archive.search("chi-tieu:da-cap", 20).hits} == {"y-te.txt", "ub.txt"}
    archive.decide([SplitIndicators(target=target, by="An", at=at + dt.timedelta(days=1))])
    assert {hit.document for hit in archive.search("chi-tieu:da-cap", 20).hits} == {"y-te.txt"}


@pytest.mark.parametrize("query", ["số: 15", "kính gửi: sở y tế", "10:30", "so:", "http://x.vn", "a:b"])
def test_what_is_no_field_stays_among_the_words(query: str) -> None:
    assert split(query) == (query, Narrowing())


@pytest.mark.parametrize("query", ["tu:31/2/2025", "den:hôm-nay", "tu:13/2025", "tu:0/0/2025", "> 1.2.3,4,5"])
def test_a_day_or_number_that_cannot_be_read_is_told(archive: Archive, query: str) -> None:
    with pytest.raises(BadArgumentsError):
        archive.search(f"chữ ký số {query}", 5)


@given(st.dates(dt.date(1945, 9, 2), dt.date(2199, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: dt.date) -> None:
    for written_day in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert split(f"tu:{written_day} den:{written_day}")[1] == Narrowing(since=day, until=day)


@given(st.integers(0, 10**12))
def test_a_number_is_compared_as_documents_print_it(value: int) -> None:
    printed = f"{value:,}".replace(",", ".")
    words, narrowing = split(f"hồ sơ > {printed}")
    assert (words.split(), narrowing.comparisons) == (["hồ", "sơ"], (Comparison(operator=">", value=Decimal(value)),))
