"""The names of document types (tên loại văn bản) and their abbreviations in symbols.

Nghị định 30/2020/NĐ-CP, phụ lục III, names 29 administrative types; laws and Party documents add theirs.
"""

from __future__ import annotations

import re

from pipeline.language.spelling import one_spelling

# Abbreviation as it stands in a document's symbol → name.
ABBREVIATIONS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án",
    "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển", "PB": "Phiếu báo", "NĐ": "Nghị định",
    "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "KL": "Kết luận", "CV": "Công văn", "QH": "Luật", "L": "Luật",
    "CTPH": "Chương trình phối hợp", "QT": "Quy trình",
}  # fmt: skip
NAMES = (
    "Chương trình phối hợp", "Chương trình hành động", "Thông báo kết luận", "Thông tư liên tịch", "Nghị quyết",
    "Nghị định", "Quyết định", "Thông tư", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng",
    "Công điện", "Công văn", "Công thư", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền", "Giấy mời",
    "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Kết luận", "Pháp lệnh", "Hiến pháp",
    "Lệnh", "Quy trình", "Chiến lược",
)  # fmt: skip


def begun(line: str) -> tuple[str, str] | None:
    """Return the type that a line in capitals begins with, and the rest of the line: "THÔNG BÁO TUYỂN SINH"."""
    bare = " ".join(line.split())
    if not bare.isupper():
        return None
    spelled = one_spelling(bare.casefold())
    name = next((name for name in NAMES if spelled.startswith(name.casefold())), None)
    return (name, bare[len(name) :].strip(" .:")) if name and not bare[len(name) : len(name) + 1].isalpha() else None


def ended(line: str) -> str | None:
    """Return the type whose name in capitals a line ends with, as words of its own."""
    bare = line.rstrip(" .:")
    for name in NAMES:
        before, end = bare[: -len(name)], bare[-len(name) :]
        if end.isupper() and one_spelling(end.casefold()) == name.casefold() and not before[-1:].isalpha():
            return name
    return None


def of_symbol(symbol: str) -> str | None:
    """Return the type that a symbol's abbreviation names: "KH-UBND", "CV/VPTU"; None for the letter of an office."""
    for part in re.split(r"[-/]", symbol):
        if part in ABBREVIATIONS:
            return ABBREVIATIONS[part]
    return None
