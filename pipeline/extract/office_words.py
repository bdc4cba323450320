"""The words of offices' names that are the same everywhere, with their marks: in a letterhead a misread one is mended.

What sort of office it is ("ỦY BAN NHÂN DÂN TỈNH") and the province it belongs to are a closed vocabulary; the rest of a
name is not. Marks are the first that a reader of small capitals gets wrong.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import strip_marks

_SORTS = (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "ĐOÀN ĐẠI BIỂU QUỐC HỘI", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "TỈNH ỦY",
    "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY", "ĐẢNG ỦY", "BAN CHẤP HÀNH", "BAN THƯỜNG VỤ", "BAN CHỈ ĐẠO",
    "VĂN PHÒNG", "CÔNG AN", "CHI CỤC", "TỔNG CỤC", "TRUNG TÂM", "BỆNH VIỆN", "BẢO HIỂM XÃ HỘI", "KHO BẠC NHÀ NƯỚC",
    "HỘI ĐỒNG",
)  # fmt: skip
TITLES = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "HIỆU TRƯỞNG", "VIỆN TRƯỞNG", "CỤC TRƯỞNG", "TRƯỞNG BAN",
    "TRƯỞNG PHÒNG", "CHÁNH VĂN PHÒNG", "BÍ THƯ", "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN",
)  # fmt: skip
"""What who signs is called, and for whom, in capitals with its marks."""
# What ministries and the departments of provinces are for: those of 2025, and those that were merged into them.
_FIELDS = (
    "NỘI VỤ", "TƯ PHÁP", "TÀI CHÍNH", "CÔNG THƯƠNG", "XÂY DỰNG", "Y TẾ", "NGOẠI VỤ", "NGOẠI GIAO", "DU LỊCH",
    "QUỐC PHÒNG", "CÔNG AN", "NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "KHOA HỌC VÀ CÔNG NGHỆ", "GIÁO DỤC VÀ ĐÀO TẠO",
    "DÂN TỘC VÀ TÔN GIÁO", "VĂN HÓA, THỂ THAO VÀ DU LỊCH", "VĂN HÓA VÀ THỂ THAO", "AN TOÀN THỰC PHẨM",
    "QUY HOẠCH - KIẾN TRÚC", "KẾ HOẠCH VÀ ĐẦU TƯ", "GIAO THÔNG VẬN TẢI", "TÀI NGUYÊN VÀ MÔI TRƯỜNG",
    "THÔNG TIN VÀ TRUYỀN THÔNG",
    "NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", "LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
)  # fmt: skip
_OF_A_FIELD = re.compile(r"(?P<office>(?:SỞ|BỘ) )(?P<field>.+?)(?= TỈNH | THÀNH PHỐ | TP\.|$)")
# Letters of a field that may be misread, one in so many; and how much farther every other field must be.
_A_MISREAD_IN, _CLEARLY = 6, 2
_LEVELS = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "PHƯỜNG")
_BEFORE_A_LEVEL = r"(?:^|(?<=NHAN DAN )|(?<=UBND )|(?<=HDND ))"  # elsewhere it may be part of a place's name
_JOINT = re.compile(r"[\s–-]")  # between the words of a province's name; a dash may be a speck
_DASH = re.compile(r"[–-]")
_PROVINCE = re.compile(r"\b(?:TINH|THANH PHO|THANH|TP\.?)(?: UY)?\s+(?P<name>.+)$")


def with_marks(name: str) -> str:
    """Return an office's name in capitals with the marks of its usual words; other words stay as they were read."""
    bare = strip_marks(name)
    if len(bare) != len(name):
        return name
    for words in (*_SORTS, *_LEVELS):
        before = _BEFORE_A_LEVEL if words in _LEVELS else r"\b"
        for match in re.finditer(rf"{before}{strip_marks(words)}\b", bare):
            name = name[: match.start()] + _kept_or(words, name[match.start() : match.end()]) + name[match.end() :]
    province = _PROVINCE.search(bare)
    meant = _provinces().get(_JOINT.sub("", province["name"])) if province else None
    return (
        name[: province.start("name")] + _kept_or(meant, name[province.start("name") :]) if province and meant else name
    )


def sort_of(name: str) -> str | None:
    """Return the usual words that an office's name in capitals begins with, which say what sort of office it is."""
    return next((words for words in _SORTS if name == words or name.startswith(f"{words} ")), None)


def with_field(name: str) -> str:
    """Return the misread name of a ministry or department with the field that is clearly nearest to what was read."""
    office = _OF_A_FIELD.match(name)
    if office is None:
        return name
    read = office["field"]
    bare = _letters(read)
    near = sorted((Levenshtein.distance(_letters(field), bare), field) for field in _FIELDS)
    (distance, meant), (second, _) = near[:2]
    is_near = distance == 0 or (distance * _A_MISREAD_IN <= len(bare) and second - distance >= _CLEARLY)
    return f"{office['office']}{_kept_or(meant, read)}{name[office.end() :]}" if is_near else name


_MOSTLY = 0.7


def titles_with_marks(text: str) -> str:
    """Return a text in which the titles in capitals of those who sign have their marks ("GIÁM ĐÓC")."""
    bare = strip_marks(text)
    if len(bare) != len(text):
        return text
    # A reader of another language takes Í for i: "PHÓ Bí THƯ" is still set in capitals.
    letters = [letter for letter in bare if letter.isalpha()]
    case = re.IGNORECASE if sum(map(str.isupper, letters)) >= _MOSTLY * len(letters) else re.NOFLAG
    for title in TITLES:
        for match in re.finditer(rf"\b{strip_marks(title)}\b", bare, case):
            meant = _kept_or(title, text[match.start() : match.end()]).upper()
            text = text[: match.start()] + meant + text[match.end() :]
    return text


def _kept_or(words: str, read: str) -> str:
    """Return what was read where it says the same in another spelling ("UỶ") or with other signs, else the words.

    A dash that the words do not have is a speck.
    """
    is_specked = len(_DASH.findall(read)) > len(_DASH.findall(words))
    return read if _spelled(read) == _spelled(words) and not is_specked else words


def _spelled(words: str) -> str:
    return " ".join(re.findall(r"\w+", one_spelling(words.casefold())))


def _letters(words: str) -> str:
    """Return the letters of a name without marks, and one blank between its words, whatever sign stands there."""
    return " ".join(re.findall(r"\w+", strip_marks(words)))


@cache
def _provinces() -> dict[str, str]:
    """Return the provinces' names in capitals, those of before 2025 too, by their bare letters in a row."""
    source = resources.files("pipeline.extract").joinpath("data/provinces.txt")
    names = [name.strip().upper() for name in source.read_text(encoding="utf-8").splitlines()]
    return {_JOINT.sub("", strip_marks(name)): name for name in names}
