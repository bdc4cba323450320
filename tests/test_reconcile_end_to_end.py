"""From text to findings: sentences of our own through the real extraction, and the five real documents."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.extract.extraction import extract
from pipeline.models import Extraction, Finding, Line, Page, Reading, TextSource, Verdict
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.reconcile.reconciliation import reconcile
from pipeline.settings import Settings
from tests import extract_reading

REPORT = """BÁO CÁO
Kết quả công tác quý III năm 2025

1. Toàn tỉnh đã cấp 6.240 chữ ký số (trong đó: 4.815 cá nhân, 1.425 tổ chức).
2. Hệ thống một cửa tiếp nhận 52.310 hồ sơ, gồm: 31.207 hồ sơ trực tuyến, 20.103 hồ sơ trực tiếp.
3. Kiểm tra 240 cơ sở, trong đó có 12 cơ sở vi phạm.
4. Đã số hóa 18.430/21.500 hồ sơ (85,72%); nối mạng 91/96 trường học (đạt 96,79%).
5. Tổng kinh phí là 4.350 triệu đồng (Bằng chữ: Bốn tỷ ba trăm năm mươi triệu đồng).
6. Đưa vào vận hành 128 camera giám sát giao thông tại các nút giao.
7. Trồng được hơn 81 nghìn cây xanh.
8. Trong năm đã đưa vào vận hành 182 camera giám sát giao thông.
"""


def reading(name: str, text: str) -> Reading:
    lines = tuple(Line(number=n, raw=line, text=line) for n, line in enumerate(text.splitlines(), start=1))
    page = Page(number=1, lines=lines, source=TextSource.PLAIN)
    return Reading(document=name, digest="0" * 64, media_type="text/plain", size=len(text), pages=(page,))


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return reconcile([extract(reading("bao-cao.txt", REPORT))])


def test_a_list_of_names_is_counted_over_the_page_break() -> None:
    lines = (f"Trong quý, phòng thứ {number} đã rà soát hồ sơ của các xã trên địa bàn huyện." for number in "abcdefgh")
    filler = "\n".join(lines)
    text = (
        f"{filler}\nHuyện đã hỗ trợ 9 xã¹ mở lớp học.\n{' ' * 30}\n¹ Xã An Hòa, xã Bình Lợi, xã Cát Tân, xã\n"
        f"\f{filler.replace('rà soát', 'gửi trả')}\n{' ' * 30}\nĐông Sơn, xã Hòa An, xã Lộc Yên,"
        " xã Minh Tân, xã Phú Lâm, xã Sơn Hà.\n"
    )
    found = reconcile([extract(extract_reading.reading(text))])
    assert [(finding.code, finding.verdict) for finding in found] == [("list.names", Verdict.CONSISTENT)]


def numbers(finding: Finding) -> set[Decimal]:
    return {Decimal(value) for value in finding.values}


def has(findings: list[Finding], verdict: Verdict, *values: str) -> bool:
    wanted = {Decimal(value) for value in values}
    return any(finding.verdict is verdict and wanted <= numbers(finding) for finding in findings)


@pytest.mark.parametrize(
    "values",
    [("52310", "31207", "20103"), ("91", "96", "96.79"), ("128", "182")],
)
def test_planted_contradictions_are_found(findings: list[Finding], values: tuple[str, ...]) -> None:
    assert has(findings, Verdict.CONFLICT, *values)


@pytest.mark.parametrize("values", [("6240", "4815", "1425"), ("18430", "21500", "85.72"), ("4350",)])
def test_what_holds_is_reported_as_holding(findings: list[Finding], values: tuple[str, ...]) -> None:
    assert has(findings, Verdict.CONSISTENT, *values)


def test_nothing_else_is_called_a_contradiction(findings: list[Finding]) -> None:
    assert sum(finding.verdict is Verdict.CONFLICT for finding in findings) == 3


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Extraction]:
    files = sorted((shared / "seeds").glob("00[0-2]_*.txt"))
    return [extract(repair_reading(read(IncomingFile(name=file.name, path=file), Settings()))) for file in files]


@pytest.fixture(scope="module")
def seed_findings(seeds: list[Extraction]) -> list[Finding]:
    return reconcile(seeds)


@pytest.mark.parametrize(
    "values",
    [
        ("4122", "3889", "46", "280"),
        ("366", "356"),
        ("86.01", "7294368", "8350871"),
        ("63", "124"),
    ],
)
def test_the_known_contradictions_of_real_documents_are_found(
    seed_findings: list[Finding], values: tuple[str, ...]
) -> None:
    assert has(seed_findings, Verdict.CONFLICT, *values)


@pytest.mark.parametrize(
    "values",
    [
        ("11424", "8983", "2441"),
        ("348097", "168270", "179827"),
        ("231456", "127867", "14172", "33064", "20682", "23694", "11977"),
        ("66", "124", "53.22"),
    ],
)
def test_the_known_checks_that_hold_in_real_documents_are_kept(
    seed_findings: list[Finding], values: tuple[str, ...]
) -> None:
    assert has(seed_findings, Verdict.CONSISTENT, *values)


def test_few_contradictions_of_real_documents_are_beside_the_point(seed_findings: list[Finding]) -> None:
    """A reader judged each of them (docs/QUALITY.md); more than a handful beyond those means false alarms."""
    assert sum(finding.verdict is Verdict.CONFLICT for finding in seed_findings) <= 15


def test_a_group_of_rows_that_does_not_add_up_is_a_conflict_where_another_group_of_its_table_does() -> None:
    table = (
        "Đơn vị tính: Triệu đồng\nTT Đơn vị Kinh phí\nI Sửa chữa trường học 3.090\n1 Trường Gia Hội Đông 1.850\n"
        "2 Trường Phú Dương Hạ 1.240\nII Hỗ trợ thiên tai 2.095\n1 Xã A Lưới Hạ 975\n2 Xã Nam Đông Thượng {}\n"
        "Tổng cộng (I+II) 5.185\n"
    )
    told = reconcile([extract(extract_reading.reading(table.format("1.510")))])
    assert [finding.values for finding in told if finding.verdict is Verdict.CONFLICT] == [("2095", "975", "1510")]
    held = reconcile([extract(extract_reading.reading(table.format("1.120")))])
    assert {finding.verdict for finding in held} == {Verdict.CONSISTENT}
