"""How well every page was read: the grade that says which pages need a person's eyes first (after docling's model).

What counts is the worst tenth of a page, not its mean: a page with one unread table is no good page.
"""

from __future__ import annotations

import re

import numpy as np

from pipeline.models import Grade, Line, Page, PageGrade, Reading, RegionKind, TextSource
from pipeline.ocr.unread import UNREAD

_LOW_SHARE = 0.1
# The confidence that nine words in ten exceed, from which on a page is so good.
_FROM = ((Grade.EXCELLENT, 0.95), (Grade.GOOD, 0.8), (Grade.FAIR, 0.5))
_MANY_DISPUTED, _SEVERAL = 0.1, 3  # share and number of the numerals; the day and number of a letter are handwritten
_FEW_WORDS = 5
_NUMERAL = re.compile(r"\d")
_DISPUTED_BELOW = 0.9
_ORDER = (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR, Grade.POOR)


def with_grades(reading: Reading) -> Reading:
    """Return the reading with every page's `grade` set; nothing else changes."""
    pages = (page.model_copy(update={"grade": grade_of(page)}) for page in reading.pages)
    return reading.model_copy(update={"pages": tuple(pages)})


def grade_of(page: Page) -> PageGrade:
    """Grade a page whose text is final."""
    if page.problem or page.source is TextSource.NONE:
        return PageGrade(
            grade=Grade.POOR, low=0.0, words=0, reasons=(page.problem or "trang không có chữ / no text on the page",)
        )
    confidences = np.array([c for line in page.lines for c in _confidences(line)])
    low = float(np.quantile(confidences, _LOW_SHARE)) if len(confidences) else 1.0
    numerals = [(word, sure) for line in page.lines for word, sure in _with_confidence(line) if _NUMERAL.search(word)]
    disputed = sum(sure < _DISPUTED_BELOW for _, sure in numerals)
    grade = next((grade for grade, least in _FROM if low >= least), Grade.POOR)
    reasons = []
    if low < _FROM[1][1]:
        reasons.append(f"một phần mười số từ đọc không chắc (dưới {low:.0%}) / a tenth of the words below {low:.0%}")
    if disputed:
        are_many = disputed >= _SEVERAL and disputed > _MANY_DISPUTED * len(numerals)
        grade = _worse(grade, Grade.FAIR if are_many else Grade.GOOD)
        reasons.append(f"{disputed}/{len(numerals)} số đọc không khớp / numerals read in two ways")
    if written := sum(region.kind is RegionKind.HANDWRITING for region in page.regions):
        grade = _worse(grade, Grade.FAIR)
        reasons.append(f"{written} chỗ chữ viết tay chưa đọc / places of handwriting not read")
    doubted = [table for table in page.tables if table.problem]
    if doubted:
        grade = _worse(grade, Grade.FAIR if page.source is TextSource.RECOGNISED else Grade.GOOD)
        reasons += [f"bảng / table {table.number}: {table.problem}" for table in doubted]
    if page.source is TextSource.RECOGNISED and len(confidences) < _FEW_WORDS:
        grade = _worse(grade, Grade.FAIR)
        reasons.append("hầu như không đọc được chữ nào / next to no word was read")
    return PageGrade(
        grade=grade,
        low=round(low, 2),
        words=len(confidences),
        numerals=len(numerals),
        disputed=disputed,
        reasons=tuple(reasons),
    )


def _confidences(line: Line) -> tuple[float, ...]:
    """Return how sure each word of a line is that was read; what was taken as it was from a trusted source is sure."""
    words = line.text.split()
    sure = line.confidences or (1.0,) * len(words)
    if len(words) != len(sure):
        return sure
    return tuple(confidence for word, confidence in zip(words, sure, strict=True) if word != UNREAD)


def _with_confidence(line: Line) -> list[tuple[str, float]]:
    words = line.text.split()
    sure = line.confidences or (1.0,) * len(words)
    return list(zip(words, sure, strict=True)) if len(words) == len(sure) else [(word, 1.0) for word in words]


def _worse(one: Grade, other: Grade) -> Grade:
    return max(one, other, key=_ORDER.index)
